import { DestroyedError, OriginError } from '../../../../core/index.ts';
import type { LoadedSegment } from '../../../../core/index.ts';
import { loadedSegment } from '../../../kit/fake-engine.ts';
import { rig, settle } from './loader-kit.ts';

const BYTES = new Uint8Array([1, 2, 3, 4]);
const never = () => new Promise<LoadedSegment>(() => undefined);

describe('hls.js fragment loader', () => {
  it('hands a segment over whole, once', async () => {
    const { load, how, settled, loader, host, progressed } = rig({ answer: () => Promise.resolve(loadedSegment(BYTES.slice())) });
    load();
    await settle();
    loader.abort();
    loader.destroy();
    expect(how()).toEqual(['success']);
    const response = settled[0]?.detail as { data: ArrayBuffer; code: number; url: string };
    expect(new Uint8Array(response.data)).toEqual(BYTES);
    expect(response.code).toBe(200);
    expect(response.url).toBe('https://origin.test/answered');
    expect(progressed).toEqual([]);
    expect(host.calls).toEqual(['destroy']);
  });

  it('passes every byte once to onProgress, before onSuccess', async () => {
    const { load, how, progressed, settled } = rig({ progressive: true, answer: () => Promise.resolve(loadedSegment(BYTES.slice())) });
    load();
    await settle();
    expect(progressed.map((data) => data.byteLength)).toEqual([4]);
    expect(how()).toEqual(['success']);
    expect((settled[0]?.detail as { data: ArrayBuffer }).data).toBe(progressed[0]!);
  });

  it('gives a view of a larger buffer as a buffer of its own', async () => {
    const { load, settled } = rig({ answer: () => Promise.resolve(loadedSegment(new Uint8Array(BYTES.slice().buffer, 1, 2))) });
    load();
    await settle();
    expect(new Uint8Array((settled[0]?.detail as { data: ArrayBuffer }).data)).toEqual(new Uint8Array([2, 3]));
  });

  it('tells the bandwidth estimator the rate of the transfer, in the object that hls.js holds', async () => {
    const { load, loader, host } = rig({ answer: () => Promise.resolve(loadedSegment(new Uint8Array(500_000))) });
    const { stats } = loader;
    load();
    await settle();
    expect(loader.stats).toBe(stats);
    expect(stats).toBe(host.stats);
    const { start, first, end } = stats.loading;
    expect(first - start).toBeCloseTo(50, 5);
    expect((stats.loaded * 8000) / (end - first)).toBeCloseTo(8e6, 0);
    expect(stats.bwEstimate).toBeCloseTo(8e6, 0);
    expect(stats.total).toBe(500_000);
    expect(Math.abs(end - performance.now())).toBeLessThan(1000);
  });

  it('shows progress truly, and holds the start of loading while only peers are asked', async () => {
    const { load, loader, engine } = rig({ answer: never });
    load();
    await settle();
    const { stats } = loader;
    const { options } = engine.loads[0]!;
    expect(performance.now() - stats.loading.start).toBeLessThan(5);
    options.onProgress?.({ loadedBytes: 100, totalBytes: undefined });
    expect([stats.loaded, stats.total]).toEqual([100, 0]);
    options.onProgress?.({ loadedBytes: 200, totalBytes: 400 });
    expect([stats.loaded, stats.total]).toEqual([200, 400]);
    await new Promise((resolve) => setTimeout(resolve, 30));
    expect(performance.now() - stats.loading.start).toBeLessThan(5);
    options.onOriginRequest?.();
    await new Promise((resolve) => setTimeout(resolve, 30));
    expect(performance.now() - stats.loading.start).toBeGreaterThan(25);
    expect(stats.loading.first).toBeGreaterThanOrEqual(stats.loading.start);
    loader.destroy();
  });

  it('aborts: takes the request back, says so once, and nothing afterwards', async () => {
    const { load, loader, how, engine, settled } = rig({ answer: never });
    load();
    await settle();
    loader.abort();
    loader.abort();
    loader.destroy();
    await settle();
    expect(how()).toEqual(['abort']);
    expect(settled[0]?.stats.aborted).toBeTrue();
    expect(engine.loads[0]?.options.signal?.aborted).toBeTrue();
  });

  it('aborts before the engine was asked', async () => {
    const { load, loader, how, engine } = rig();
    load();
    loader.abort();
    await settle();
    expect(how()).toEqual(['abort']);
    expect(engine.loads).toEqual([]);
  });

  it('says nothing more once destroyed', async () => {
    const { load, loader, how, engine } = rig({ answer: never });
    load();
    await settle();
    loader.destroy();
    await settle();
    expect(how()).toEqual([]);
    expect(engine.loads[0]?.options.signal?.aborted).toBeTrue();
  });

  describe('errors', () => {
    const failing = (error: Error) => rig({ answer: () => Promise.reject(error) });

    it('of the origin are those that hls.js would have seen', async () => {
      for (const [kind, status, code] of [['status', 404, 404], ['network', 0, 0], ['truncated', 200, 0]] as const) {
        const { load, how, settled, host } = failing(new OriginError(kind, 'https://origin.test/3.ts', status, 'text'));
        load();
        await settle();
        expect(how()).toEqual(['error']);
        expect(settled[0]?.detail).toEqual({ code, text: 'text' });
        expect(host.calls).toEqual([]);
      }
    });

    it('of the engine are no errors: the host loads instead, with untouched statistics', async () => {
      for (const error of [new DestroyedError(), new RangeError('not listed'), new Error('a bug')]) {
        const { load, how, host, context, callbacks, loaderConfig } = failing(error);
        load();
        await settle();
        expect(how()).toEqual([]);
        expect(host.calls).toEqual(['load from 0']);
        expect(host.loadArguments).toEqual([context, loaderConfig, callbacks]);
      }
    });
  });

  describe('timeouts', () => {
    beforeEach(() => jasmine.clock().install().mockDate());
    afterEach(() => jasmine.clock().uninstall());
    const policy = { maxTimeToFirstByteMs: 100, maxLoadTimeMs: 1000 };

    it('begin when the origin is asked, not while peers are waited for', async () => {
      const { load, how, engine, settled, loaderConfig } = rig({ answer: never, policy });
      load();
      await settle();
      jasmine.clock().tick(900);
      engine.loads[0]?.options.onOriginRequest?.();
      jasmine.clock().tick(99);
      expect(how()).toEqual([]);
      jasmine.clock().tick(1);
      expect(how()).toEqual(['timeout']);
      expect(settled[0]?.stats.aborted).toBeTrue();
      expect(loaderConfig.timeout).toBe(100);
      expect(engine.loads[0]?.options.signal?.aborted).toBeTrue();
      await settle();
      expect(how()).toEqual(['timeout']);
    });

    it('are for the whole once the first byte is there', async () => {
      const { load, how, engine } = rig({ answer: never, policy });
      load();
      await settle();
      const { options } = engine.loads[0]!;
      options.onOriginRequest?.();
      jasmine.clock().tick(50);
      options.onProgress?.({ loadedBytes: 1, totalBytes: 10 });
      jasmine.clock().tick(949);
      expect(how()).toEqual([]);
      jasmine.clock().tick(1);
      expect(how()).toEqual(['timeout']);
    });

    it('of peers alone hand over to the host', async () => {
      const { load, how, host } = rig({ answer: never, policy });
      load();
      await settle();
      jasmine.clock().tick(1000);
      expect(how()).toEqual([]);
      expect(host.calls).toEqual(['load from 0']);
    });

    it('of 0 and Infinity are none', async () => {
      const { load, how, engine, loader } = rig({ answer: never, policy: { maxTimeToFirstByteMs: 0, maxLoadTimeMs: Infinity } });
      load();
      await settle();
      engine.loads[0]?.options.onOriginRequest?.();
      jasmine.clock().tick(1e9);
      expect(how()).toEqual([]);
      loader.destroy();
    });
  });

  describe('leaves to the host, untouched', () => {
    const untouched: Record<string, Parameters<typeof rig>[0]> = {
      'an init segment': { context: { frag: { sn: 'initSegment' } as never } },
      'a part of a segment': { context: { part: {} as never } },
      'a segment that no list has': { listed: false },
      'a range that is not the listed one': { byteRange: { start: 0, end: 10 }, context: { rangeStart: 0, rangeEnd: 16 } },
      'everything, where the page has a loader of its own': { transport: 'custom' },
    };
    for (const [what, options] of Object.entries(untouched)) {
      it(what, async () => {
        const { load, host, engine, loader, context, loaderConfig, callbacks } = rig(options);
        load();
        await settle();
        expect(engine.loads).toEqual([]);
        expect(host.calls).toEqual(['load from 0']);
        expect(host.loadArguments).toEqual([context, loaderConfig, callbacks]);
        loader.abort();
        loader.destroy();
        expect(host.calls.slice(1)).toEqual(['abort', 'destroy']);
      });
    }
  });

  it('takes a byte range that is the listed one', async () => {
    const byteRange = { start: 100, end: 104 };
    const { load, settled, engine } = rig({
      byteRange, context: { rangeStart: 100, rangeEnd: 104 }, answer: () => Promise.resolve(loadedSegment(BYTES.slice())),
    });
    load();
    await settle();
    expect(engine.loads.length).toBe(1);
    expect((settled[0]?.detail as { code: number }).code).toBe(206);
  });
});
