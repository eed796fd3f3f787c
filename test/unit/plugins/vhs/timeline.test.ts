import type { Playlist } from '../../../../plugins/vhs/host.ts';
import { anchorOf, startTimes } from '../../../../plugins/vhs/timeline.ts';

const playlist = (mediaSequence: number, starts: readonly (number | undefined)[]): Playlist => ({
  mediaSequence,
  segments: starts.map((start, index) => ({
    resolvedUri: `https://origin.test/${mediaSequence + index}.ts`, duration: 4, timeline: 0, ...(start === undefined ? {} : { start }),
  })),
});
const UNSEEN = [undefined, undefined, undefined];

describe('VHS: the timeline', () => {
  it('begins at 0 where nothing is known', () => {
    expect(startTimes(playlist(100, UNSEEN), undefined)).toEqual([0, 4, 8]);
  });

  it('follows from the last segment that VHS has seen, in both directions', () => {
    expect(startTimes(playlist(100, [11, 15.1, undefined]), undefined)).toEqual([11.1, 15.1, 19.1]);
  });

  it('goes on in the next list of a live stream', () => {
    const first = playlist(100, UNSEEN);
    const anchor = anchorOf(first, startTimes(first, undefined));
    expect(startTimes(playlist(101, UNSEEN), anchor)).toEqual([4, 8, 12]);
    // The list has moved on by more than its length: what lay between is estimated.
    expect(startTimes(playlist(104, UNSEEN), anchor)).toEqual([16, 20, 24]);
  });

  it('has what VHS says of a segment go before what it noted', () => {
    expect(startTimes(playlist(100, [0, 4, 8]), { mediaSequence: 101, startS: 54 })).toEqual([50, 54, 58]);
  });

  it('of an empty list says nothing', () => {
    expect(startTimes({ segments: [] }, undefined)).toEqual([]);
    expect(anchorOf({ segments: [] }, [])).toBeUndefined();
  });
});
