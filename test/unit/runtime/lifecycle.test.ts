import { resolveConfig } from '../../../core/config.ts';
import { AbortedError, DestroyedError, segmentKey, trackKey } from '../../../core/model/index.ts';
import type { P2PConfig, SegmentKey } from '../../../core/model/index.ts';
import type { EngineRuntime } from '../../../core/runtime/index.ts';
import { CountedEdges } from '../../kit/counted-edges.ts';
import { segmentsFrom } from '../../kit/engine-bench.ts';
import { ModelWorld } from '../../kit/model-world.ts';
import { publishPatterned } from '../../kit/patterned-content.ts';

const CONFIG: P2PConfig = { trackers: ['wss://tracker.test'] };

function segmentOf(content: ReturnType<typeof publishPatterned>, sequence: number): SegmentKey {
  return segmentKey(trackKey(content.track), { mediaSequence: sequence, discontinuitySequence: 0 });
}

describe('runtime: destroy', () => {
  it('leaves no timer, socket, connection, request, store or listener', async () => {
    // At any moment: while connecting, while loading, in full exchange.
    for (const afterMs of [0, 40, 95, 200, 700, 2_000, 9_000, 30_000]) {
      const world = new ModelWorld({ originRateBps: 4_000_000 });
      const content = publishPatterned(world.origin, { segments: 30 });
      world.join(content);
      await world.pass(5_000);
      const edges = new CountedEdges();
      const viewer = world.join(content, { edges: edges.around });
      await world.pass(afterMs);
      viewer.player.stop();
      const loading = viewer.engine.load(segmentOf(content, 25), {}).catch((error: unknown) => error);
      await viewer.engine.destroy();
      expect(edges.open).withContext(`after ${afterMs} ms: ${JSON.stringify(edges)}`).toBe(0);
      expect(await loading).toBeInstanceOf(DestroyedError);
      await world.pass(20_000);
      expect(edges.open).withContext(`${afterMs} ms, later: ${JSON.stringify(edges)}`).toBe(0);
    }
  });

  it('may be called twice, and from within a listener', async () => {
    const world = new ModelWorld();
    const content = publishPatterned(world.origin);
    for (const event of ['stats', 'explain', 'peerConnect', 'segmentLoad'] as const) {
      const edges = new CountedEdges();
      world.join(content);
      const viewer = world.join(content, { edges: edges.around });
      let destroyed: Promise<void> | undefined;
      viewer.engine.events.on(event, () => {
        viewer.player.stop();
        destroyed = viewer.engine.destroy();
      });
      await world.pass(20_000);
      expect(destroyed).withContext(event).toBeDefined();
      await Promise.all([destroyed, viewer.engine.destroy()]);
      expect(edges.open).withContext(`${event}: ${JSON.stringify(edges)}`).toBe(0);
    }
  });

  it('makes whatever comes afterwards say so', async () => {
    const world = new ModelWorld();
    const content = publishPatterned(world.origin);
    const { engine, player } = world.join(content);
    player.stop();
    await engine.destroy();
    await expectAsync(engine.load(segmentOf(content, 0), {})).toBeRejectedWithError(DestroyedError);
    expect(() => engine.configure(resolveConfig(CONFIG))).toThrowError(DestroyedError);
    expect(() => engine.setContent({ manifestUrl: 'https://origin.test/other.m3u8' })).toThrowError(DestroyedError);
    expect(engine.explain().code).toBe('destroyed');
    expect(engine.has(segmentOf(content, 0))).toBeFalse();
    expect(engine.getStats().peers).toBe(0);
  });

  it('keeps the count of what earlier contents did', async () => {
    const world = new ModelWorld();
    const content = publishPatterned(world.origin);
    const { engine, player } = world.join(content);
    await world.pass(10_000);
    player.stop();
    await world.pass(1_000);
    const before = engine.getStats();
    engine.setContent({ manifestUrl: 'https://origin.test/other.m3u8' });
    expect(engine.getStats()).toEqual(jasmine.objectContaining({ httpBytes: before.httpBytes, httpRequests: before.httpRequests, cacheBytes: 0, httpRate: 0 }));
    engine.setContent(undefined);
    expect(engine.explain().code).toBe('no-content');
    await expectAsync(engine.load(segmentOf(content, 0), {})).toBeRejectedWithError(RangeError);
  });

  it('after each of thousands of short visits leaves nothing of them in memory', async () => {
    const world = new ModelWorld();
    const content = publishPatterned(world.origin, { segments: 2, segmentS: 1, bitrateBps: 100_000 });
    const edges = new CountedEdges();
    const engines: WeakRef<EngineRuntime>[] = [];
    const visit = async (): Promise<void> => {
      const viewer = world.join(content, { edges: edges.around });
      engines.push(new WeakRef(viewer.engine));
      await world.pass(300);
      await viewer.leave();
    };
    for (let count = 0; count < VISITS; count++) await visit();
    await world.pass(60_000);
    expect(edges.open).withContext(JSON.stringify(edges)).toBe(0);
    expect(world.clock.pending).toBe(0);
    expect(world.viewers.size).toBe(0);
    const collect = (globalThis as { gc?: () => void }).gc;
    if (!collect) return;
    collect();
    // A task of its own: WeakRefs hold on until the task that made them ends.
    await new Promise((resolve) => setTimeout(resolve, 0));
    collect();
    expect(engines.filter((engine) => engine.deref()).length).withContext('engines alive').toBeLessThan(5);
  }, 120_000);
});

