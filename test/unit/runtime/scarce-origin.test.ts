import { ModelWorld } from '../../kit/model-world.ts';
import { publishPatterned } from '../../kit/patterned-content.ts';
import { Recorder } from '../../kit/recorder.ts';

const BITRATE_BPS = 800_000;

interface Watching {
  readonly live: boolean;
  readonly seed: number;
  /** What the origin gives to all together, as a multiple of the bitrate. */
  readonly originRatio: number;
  readonly plain?: boolean;
}

/** Six viewers that come 3 s apart, of a stream for which the origin has little more than the bitrate for all of them together. */
async function watch({ live, originRatio, seed, plain = false }: Watching): Promise<{ stallMs: number; copies: number; wrong: number }> {
  const world = new ModelWorld({ originRateBps: BITRATE_BPS * originRatio, seed });
  const content = publishPatterned(world.origin, { bitrateBps: BITRATE_BPS, segments: 40, ...(live ? { live: { windowSegments: 8 } } : {}) });
  const recorder = new Recorder(world.origin);
  for (let joined = 0; joined < 6; joined++) {
    world.join(content, { rates: { upBps: 8_000_000, downBps: 20_000_000 }, delivered: recorder.take, config: { enabled: !plain } });
    await world.pass(3_000 + 11 * seed);
  }
  await world.pass(60_000);
  let stallMs = 0;
  for (const { player } of world.viewers) {
    // Brings the books up to now.
    void player.snapshot;
    stallMs += player.stallMs;
  }
  return { stallMs, copies: world.origin.copies, wrong: recorder.wrong.length };
}

describe('runtime: an origin that cannot serve everyone', () => {
  for (const live of [false, true]) {
    const how = live ? 'live' : 'on demand';
    for (const originRatio of [2, 1.6]) {
      it(`is asked for so little that nobody stalls, ${how}, at ${originRatio} times the bitrate`, async () => {
        const plain = await watch({ live, originRatio, seed: 1, plain: true });
        expect(plain.stallMs).withContext('a plain swarm stalls').toBeGreaterThan(60_000);
        for (const seed of [1, 2, 3]) {
          const { stallMs, copies, wrong } = await watch({ live, originRatio, seed });
          expect(stallMs).withContext(`seed ${seed}`).toBeLessThan(2_000);
          expect(copies).withContext(`seed ${seed}`).toBeLessThan(1.2);
          expect(wrong).toBe(0);
        }
      });
    }

    it(`that gives hardly more than the bitrate sends little twice, and viewers catch up, ${how}`, async () => {
      const plain = await watch({ live, originRatio: 1.3, seed: 1, plain: true });
      for (const seed of [1, 2, 3]) {
        const { stallMs, copies, wrong } = await watch({ live, originRatio: 1.3, seed });
        expect(stallMs).withContext(`seed ${seed}`).toBeLessThan(plain.stallMs / 10);
        expect(copies).withContext(`seed ${seed}`).toBeLessThan(1.2);
        expect(wrong).toBe(0);
      }
    });
  }
});
