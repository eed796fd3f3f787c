import * as TUNING from '../../../core/engine/tuning.ts';
import type { PeerId } from '../../../core/model/index.ts';
import { EngineBench, of, only, SEGMENT_S, told } from '../../kit/engine-bench.ts';
import type { Fetching } from '../../kit/engine-bench.ts';

describe('engine: news of pieces', () => {
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

  describe('to many neighbours', () => {
    const names = Array.from({ length: 10 }, (_, place) => `neighbour ${place}`);

    /** Has the first piece from the origin, and has told of it. */
    function benchTold({ live = false, slackS = 40 } = {}): { readonly bench: EngineBench; readonly peers: readonly PeerId[]; readonly fetching: Fetching } {
      const bench = new EngineBench({}, 11);
      bench.play(10 * SEGMENT_S - slackS, { live });
      bench.swarm(1);
      const fetching = only(of('fetch', bench.demand(10).effects));
      const peers = names.map((name) => bench.neighbour(name));
      bench.head(fetching);
      expect(told('have', bench.piece(fetching, 0)).map(({ peer }) => peer).sort()).withContext('of the first one').toEqual([...peers].sort());
      bench.nowMs += 1;
      return { bench, peers, fetching };
    }

    it('tells a few at a time, and each of them once', () => {
      const { bench, peers, fetching } = benchTold();
      bench.piece(fetching, 1);
      const haves = of('send', bench.pass(60_000)).filter(({ message }) => message.type === 'have');
      const times = haves.map(({ peer, afterMs }) => ({ peer, turn: Math.ceil(afterMs / TUNING.announceIntervalMs) }));
      expect(times.map(({ peer }) => peer).sort()).toEqual([...peers].sort());
      for (let turn = 1; turn <= 3; turn++) {
        const heard = times.filter((time) => time.turn === turn).length;
        expect(heard).withContext(`${turn}`).toBeGreaterThanOrEqual(TUNING.newsAtOnce);
        expect(heard).withContext(`${turn}`).toBeLessThanOrEqual(TUNING.newsAtOnce + 1);
      }
    });

    it('tells who comes later of what has come meanwhile, too, and the others of that afterwards', () => {
      const { bench, peers, fetching } = benchTold();
      bench.piece(fetching, 1);
      const first = told('have', bench.pass(TUNING.announceIntervalMs));
      bench.piece(fetching, 2);
      const later = told('have', bench.pass(60_000));
      const early = new Set(first.map(({ peer }) => peer));
      expect(later.map(({ peer }) => peer).sort()).toEqual([...peers].sort());
      for (const { message } of later) expect([...message.pieces.indexes()]).toEqual([0, 1, 2]);
      expect(later.slice(-early.size).every(({ peer }) => early.has(peer))).withContext('last').toBeTrue();
    });

    it('tells all of them when it is whole, whomever it had told of most of it', () => {
      const { bench, peers, fetching } = benchTold();
      for (const index of [1, 2, 3]) bench.piece(fetching, index);
      bench.pass(TUNING.announceIntervalMs);
      const whole = told('have', bench.piece(fetching, 4));
      expect(whole.map(({ peer }) => peer).sort()).toEqual([...peers].sort());
      expect(told('have', bench.pass(60_000))).toEqual([]);
    });

    it('leaves out who has it, and tells others in their place', () => {
      const { bench, peers, fetching } = benchTold();
      for (const peer of peers.slice(0, 5)) bench.have(peer, 10);
      bench.piece(fetching, 1);
      expect(told('have', bench.pass(TUNING.announceIntervalMs)).length).toBe(TUNING.newsAtOnce);
      expect(told('have', bench.pass(TUNING.announceIntervalMs)).length).toBe(2);
    });

    it('live with little slack, tells all of them at once', () => {
      const { bench, peers, fetching } = benchTold({ live: true, slackS: 2 });
      bench.piece(fetching, 1);
      expect(told('have', bench.pass(TUNING.announceScarceMs)).map(({ peer }) => peer).sort()).toEqual([...peers].sort());
    });
  });
});
