import { ModelWorld } from '../../kit/model-world.ts';
import type { ModelViewer, ViewerOptions } from '../../kit/model-world.ts';
import type { ModelContent } from '../../kit/model-player.ts';
import { publishPatterned } from '../../kit/patterned-content.ts';
import { Recorder } from '../../kit/recorder.ts';

const RATES = { upBps: 4_000_000, downBps: 12_000_000 };

type Watching = ModelViewer & { readonly recorder: Recorder };

function watch(world: ModelWorld, content: ModelContent, options: ViewerOptions = {}): Watching {
  const recorder = new Recorder(world.origin);
  return { recorder, ...world.join(content, { rates: RATES, delivered: recorder.take, ...options }) };
}

/** Nobody was given a wrong byte, or the same segment twice, or waited. */
function expectUndisturbed(viewers: readonly Watching[]): void {
  for (const { player, recorder } of viewers) {
    expect(recorder.wrong).toEqual([]);
    expect(recorder.repeated).toBe(0);
    expect(player.stalls).toBe(0);
    expect(player.failures).toBe(0);
  }
}

/** What the origin would send if every viewer took its first segment from there, and everything else came once. */
function fairBytes(world: ModelWorld, content: ModelContent, viewers: number): number {
  const firstBytes = world.origin.find(content.segmentUrl(0))?.sizeBytes ?? 0;
  return world.origin.sentBytes / world.origin.copies + (viewers - 1) * firstBytes;
}

describe('runtime: on demand', () => {
  it('gives six viewers every segment once, byte for byte, from about one copy of the origin', async () => {
    const world = new ModelWorld({ originRateBps: 20_000_000 });
    const content = publishPatterned(world.origin);
    const viewers: Watching[] = [];
    for (let joined = 0; joined < 6; joined++) {
      viewers.push(watch(world, content));
      await world.pass(3_000);
    }
    await world.pass(65_000);

    expectUndisturbed(viewers);
    for (const { engine, player, recorder } of viewers) {
      expect(recorder.delivered.length).withContext('segments').toBe(15);
      expect(player.startUpMs).toBeLessThan(1_000);
      expect(engine.getStats().rejectedPieces + engine.getStats().bannedPeers).toBe(0);
    }
    expect(world.origin.sentBytes).toBeLessThan(1.1 * fairBytes(world, content, 6));
    for (const { engine } of viewers.slice(1)) expect(engine.explain().code).toBe('working');
    const given = viewers.reduce((sum, { engine }) => sum + engine.getStats().uploadBytes, 0);
    const taken = viewers.reduce((sum, { engine }) => sum + engine.getStats().p2pBytes, 0);
    expect(taken).withContext('what one gives another takes').toBeLessThanOrEqual(given);
    expect(taken).toBeGreaterThan(0.98 * given);
  });

  it('disturbs nobody when a viewer goes in the middle of a transfer, with a word or without', async () => {
    const world = new ModelWorld({ originRateBps: 8_000_000 });
    const content = publishPatterned(world.origin, { segments: 20 });
    const viewers: Watching[] = [];
    for (let joined = 0; joined < 5; joined++) {
      viewers.push(watch(world, content));
      await world.pass(4_000);
    }
    const [, leaving, vanishing, ...staying] = viewers;
    await leaving?.leave();
    await world.pass(5_000);
    vanishing?.host.vanish();
    await world.pass(70_000);
    expectUndisturbed(staying);
    for (const { engine, recorder } of staying) {
      expect(recorder.delivered.length).toBe(20);
      expect(engine.getStats().peers).toBe(staying.length);
    }
    expect(staying.length).toBe(2);
  });

  it('goes on without the tracker, and takes newcomers in once it is back', async () => {
    const world = new ModelWorld();
    const content = publishPatterned(world.origin, { segments: 40 });
    const viewers = [watch(world, content)];
    await world.pass(2_000);
    viewers.push(watch(world, content));
    await world.pass(8_000);
    world.trackerServer.kill();
    const before = viewers[1]?.engine.getStats().p2pBytes ?? 0;
    await world.pass(30_000);
    expect(viewers[1]?.engine.getStats().p2pBytes).withContext('the exchange goes on').toBeGreaterThan(before);
    world.trackerServer.restart();
    const newcomer = watch(world, content);
    await world.pass(20_000);
    expect(newcomer.engine.getStats().peers).withContext('in within 20 s').toBe(2);
    await world.pass(60_000);
    expectUndisturbed([...viewers, newcomer]);
    expect(newcomer.engine.getStats().ratio).toBeGreaterThan(0.3);
  });

  it('files a quality’s bytes under that quality, however the viewers switch', async () => {
    const world = new ModelWorld();
    const low = publishPatterned(world.origin, { bitrateBps: 500_000, segments: 30 });
    const high = publishPatterned(world.origin, { bitrateBps: 2_000_000, segments: 30 });
    const viewers = [watch(world, low), watch(world, high), watch(world, low), watch(world, high)];
    await world.pass(130_000);
    expectUndisturbed(viewers);
    for (const { engine, recorder } of viewers) {
      expect(recorder.delivered.length).toBe(30);
      expect(engine.getStats().peers).withContext('one swarm').toBe(3);
    }
  });

  it('seeks without asking for what nobody watches', async () => {
    const world = new ModelWorld({ originRateBps: 20_000_000 });
    const content = publishPatterned(world.origin, { segments: 60 });
    const viewer = watch(world, content);
    await world.pass(6_000);
    viewer.player.seek(120);
    await world.pass(10_000);
    expect(viewer.recorder.wrong).toEqual([]);
    const asked = [...world.origin.allCounts.keys()].length;
    expect(asked).withContext('30 s ahead, twice').toBeLessThanOrEqual(24);
  });

  it('costs a lone viewer nothing: the origin sends each byte once, when a plain player would ask', async () => {
    const world = new ModelWorld({ originRateBps: 20_000_000 });
    const content = publishPatterned(world.origin);
    const viewer = watch(world, content);
    await world.pass(60_000);
    expectUndisturbed([viewer]);
    expect(world.origin.copies).toBe(1);
    expect(viewer.engine.getStats()).toEqual(jasmine.objectContaining({ httpRequests: 15, httpBytes: world.origin.sentBytes, p2pBytes: 0, ratio: 0 }));
    expect(viewer.engine.explain().code).toBe('alone');
  });
});
