import type { Intent } from '../model/index.ts';
import type { MessageCodec } from './message-codec.ts';
import { readSegmentKey, writeSegmentKey } from './segment-key.ts';

/** u8 hops, key. */
export const intentCodec: MessageCodec<Intent> = {
  code: 4,
  encode(message, writer) {
    writer.u8(message.hops);
    writeSegmentKey(writer, message.segment);
  },
  decode(reader) {
    const hops = reader.u8();
    return { type: 'intent', segment: readSegmentKey(reader), hops };
  },
};
