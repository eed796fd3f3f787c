import { ModelWorld } from '../../kit/model-world.ts';
import { publishPatterned } from '../../kit/patterned-content.ts';
import { Recorder } from '../../kit/recorder.ts';

describe('runtime: live', () => {
  for (const segmentsBehind of [3, 2]) {
    it(`plays ${segmentsBehind} segments behind the edge, from about one copy, no later than a plain player`, async () => {
      const world = new ModelWorld({ originRateBps: 20_000_000 });
      const content = publishPatterned(world.origin, { segments: 60, live: { windowSegments: 6 } });
      const viewers = [];
      for (let joined = 0; joined < 6; joined++) {
        const recorder = new Recorder(world.origin);
        const viewer = world.join(content, {
          rates: { upBps: 4_000_000, downBps: 12_000_000 }, liveSyncS: segmentsBehind * content.segmentS, delivered: recorder.take,
        });
        viewers.push({ recorder, ...viewer });
        // Playlists are reloaded at different times.
        await world.pass(1_300);
      }
      await world.pass(20_000);
      const sentBefore = world.origin.sentBytes;
      const askedBefore = world.origin.allCounts.size;
      await world.pass(60_000);
      const segments = world.origin.allCounts.size - askedBefore;
      const copies = (world.origin.sentBytes - sentBefore) / (segments * 403_000);
      expect(copies).toBeLessThan(1.5);
      for (const { player, recorder } of viewers) {
        expect(recorder.wrong).toEqual([]);
        expect(recorder.repeated).toBe(0);
        expect(player.stalls).toBe(0);
        expect(player.latencyS).withContext('as where it began').toBeLessThan((segmentsBehind + 1) * content.segmentS + 1);
      }
    });
  }

  it('of an hour leaves no more behind than its window', async () => {
    const world = new ModelWorld();
    const content = publishPatterned(world.origin, { segments: 950, bitrateBps: 64_000, live: { windowSegments: 6 } });
    const viewers = [world.join(content), world.join(content)];
    await world.pass(3_600_000);
    for (const { engine, player } of viewers) {
      expect(player.stalls).toBe(0);
      expect(engine.getStats().cacheBytes).toBeLessThan(20 * 33_000);
    }
    expect(world.clock.pending).toBeLessThan(30);
  });
});
