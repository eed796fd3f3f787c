import { segmentKey, trackKey } from '../../../core/model/index.ts';
import type { SegmentKey, Track } from '../../../core/model/index.ts';
import { ModelPlayer, type ModelContent } from '../../kit/model-player.ts';
import { VirtualClock } from '../../kit/virtual-clock.ts';

const SEGMENT_S = 4;

function rendition(bitrateBps: number, extent: ModelContent['extent']): ModelContent {
  return { manifestUrl: 'https://origin.test/stream.m3u8', track: { type: 'main', bitrateBps }, segmentS: SEGMENT_S, segmentUrl: (sequence) => `${bitrateBps}/${sequence}`, extent };
}

/** A player of the first of two renditions, whose source takes so long for each segment. */
function play(extent: ModelContent['extent'], loadMs: number) {
  const clock = new VirtualClock();
  const [high, low] = [rendition(2e6, extent), rendition(1e6, extent)];
  const asked: SegmentKey[] = [];
  const listed: Track[] = [];
  const aborted: SegmentKey[] = [];
  const player = new ModelPlayer({
    content: high,
    clock,
    bufferGoalS: 20,
    source: {
      listed: (track) => listed.push(track),
      load: (key, { signal }) => {
        asked.push(key);
        signal?.addEventListener('abort', () => aborted.push(key));
        return new Promise((resolve) => clock.after(loadMs, () => resolve({ data: new Uint8Array(1), fromPeersBytes: 0, fromOriginBytes: 1 })));
      },
    },
  });
  player.start();
  return { aborted, asked, clock, high, listed, low, player };
}

const keyOf = ({ track }: ModelContent, sequence: number): SegmentKey => segmentKey(trackKey(track), { mediaSequence: sequence, discontinuitySequence: 0 });

describe('kit: ModelPlayer', () => {
  it('goes on in another rendition from the next segment on, and gives up nothing that it has or loads', async () => {
    const { aborted, asked, clock, high, listed, low, player } = play({ segments: 20 }, 1_000);
    await clock.advanceAsync(2_500);
    player.switchTo(low);
    expect(listed).withContext('before it is asked for').toEqual([high.track, low.track]);
    const aheadS = player.snapshot.bufferedAheadS;
    await clock.advanceAsync(2_000);
    player.switchTo(high);
    await clock.advanceAsync(1_000);
    expect(asked).toEqual([keyOf(high, 0), keyOf(high, 1), keyOf(high, 2), keyOf(low, 3), keyOf(low, 4), keyOf(high, 5)]);
    expect(aborted).toEqual([]);
    expect(player.snapshot.bufferedAheadS).toBeGreaterThan(aheadS);
    expect(player.stalls).toBe(0);
    player.stop();
  });

  it('reloads the list of the rendition that it plays, at the same moments as before', async () => {
    const { asked, clock, high, listed, low, player } = play({ liveSinceMs: -40_000, windowSegments: 10 }, 100);
    await clock.advanceAsync(5_000);
    player.switchTo(low);
    await clock.advanceAsync(4_000);
    expect(listed).toEqual([high.track, high.track, low.track, low.track]);
    expect(asked.slice(-2)).toEqual([keyOf(high, 11), keyOf(low, 12)]);
    player.stop();
    expect(clock.pending).toBe(0);
  });
});
