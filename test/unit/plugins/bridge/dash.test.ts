import { trackKey } from '../../../../core/index.ts';
import { representationTrack, timedSegmentsOf } from '../../../../plugins/bridge/index.ts';

describe('bridge: DASH', () => {
  it('names a Representation by its id, bandwidth and size', () => {
    const track = representationTrack({ type: 'video', id: 'v1', bandwidthBps: 1_000_000, width: 1280, height: 720 });
    expect(track).toEqual({ type: 'video', name: 'v1', bitrateBps: 1_000_000, width: 1280, height: 720 });
    expect(trackKey(track)).not.toBe(trackKey({ ...track, name: 'v2' }));
  });

  it('takes what is not stated, null, NaN and 0 for the same', () => {
    const plain = trackKey(representationTrack({ type: 'audio', id: 'a' }));
    expect(trackKey(representationTrack({ type: 'audio', id: 'a', bandwidthBps: NaN, width: 0 }))).toBe(plain);
  });

  it('names a segment by presentation time and range, wherever it lies for this viewer', () => {
    const make = timedSegmentsOf(representationTrack({ type: 'video', id: 'v' }));
    const entry = { presentationTimeS: 1700000004.004, durationS: 4 };
    const a = make({ ...entry, startS: 12, url: 'https://a.test/1.m4s?t=1' });
    const b = make({ ...entry, presentationTimeS: entry.presentationTimeS + 1e-6, startS: 90, url: 'https://b.test/1.m4s' });
    expect(a.key).toBe(b.key);
    expect(make({ ...entry, startS: 12, url: 'https://a.test/1.m4s', byteRange: { start: 0, end: 9 } }).key).not.toBe(a.key);
  });
});
