import { ModelWorld } from '../../kit/model-world.ts';
import { publishPatterned } from '../../kit/patterned-content.ts';
import { Recorder } from '../../kit/recorder.ts';

const BITRATE_BPS = 2_000_000;
const SEGMENT_S = 4;

interface Newcomer {
  /** How much of its second segment the origin brought. */
  readonly originShare: number;
  readonly stallMs: number;
}

/** Ten viewers watch a live stream; one more comes, whose line carries so many times the bitrate, in the middle of a segment: the next is due two seconds after the first has begun to play. */
async function newcomer(lineRatio: number, { plain = false, seed = 1 } = {}): Promise<Newcomer> {
  const world = new ModelWorld({ seed });
  const content = publishPatterned(world.origin, { bitrateBps: BITRATE_BPS, segmentS: SEGMENT_S, segments: 40, live: { windowSegments: 8 } });
  const recorder = new Recorder(world.origin);
  for (let joined = 0; joined < 10; joined++) world.join(content, { rates: { upBps: 6_000_000, downBps: 20_000_000 }, config: { enabled: !plain }, delivered: recorder.take });
  await world.pass(20_000);
  const shares: number[] = [];
  const { player } = world.join(content, {
    rates: { upBps: 1_000_000, downBps: BITRATE_BPS * lineRatio },
    config: { enabled: !plain },
    liveSyncS: 2.5 * SEGMENT_S,
    delivered: (segment, loaded) => {
      recorder.take(segment, loaded);
      shares.push(loaded.fromOriginBytes / loaded.data.length);
    },
  });
  await world.pass(15_000);
  // Brings the books up to now.
  void player.snapshot;
  expect(recorder.wrong).toEqual([]);
  return { originShare: shares[1] ?? NaN, stallMs: player.stallMs };
}

describe('runtime: a newcomer over a narrow line', () => {
  for (const { lineRatio, mostOfOrigin } of [
    { lineRatio: 2.05, mostOfOrigin: 1 },
    { lineRatio: 2.4, mostOfOrigin: 0.6 },
    { lineRatio: 2.7, mostOfOrigin: 0.6 },
    { lineRatio: 3.5, mostOfOrigin: 0 },
  ]) {
    it(`waits no longer than a plain player does, and takes ${mostOfOrigin} of its second segment from the origin at most, at ${lineRatio} times the bitrate`, async () => {
      const plain = await newcomer(lineRatio, { plain: true });
      for (const seed of [1, 2, 3]) {
        const { originShare, stallMs } = await newcomer(lineRatio, { seed });
        // The swarm's messages take some of the line.
        expect(stallMs).withContext(`seed ${seed}`).toBeLessThan(plain.stallMs + 10);
        expect(originShare).withContext(`seed ${seed}`).toBeLessThanOrEqual(mostOfOrigin);
      }
    });
  }
});
