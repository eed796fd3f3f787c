import { ModelWorld } from '../../kit/model-world.ts';
import { publishPatterned } from '../../kit/patterned-content.ts';
import { Recorder } from '../../kit/recorder.ts';

/** Of each segment that somebody asks the origin for within this time, how often it sends its 403 kB. */
async function copiesWithin(world: ModelWorld, ms: number): Promise<number> {
  const { origin } = world;
  const sentBefore = origin.sentBytes;
  const askedBefore = origin.allCounts.size;
  await world.pass(ms);
  return (origin.sentBytes - sentBefore) / ((origin.allCounts.size - askedBefore) * 403_000);
}

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
      expect(await copiesWithin(world, 60_000)).toBeLessThan(1.5);
      for (const { player, recorder } of viewers) {
        expect(recorder.wrong).toEqual([]);
        expect(recorder.repeated).toBe(0);
        expect(player.stalls).toBe(0);
        expect(player.latencyS).withContext('as where it began').toBeLessThan((segmentsBehind + 1) * content.segmentS + 1);
      }
    });
  }

  it('takes one copy from the origin, too, where the first to hear of a segment has next to no upload', async () => {
    const world = new ModelWorld();
    const content = publishPatterned(world.origin, { segments: 60, live: { windowSegments: 6 } });
    const comeAtMs = [1_000, 4_000, 7_000, 10_000, 13_000, 18_000];
    const viewers = [];
    for (const [place, atMs] of comeAtMs.entries()) {
      await world.pass(atMs - world.clock.nowMs());
      // The second comes when a segment has just been published, and finds each new one as soon as it is there.
      const config = place === 1 ? { upload: { maxKbps: 100 } } : {};
      viewers.push(world.join(content, { rates: { upBps: 8_000_000, downBps: 20_000_000 }, liveSyncS: 3 * content.segmentS, config }));
    }
    await world.pass(10_000);
    expect(await copiesWithin(world, 60_000)).toBeLessThan(1.2);
    for (const { player } of viewers) expect(player.stalls).toBe(0);
  });

  it('takes few copies, too, with slack of half a segment: several fetch shares of it', async () => {
    const world = new ModelWorld();
    const content = publishPatterned(world.origin, { segments: 60, live: { windowSegments: 6 } });
    const viewers = [];
    for (let joined = 0; joined < 40; joined++) {
      viewers.push(world.join(content, { rates: { upBps: 1_600_000, downBps: 8_000_000 }, liveSyncS: 1.5 * content.segmentS }));
      // Playlists are reloaded at different times.
      await world.pass(510);
    }
    await world.pass(12_000);
    // Without the shares it is 9.6.
    expect(await copiesWithin(world, 40_000)).toBeLessThan(5);
    for (const { player } of viewers) expect(player.stalls).toBe(0);
  });

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
