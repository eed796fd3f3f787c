import type { LevelDetails } from 'hls.js';
import { variantTrack } from '../../../../plugins/bridge/index.ts';
import { SegmentFeed } from '../../../../plugins/hlsjs/segment-feed.ts';
import { FakeEngine } from '../../../kit/fake-engine.ts';

const TRACK = variantTrack({ BANDWIDTH: 1 });
let urlsResolved = 0;

function fragment(sn: number, over: object = {}) {
  return {
    sn, cc: 0, start: sn * 4, duration: 4, relurl: `${sn}.ts`, baseurl: 'https://origin.test/list.m3u8',
    get url(): string {
      urlsResolved++;
      return `https://origin.test/${this.relurl}`;
    },
    byteRangeStartOffset: undefined, byteRangeEndOffset: undefined, ...over,
  };
}

const details = (first: number, last: number, over: object = {}) =>
  ({ live: true, fragments: Array.from({ length: last - first + 1 }, (_, index) => fragment(first + index, over)) }) as unknown as LevelDetails;

describe('hls.js segment feed', () => {
  let engine: FakeEngine;
  let feed: SegmentFeed;
  beforeEach(() => {
    engine = new FakeEngine();
    feed = new SegmentFeed(engine.asEngine());
    urlsResolved = 0;
  });

  it('names fragments by sequence numbers and range, and finds them again', () => {
    const list = details(5, 6, { cc: 2, byteRangeStartOffset: 10, byteRangeEndOffset: 30 });
    feed.update(TRACK, list);
    const [first] = engine.segments();
    expect(first?.key).toMatch(/\/5\.2@10-30$/);
    expect(first).toEqual(jasmine.objectContaining({ startS: 20, durationS: 4, url: 'https://origin.test/5.ts', byteRange: { start: 10, end: 30 } }));
    expect(feed.segmentOf(list.fragments[0]!)).toBe(first);
    expect(feed.segmentOf(details(5, 5).fragments[0]!)).toBeUndefined();
  });

  it('takes over what a reload did not change', () => {
    feed.update(TRACK, details(0, 999));
    const before = engine.segments();
    expect(urlsResolved).toBe(1000);
    const reloaded = details(2, 1001);
    feed.update(TRACK, reloaded);
    const after = engine.segments();
    expect(urlsResolved).toBe(1002);
    expect(after[0]).toBe(before[2]);
    expect(after.length).toBe(1000);
    expect(feed.segmentOf(reloaded.fragments[999]!)).toBe(after[999]);
  });

  it('makes anew what has another place, discontinuity or URL', () => {
    feed.update(TRACK, details(0, 1));
    const [before] = engine.segments();
    for (const change of [{ start: 100 }, { cc: 1 }, { relurl: 'other.ts' }, { baseurl: 'https://b.test/' }]) {
      feed.update(TRACK, details(0, 1, change));
      expect(engine.segments()[0]).not.toBe(before);
    }
  });

  it('tells again when times have moved, and only then', () => {
    const list = details(0, 9);
    feed.update(TRACK, list);
    feed.realign();
    expect(engine.setSegmentsCalls).toBe(1);
    for (const moved of list.fragments) moved.start += 1;
    feed.realign();
    expect(engine.setSegmentsCalls).toBe(2);
    expect(engine.segments().at(-1)?.startS).toBe(37);
  });
});
