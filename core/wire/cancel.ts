import type { Cancel } from '../model/index.ts';
import { MAX_U32, type MessageCodec } from './message-codec.ts';

/** varint request id. */
export const cancelCodec: MessageCodec<Cancel> = {
  code: 8,
  encode(message, writer) {
    writer.varint(message.requestId);
  },
  decode(reader) {
    return { type: 'cancel', requestId: reader.varint(MAX_U32) };
  },
};