/** With `gc` exposed the full ten thousand; elsewhere enough to see what grows. */
const VISITS = 'gc' in globalThis ? 10_000 : 500;

describe('runtime: load', () => {
  it('that is aborted, before or after it began, says so and asks for no more', async () => {
    const world = new ModelWorld({ originRateBps: 1_000_000 });
    const content = publishPatterned(world.origin);
    const edges = new CountedEdges();
    const { engine, player } = world.join(content, { edges: edges.around });
    player.stop();
    await world.pass(100);
    const abortion = new AbortController();
    const loading = engine.load(segmentOf(content, 3), { signal: abortion.signal }).catch((error: unknown) => error);
    await world.pass(500);
    expect(edges.requests).toBe(1);
    abortion.abort();
    expect(edges.requests).toBe(0);
    expect(await loading).toBeInstanceOf(AbortedError);
    await expectAsync(engine.load(segmentOf(content, 3), { signal: abortion.signal })).toBeRejectedWithError(AbortedError);
  });

  it('by two at once is one request and two copies, each in memory of its own', async () => {
    const world = new ModelWorld();
    const content = publishPatterned(world.origin);
    const { engine, player } = world.join(content);
    player.stop();
    await world.pass(100);
    const asked: number[] = [];
    const both = Promise.all([1, 2].map((place) => engine.load(segmentOf(content, 3), { onOriginRequest: () => asked.push(place) })));
    await world.pass(5_000);
    const [one, other] = await both;
    expect(world.origin.count(content.segmentUrl(3)).requests).toBe(1);
    expect(one?.data).toEqual(other?.data as Uint8Array<ArrayBuffer>);
    expect(one?.data.buffer).not.toBe(other?.data.buffer as ArrayBuffer);
    expect(asked.sort()).toEqual([1, 2]);
    expect(one?.url).toBe(content.segmentUrl(3));
  });

  it('is not broken by callbacks that are', async () => {
    const world = new ModelWorld();
    const content = publishPatterned(world.origin);
    const { engine, player } = world.join(content);
    player.stop();
    engine.setPlayback(() => {
      throw new Error('the page is broken');
    });
    engine.events.on('segmentLoad', () => {
      throw new Error('and so is its listener');
    });
    const broken = (): never => {
      throw new Error('and its callbacks');
    };
    const loading = engine.load(segmentOf(content, 3), { onProgress: broken, onOriginRequest: broken });
    await world.pass(20_000);
    expect((await loading).data.length).toBe(world.origin.find(content.segmentUrl(3))?.sizeBytes ?? 0);
  });

  it('asks as the player would, and as the page configured', async () => {
    const world = new ModelWorld();
    const content = publishPatterned(world.origin);
    const asked: unknown[] = [];
    world.origin.faultOf = (request) => void asked.push(request);
    world.origin.serve('https://cdn.test/signed?token=1', world.origin.find(content.segmentUrl(3)) ?? { sizeBytes: 0, bytes: () => new Uint8Array() });
    const { engine, player } = world.join(content, {
      config: { request: { headers: { 'X-Page': 'page', 'X-Both': 'page' }, sign: (url) => Promise.resolve(url.replace(/.*/, 'https://cdn.test/signed?token=1')) } },
    });
    player.stop();
    await world.pass(100);
    asked.length = 0;
    const loading = engine.load(segmentOf(content, 3), { request: { headers: { 'X-Both': 'player' }, credentials: 'include' } });
    await world.pass(3_000);
    expect((await loading).url).toBe('https://cdn.test/signed?token=1');
    expect(asked).toEqual([
      jasmine.objectContaining({ url: 'https://cdn.test/signed?token=1', headers: { 'X-Page': 'page', 'X-Both': 'player' }, credentials: 'include', range: undefined }),
    ]);
  });

  it('whose signing fails is an origin error, and one that is aborted while it signs asks nothing', async () => {
    const world = new ModelWorld();
    const content = publishPatterned(world.origin);
    const { engine, player } = world.join(content, { config: { request: { sign: () => Promise.reject(new Error('no key')) } } });
    player.stop();
    await world.pass(1_000);
    const requests = world.origin.requests;
    const failing = engine.load(segmentOf(content, 3), {}).catch((error: Error) => error.message);
    const abortion = new AbortController();
    const aborted = engine.load(segmentOf(content, 4), { signal: abortion.signal }).catch((error: Error) => error.name);
    abortion.abort();
    await world.pass(1_000);
    expect(await failing).toContain('network');
    expect(await aborted).toBe('AbortError');
    expect(world.origin.requests).toBe(requests);
  });

  it('leaves segments whose names no message can hold to the player’s own loader', () => {
    const world = new ModelWorld();
    const content = publishPatterned(world.origin);
    const { engine, player } = world.join(content);
    player.stop();
    const [segment] = segmentsFrom(0, 1);
    if (!segment) throw new RangeError('none');
    const long = `${segment.key}@${'9'.repeat(60)}` as SegmentKey;
    engine.setSegments(content.track, [segment, { ...segment, key: long }]);
    expect(engine.has(segment.key)).toBeTrue();
    expect(engine.has(long)).toBeFalse();
  });
});
