import type { Hello } from '../model/index.ts';
import { MAX_U32, type MessageCodec } from './message-codec.ts';
import { readPeerId, writePeerId } from './peer-id.ts';

/** varint version, 20 bytes peer. Stays as it is in all versions, so that they can tell each other `incompatible`. */
export const helloCodec: MessageCodec<Hello> = {
  code: 1,
  encode(message, writer) {
    writer.varint(message.version);
    writePeerId(writer, message.peer);
  },
  decode(reader) {
    return { type: 'hello', version: reader.varint(MAX_U32), peer: readPeerId(reader) };
  },
};
