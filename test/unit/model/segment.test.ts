import { keyAfter, segmentKey, trackKey } from '../../../core/model/index.ts';
import type { SegmentIdentity, SegmentKey } from '../../../core/model/index.ts';

const TRACK = trackKey({ type: 'main', bitrateBps: 2e6 });
const OTHER = trackKey({ type: 'main', bitrateBps: 4e6 });

function hls(mediaSequence: number, discontinuitySequence = 0): SegmentKey {
  return segmentKey(TRACK, { mediaSequence, discontinuitySequence });
}

function dash(presentationTimeS: number, byteRange?: SegmentIdentity['byteRange']): SegmentKey {
  return segmentKey(TRACK, { presentationTimeS, byteRange });
}

describe('the key of the segment that comes next', () => {
  it('has the next media sequence number, in HLS', () => {
    expect(keyAfter(hls(7), hls(8))).toBe(hls(9));
    expect(keyAfter(hls(99, 3), hls(100, 3))).toBe(hls(101, 3));
    expect(keyAfter(hls(7, 1), hls(8, 2))).withContext('the first of its discontinuity').toBe(hls(9, 2));
  });

  it('has a presentation time as much later, in DASH', () => {
    expect(keyAfter(dash(8), dash(12))).toBe(dash(16));
    expect(keyAfter(dash(1_700_000_000), dash(1_700_000_003.84))).toBe(dash(1_700_000_007.68));
  });

  it('cannot be told where two do not follow each other, and of byte ranges', () => {
    for (const [before, last] of [
      [hls(7), hls(9)],
      [hls(8), hls(8)],
      [hls(9), hls(8)],
      [dash(12), dash(8)],
      [hls(7), dash(8)],
      [segmentKey(OTHER, { mediaSequence: 7, discontinuitySequence: 0 }), hls(8)],
      [dash(8, { start: 0, end: 9 }), dash(12, { start: 9, end: 20 })],
      ['' as SegmentKey, 'no key' as SegmentKey],
    ] as const) {
      expect(keyAfter(before, last)).withContext(`${before} ${last}`).toBeUndefined();
    }
  });
});
