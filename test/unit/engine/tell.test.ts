import * as TUNING from '../../../core/engine/tuning.ts';
import { MAX_LOST } from '../../../core/model/index.ts';
import { EngineBench, keyOf, only, peerNamed, PIECES, told } from '../../kit/engine-bench.ts';

describe('engine: telling neighbours', () => {
  it('tells a newcomer all that is held, and what is being fetched', () => {
    const bench = new EngineBench();
    bench.hold(2);
    bench.hold(3);
    bench.swarm(1);
    bench.demand(10);
    const effects = bench.step({ type: 'neighbourJoined', peer: peerNamed('new') });
    expect(told('have', effects).map(({ message }) => message.segment)).toEqual([keyOf(2), keyOf(3)]);
    expect(only(told('intent', effects)).message).toEqual({ type: 'intent', segment: keyOf(10), hops: 0, uploadBps: TUNING.assumedUploadBps });
  });

  it('is silent while uploading is off, and tells everything once it is on again', () => {
    const bench = new EngineBench({ uploadMaxBps: 0 });
    bench.hold(2);
    const joined = bench.step({ type: 'neighbourJoined', peer: peerNamed('a') });
    expect(joined).toEqual([]);
    expect(told('have', [...bench.pass(1_000)])).toEqual([]);
    bench.hold(3);
    const allowed = [...bench.policy({ uploadMaxBps: Infinity }), ...bench.pass(1_000)];
    expect(told('have', allowed).map(({ message }) => message.segment).sort()).toEqual([keyOf(2), keyOf(3)].sort());
    expect(told('have', bench.policy({ uploadMaxBps: 1e6 }))).withContext('a cap is no news').toEqual([]);
  });

  it('tells what is lost, if it was told of before', () => {
    const bench = new EngineBench();
    bench.hold(2);
    const a = bench.neighbour('a');
    const lost = only(told('lost', bench.step({ type: 'storeLost', segment: keyOf(2) })));
    expect(lost).toEqual(jasmine.objectContaining({ peer: a, message: { type: 'lost', segments: [keyOf(2)] } }));
    expect(told('lost', bench.step({ type: 'storeLost', segment: keyOf(2) }))).toEqual([]);
  });

  it('tells what was told while uploading was off and is lost after it was allowed', () => {
    const bench = new EngineBench({ uploadMaxBps: 0 });
    bench.hold(2);
    bench.neighbour('a');
    bench.policy({ uploadMaxBps: Infinity });
    expect(told('lost', bench.step({ type: 'storeLost', segment: keyOf(2) })).length).toBe(1);
  });

  it('says at most so many segments lost in one message', () => {
    const bench = new EngineBench();
    for (let sequence = 0; sequence < 20; sequence++) bench.hold(sequence);
    const a = bench.neighbour('a');
    const effects = bench.policy({ cacheMaxBytes: 1 });
    const segments = told('lost', effects).flatMap(({ message }) => message.segments);
    expect(new Set(segments).size).toBe(20);
    for (const { message, peer } of told('lost', effects)) {
      expect(message.segments.length).toBeLessThanOrEqual(MAX_LOST);
      expect(peer).toBe(a);
    }
    expect(PIECES).toBeGreaterThan(1);
  });
});
