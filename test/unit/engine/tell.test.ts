import * as TUNING from '../../../core/engine/tuning.ts';
import { MAX_LOST } from '../../../core/model/index.ts';
import { EngineBench, keyOf, of, only, peerNamed, PIECES, told } from '../../kit/engine-bench.ts';

describe('engine: telling neighbours', () => {
  it('tells of progress in batches, and of the whole segment at once', () => {
    const bench = new EngineBench();
    bench.swarm(1);
    const fetching = only(of('fetch', bench.demand(10).effects));
    const a = bench.neighbour('a');
    bench.head(fetching);
    expect(only(told('have', bench.piece(fetching, 0))).peer).toBe(a);
    bench.nowMs += 10;
    expect(told('have', bench.piece(fetching, 1))).toEqual([]);
    expect(told('have', bench.piece(fetching, 2))).toEqual([]);
    const batch = only(told('have', bench.pass(TUNING.announceIntervalMs)));
    expect([...batch.message.pieces.indexes()]).toEqual([0, 1, 2]);
    bench.nowMs += 1;
    expect(told('have', bench.piece(fetching, 3))).toEqual([]);
    expect(only(told('have', bench.piece(fetching, 4))).message.pieces.isFull).withContext('at once').toBeTrue();
    expect(told('have', bench.pass(60_000))).toEqual([]);
  });

  describe('live, of pieces that hardly anyone has', () => {
    /** Has told of the first piece that the origin brought, and has the second; so many neighbours hold both. */
    function benchFetching(holders: number, live = true): EngineBench {
      const bench = new EngineBench();
      bench.play(0, { live });
      bench.swarm(holders + 2);
      const fetching = only(of('fetch', bench.demand(10).effects));
      bench.neighbour('without');
      for (let place = 0; place < holders; place++) bench.have(bench.neighbour(`holder ${place}`), 10, [0, 1]);
      bench.head(fetching);
      bench.piece(fetching, 0);
      bench.nowMs += 1;
      bench.piece(fetching, 1);
      return bench;
    }

    const toldAfterMs = (bench: EngineBench): number | undefined => of('send', bench.pass(1_000)).find(({ message }) => message.type === 'have')?.afterMs;

    it('tells sooner', () => {
      expect(toldAfterMs(benchFetching(0))).toBe(TUNING.announceScarceMs - 1);
    });

    it('does not once enough have told that they have them', () => {
      const bench = benchFetching(0);
      for (let place = 0; place < TUNING.scarceCopies; place++) bench.have(bench.neighbour(`late ${place}`), 10, [0, 1]);
      expect(toldAfterMs(bench)).toBe(TUNING.announceIntervalMs - 1);
    });

    it('does not for what it has told of already', () => {
      const bench = benchFetching(0);
      for (let place = 0; place < TUNING.scarceCopies; place++) bench.have(bench.neighbour(`late ${place}`), 10, [1]);
      expect(toldAfterMs(bench)).toBe(TUNING.announceIntervalMs - 1);
    });

    it('does not where enough have them, nor on demand', () => {
      expect(toldAfterMs(benchFetching(TUNING.scarceCopies))).withContext('enough').toBe(TUNING.announceIntervalMs - 1);
      expect(toldAfterMs(benchFetching(0, false))).withContext('on demand').toBe(TUNING.announceIntervalMs - 1);
    });
  });

  it('tells nothing to those who hold the segment whole', () => {
    const bench = new EngineBench();
    bench.swarm(1);
    const fetching = only(of('fetch', bench.demand(10).effects));
    bench.have(bench.neighbour('has it'), 10);
    const b = bench.neighbour('has it not');
    const told10 = told('have', bench.answer(fetching));
    expect(new Set(told10.map(({ peer }) => peer))).toEqual(new Set([b]));
  });

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
