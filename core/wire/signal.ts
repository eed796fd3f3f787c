import { MAX_SIGNAL_LENGTH, type Signal } from '../model/index.ts';
import { MAX_U32, type MessageCodec } from './message-codec.ts';
import { readPeerId, writePeerId } from './peer-id.ts';

/** 20 bytes from, 20 bytes to, varint attempt, then the data as UTF-8 to the end. */
export const signalCodec: MessageCodec<Signal> = {
  code: 11,
  encode(message, writer) {
    if (message.data.length > MAX_SIGNAL_LENGTH) throw new RangeError(`signal of ${message.data.length} characters`);
    writePeerId(writer, message.from);
    writePeerId(writer, message.to);
    writer.varint(message.attempt);
    writer.restText(message.data);
  },
  decode(reader) {
    return {
      type: 'signal',
      from: readPeerId(reader),
      to: readPeerId(reader),
      attempt: reader.varint(MAX_U32),
      data: reader.restText(MAX_SIGNAL_LENGTH),
    };
  },
};
