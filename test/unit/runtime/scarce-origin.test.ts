import { ModelWorld } from '../../kit/model-world.ts';
import { publishPatterned } from '../../kit/patterned-content.ts';
import { Recorder } from '../../kit/recorder.ts';

/** Six viewers that come 3 s apart, of a stream for which the origin has twice the bitrate for all of them together. */
async function watch({ live, seed, plain = false }: { live: boolean; seed: number; plain?: boolean }): Promise<{ stallMs: number; copies: number; wrong: number }> {
  const world = new ModelWorld({ originRateBps: 1_600_000, seed });
  const content = publishPatterned(world.origin, { segments: 40, ...(live ? { live: { windowSegments: 8 } } : {}) });
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
    it(`is asked for so little that nobody stalls, ${live ? 'live' : 'on demand'}`, async () => {
      const plain = await watch({ live, seed: 1, plain: true });
      expect(plain.stallMs).withContext('a plain swarm stalls').toBeGreaterThan(60_000);
      for (const seed of [1, 2, 3]) {
        const { stallMs, copies, wrong } = await watch({ live, seed });
        expect(stallMs).withContext(`seed ${seed}`).toBeLessThan(2_000);
        expect(copies).withContext(`seed ${seed}`).toBeLessThan(1.3);
        expect(wrong).toBe(0);
      }
    });
  }
});
