import type { Intent } from '../model/index.ts';
import type { MessageCodec } from './message-codec.ts';
import { readSegmentKey, writeSegmentKey } from './segment-key.ts';

/** u8 hops, varint upload in whole bit/s, key. */
export const intentCodec: MessageCodec<Intent> = {
  code: 4,
  encode(message, writer) {
    writer.u8(message.hops);
    writer.nearest(message.uploadBps, Number.MAX_SAFE_INTEGER);
    writeSegmentKey(writer, message.segment);
  },
  decode(reader) {
    const hops = reader.u8();
    const uploadBps = reader.varint(Number.MAX_SAFE_INTEGER);
    return { type: 'intent', segment: readSegmentKey(reader), hops, uploadBps };
  },
};
