import { MAX_LOST, type Lost, type SegmentKey } from '../model/index.ts';
import type { MessageCodec } from './message-codec.ts';
import { readSegmentKey, writeSegmentKey } from './segment-key.ts';

/** varint count, that many keys. */
export const lostCodec: MessageCodec<Lost> = {
  code: 3,
  encode({ segments }, writer) {
    if (segments.length > MAX_LOST) throw new RangeError(`${segments.length} segments in one lost`);
    writer.varint(segments.length);
    for (const segment of segments) writeSegmentKey(writer, segment);
  },
  decode(reader) {
    const count = reader.varint(MAX_LOST);
    const segments: SegmentKey[] = [];
    while (segments.length < count) segments.push(readSegmentKey(reader));
    return { type: 'lost', segments };
  },
};
