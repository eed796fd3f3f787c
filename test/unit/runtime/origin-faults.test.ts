import type { HttpRequest } from '../../../core/ports/index.ts';
import type { Fault } from '../../kit/memory-origin.ts';
import { ModelWorld } from '../../kit/model-world.ts';
import { publishPatterned } from '../../kit/patterned-content.ts';
import { Recorder } from '../../kit/recorder.ts';
import type { OriginError } from '../../../core/model/index.ts';
import { segmentKey, trackKey } from '../../../core/model/index.ts';

/** Two viewers, whose origin does something wrong with some requests. */
async function playWith(fault: (request: HttpRequest, asked: number) => Fault | undefined, ms = 70_000) {
  const world = new ModelWorld({ originRateBps: 8_000_000 });
  const content = publishPatterned(world.origin, { segments: 10 });
  let asked = 0;
  world.origin.faultOf = (request) => fault(request, asked++);
  const errors: OriginError[] = [];
  const viewers = [];
  for (let joined = 0; joined < 2; joined++) {
    const recorder = new Recorder(world.origin);
    const viewer = world.join(content, { rates: { upBps: 2_000_000 }, delivered: recorder.take });
    viewer.engine.events.on('segmentError', ({ error }) => errors.push(error as OriginError));
    viewers.push({ recorder, ...viewer });
    await world.pass(5_000);
  }
  await world.pass(ms);
  return { world, content, viewers, errors };
}

describe('runtime: an origin', () => {
  for (const fault of [
    { kind: 'status', status: 500, statusText: 'Internal Server Error' },
    { kind: 'network' },
  ] satisfies Fault[]) {
    it(`that fails now and then (${fault.kind}) is seen as a plain player would see it`, async () => {
      const { errors, viewers } = await playWith((_, asked) => (asked % 3 === 1 ? fault : undefined));
      expect(errors.length).toBeGreaterThan(0);
      for (const error of errors) expect(error.kind).toBe(fault.kind);
      for (const { player, recorder } of viewers) {
        expect(recorder.wrong).toEqual([]);
        expect(recorder.delivered.length).toBe(10);
        expect(player.stalls).toBe(0);
      }
    });
  }

  it('that does not have a segment says so to the player each time it asks', async () => {
    const { content, errors, viewers } = await playWith(({ url }) => (url.endsWith('/4.ts') ? { kind: 'status', status: 404, statusText: 'Not Found' } : undefined), 20_000);
    expect(errors.length).toBeGreaterThan(3);
    for (const error of errors) expect([error.status, error.statusText, error.url]).toEqual([404, 'Not Found', content.segmentUrl(4)]);
    for (const { recorder } of viewers) expect(recorder.delivered.length).toBe(4);
  });

  it('that cuts every body short is not believed: nothing short is played or shared', async () => {
    const { errors, viewers } = await playWith(() => ({ kind: 'truncated', afterBytes: 100_000 }), 30_000);
    for (const error of errors) expect(error.kind).toBe('truncated');
    for (const { recorder } of viewers) expect(recorder.wrong).toEqual([]);
  });

  it('that cuts a body short once is asked for the rest, unseen', async () => {
    const { errors, viewers, world } = await playWith((_, asked) => (asked % 2 === 0 ? { kind: 'truncated', afterBytes: 160_000 } : undefined));
    expect(errors).toEqual([]);
    for (const { player, recorder } of viewers) {
      expect(recorder.wrong).toEqual([]);
      expect(player.stalls).toBe(0);
    }
    expect(world.origin.copies).withContext('only what was missing was sent again').toBeLessThan(2.2);
  });

  for (const kind of ['ignores-range', 'refuses-range'] as const) {
    it(`that ${kind} still gives every segment`, async () => {
      // Bodies that end early make the engine ask for the rest.
      const { errors, viewers } = await playWith(({ range }, asked) => {
        if (range) return { kind };
        return asked % 2 === 0 ? { kind: 'truncated', afterBytes: 160_000 } : undefined;
      });
      expect(errors.filter(({ kind: failed }) => failed !== 'truncated')).toEqual([]);
      for (const { recorder } of viewers) {
        expect(recorder.wrong).toEqual([]);
        expect(recorder.delivered.length).toBe(10);
      }
    });
  }

  it('that hangs is left to the player’s own timeout', async () => {
    const world = new ModelWorld();
    const content = publishPatterned(world.origin, { segments: 3 });
    world.origin.faultOf = () => ({ kind: 'hang', afterBytes: 50_000 });
    const { engine, player } = world.join(content);
    player.stop();
    const key = segmentKey(trackKey(content.track), { mediaSequence: 1, discontinuitySequence: 0 });
    const abortion = new AbortController();
    const outcomes: string[] = [];
    const asked: number[] = [];
    engine.load(key, { signal: abortion.signal, onOriginRequest: () => asked.push(world.clock.nowMs()) }).then(
      () => outcomes.push('loaded'),
      (error: Error) => outcomes.push(error.name),
    );
    await world.pass(30_000);
    expect(outcomes).toEqual([]);
    expect(asked).withContext('its timeout begins where a plain player’s would').toEqual([0]);
    abortion.abort();
    await world.pass(1);
    expect(outcomes).toEqual(['AbortError']);
    world.origin.faultOf = () => undefined;
    const loaded = engine.load(key, {});
    await world.pass(5_000);
    expect((await loaded).data.length).toBe(world.origin.find(content.segmentUrl(1))?.sizeBytes ?? 0);
  });
});
