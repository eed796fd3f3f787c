import { ModelWorld } from '../../kit/model-world.ts';
import { publishPatterned } from '../../kit/patterned-content.ts';
import { Recorder } from '../../kit/recorder.ts';
import { TroubledStore } from '../../kit/troubled-store.ts';
import type { Troubles } from '../../kit/troubled-store.ts';

/** Four viewers of two qualities, two of whom switch all the time, all on such a disk. */
async function playOn(troubles: Omit<Troubles, 'clock' | 'random'>) {
  const world = new ModelWorld({ originRateBps: 50_000_000 });
  const contents = [400_000, 1_500_000].map((bitrateBps) => publishPatterned(world.origin, { bitrateBps, segments: 20 }));
  const viewers = [];
  for (let joined = 0; joined < 4; joined++) {
    const content = contents[joined % 2];
    if (!content) throw new RangeError('no content');
    const recorder = new Recorder(world.origin);
    const random = world.random.fork(`store ${joined}`);
    const viewer = world.join(content, {
      delivered: recorder.take,
      // So little that segments are let go and got again.
      cacheMaxBytes: 4_000_000,
      edges: (platform) => ({ ...platform, store: () => new TroubledStore({ ...troubles, clock: world.clock, random }) }),
    });
    viewers.push({ recorder, ...viewer });
    await world.pass(2_000);
  }
  await world.pass(20_000);
  for (const { player } of viewers) player.seek(0);
  await world.pass(40_000);
  for (const { player } of viewers) player.seek(40);
  await world.pass(60_000);
  return { world, viewers };
}

describe('runtime: on a store', () => {
  const troubles: readonly (readonly [string, Omit<Troubles, 'clock' | 'random'>])[] = [
    ['that is slow', { latencyMs: 400 }],
    ['that fails now and then', { failures: 0.1, latencyMs: 50 }],
    ['that always fails', { failures: 1 }],
    ['that loses what it was given', { losses: 0.05 }],
    ['that loses everything', { losses: 1, latencyMs: 20 }],
  ];
  for (const [what, trouble] of troubles) {
    it(`${what} nothing is filed wrongly, and nobody waits for ever`, async () => {
      const { viewers, world } = await playOn(trouble);
      for (const { engine, player, recorder } of viewers) {
        expect(recorder.wrong).toEqual([]);
        expect(recorder.delivered.length).toBeGreaterThan(25);
        expect(player.failures).toBe(0);
        expect(player.stallMs).withContext('seeks apart').toBeLessThan(200);
        expect(engine.getStats().bannedPeers).withContext('nobody is blamed').toBe(0);
        expect(engine.getStats().cacheBytes).toBeLessThanOrEqual(4_000_000);
      }
      await Promise.all([...viewers.map((viewer) => viewer.leave()), world.pass(5_000)]);
    });
  }
});
