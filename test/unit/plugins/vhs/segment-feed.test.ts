import type { Main, Playlist, PlaylistSegment, VhsHandler } from '../../../../plugins/vhs/host.ts';
import { SegmentFeed } from '../../../../plugins/vhs/segment-feed.ts';
import { FakeEngine } from '../../../kit/fake-engine.ts';

const segment = (number: number, more: Partial<PlaylistSegment> = {}): PlaylistSegment =>
  ({ resolvedUri: `https://origin.test/${number}.ts`, duration: 4, timeline: 0, ...more });

describe('VHS: how far behind live', () => {
  let nowMs: number;
  let played: Playlist;
  let main: Main;
  let feed: SegmentFeed;

  beforeEach(() => {
    nowMs = 1000;
    spyOn(performance, 'now').and.callFake(() => nowMs);
    const vhs = { playlists: { media: () => played, get main() { return main; } } } as unknown as VhsHandler;
    feed = new SegmentFeed(new FakeEngine().asEngine(), vhs);
  });

  function load(playlist: Omit<Playlist, 'uri'>, others: readonly Playlist[] = []): void {
    played = { uri: 'played.m3u8', ...playlist };
    main = { playlists: [played, ...others] };
    feed.refresh();
  }

  it('is the end of the list, and on from there since it changed', () => {
    load({ mediaSequence: 10, segments: [segment(10, { start: 100 }), segment(11)] });
    expect(feed.liveEdgeS).toBe(108);
    nowMs += 3000;
    load({ mediaSequence: 10, segments: [segment(10, { start: 100 }), segment(11)] });
    expect(feed.liveEdgeS).withContext('loaded anew and unchanged').toBe(111);
    nowMs += 1000;
    load({ mediaSequence: 11, segments: [segment(11, { start: 104 }), segment(12)] });
    expect(feed.liveEdgeS).toBe(112);
  });

  it('counts of a segment that consists of parts so far those that there are', () => {
    const begun = (parts: number) => segment(11, { preload: true, parts: Array.from({ length: parts }, () => ({ duration: 1 })) });
    load({ mediaSequence: 10, segments: [segment(10, { start: 100 }), begun(1)] });
    nowMs += 1000;
    expect(feed.liveEdgeS).toBe(106);
    load({ mediaSequence: 10, segments: [segment(10, { start: 100 }), begun(2)] });
    expect(feed.liveEdgeS).toBe(106);
  });

  it('goes on in the Periods of a DASH stream that VHS takes for other streams', () => {
    const later = { uri: 'later', segments: [segment(2, { presentationTime: 40 }), segment(3, { presentationTime: 44 })] };
    load({ segments: [segment(0, { presentationTime: 24, start: 0 }), segment(1, { presentationTime: 28, start: 4 })] }, [later]);
    expect(feed.liveEdgeS).toBe(48 - 24);
    nowMs += 2000;
    expect(feed.liveEdgeS).toBe(50 - 24);
  });

  it('is nothing on demand', () => {
    load({ endList: true, segments: [segment(0)] });
    expect(feed.liveEdgeS).toBeUndefined();
  });
});
