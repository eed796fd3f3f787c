import * as TUNING from '../../../core/engine/tuning.ts';
import { MAX_PIECE_BYTES, OriginError } from '../../../core/model/index.ts';
import { EngineBench, keyOf, of, only, SEGMENT_BYTES, SEGMENT_S, told, TRACK } from '../../kit/engine-bench.ts';

/** The viewer has run dry before segment 5, of an origin that takes 100 ms to its first byte. */
function dryBench(originRateBps: number): EngineBench {
  const bench = new EngineBench();
  const track = only([...bench.state.listed.keys()]);
  bench.state = { ...bench.state, origin: { ...bench.state.origin, rateBps: originRateBps, firstByteMs: 100 }, trackRates: new Map([[track, SEGMENT_BYTES / SEGMENT_S]]) };
  bench.swarm(6);
  bench.play(5 * SEGMENT_S, { waiting: true });
  return bench;
}

const SLOW_BPS = 50_000;
const SLOW_MS = 100 + (SEGMENT_BYTES * 8000) / SLOW_BPS;

/** Segment 5 is due in `slackMs`, on a line over which the origin needs `takesMs` for it. */
function narrowLineBench(slackMs: number, takesMs: number): EngineBench {
  const bench = dryBench((SEGMENT_BYTES * 8000) / (takesMs - 100));
  bench.play(5 * SEGMENT_S - slackMs / 1000);
  return bench;
}

describe('engine: a narrow line, over which the origin is just in time', () => {
  it('is left to the origin at once: peers would make it late', () => {
    const bench = narrowLineBench(2_000, 1_900);
    bench.have(bench.neighbour('a'), 5);
    const { effects } = bench.demand(5);
    expect(of('fetch', effects).length).toBe(1);
    expect(told('request', effects)).toEqual([]);
  });

  it('is no longer left to the origin once it has failed: peers can still save the viewer', () => {
    const bench = narrowLineBench(2_000, 1_900);
    const peer = bench.neighbour('a');
    bench.have(peer, 5);
    const fetching = only(of('fetch', bench.demand(5).effects));
    const effects = bench.fail(fetching, new OriginError('status', 'https://origin.test/5', 500, 'Internal Server Error'));
    expect(told('request', effects).map((ask) => ask.peer)).toContain(peer);
  });

  it('is left to the origin also a little late', () => {
    const bench = narrowLineBench(2_000, 2_200);
    bench.have(bench.neighbour('a'), 5);
    expect(of('fetch', bench.demand(5).effects).length).toBe(1);
  });

  it('is shared where there is time for it', () => {
    const bench = narrowLineBench(8_000, 1_900);
    bench.have(bench.neighbour('a'), 5);
    const { effects } = bench.demand(5);
    expect(of('fetch', effects)).toEqual([]);
    expect(told('request', effects).length).toBeGreaterThan(0);
  });

  it('is shared where it would carry less than what plays: the origin is overrun then', () => {
    const bench = narrowLineBench(2_500, 2_400);
    bench.have(bench.neighbour('a'), 5);
    expect(of('fetch', bench.demand(5).effects)).toEqual([]);
  });

  it('carries no more of other segments than it can until then', () => {
    // A piece takes 440 ms, and the origin is just in time from 2.7 s before the segment is due on.
    for (const [slackMs, pieces] of [[2_900, 0], [3_200, 1], [3_700, 2], [8_000, 4]] as const) {
      const bench = narrowLineBench(slackMs, 1_900);
      bench.have(bench.neighbour('a'), 5, [0]);
      const { effects } = bench.demand(5);
      const ahead = told('request', [...effects, ...bench.have(bench.neighbour('b'), 6)]).filter(({ message }) => message.segment === keyOf(6));
      expect(ahead.length).withContext(`${slackMs} ms`).toBe(pieces);
    }
  });
});

describe('engine: a narrow line, over which peers have brought all but one piece', () => {
  it('is left to the origin from when on it has only just the time for that one', () => {
    const pieces = 32;
    const pieceMs = 50;
    const firstByteMs = 400;
    const bytes = pieces * MAX_PIECE_BYTES;
    const bench = new EngineBench();
    bench.state = { ...bench.state, origin: { rateBps: (MAX_PIECE_BYTES * 8000) / pieceMs, firstByteMs, rangeAllowed: true }, trackRates: new Map([[TRACK, bytes / SEGMENT_S]]) };
    bench.swarm(2);
    const peer = bench.neighbour('a');
    const givenMs = 2_880;
    bench.play(5 * SEGMENT_S - givenMs / 1000);
    bench.intent(peer, 5);
    const before = of('fetch', bench.demand(5).effects);
    const startMs = bench.nowMs;
    for (let held = 1; held <= pieces; held++) {
      const asked = told('request', bench.have(peer, 5, [held - 1], bytes));
      before.push(...of('fetch', bench.pass(60)));
      if (held < pieces) before.push(...of('fetch', bench.deliver(only(asked), MAX_PIECE_BYTES)));
    }
    expect(before).toEqual([]);
    const slackMs = givenMs - (bench.nowMs - startMs);
    const [fetching] = of('fetch', bench.pass(slackMs));
    expect(slackMs - (fetching?.afterMs ?? 0)).toBeCloseTo((firstByteMs + pieceMs) * (1 + TUNING.lineReserveShare), 0);
  });
});

describe('engine: a slow origin, when several have run dry', () => {
  it('is not asked while a neighbour that fetches the segment goes on bringing it', () => {
    const bench = dryBench(SLOW_BPS);
    const peer = bench.neighbour('fetcher');
    bench.intent(peer, 5);
    const effects = [...bench.demand(5).effects];
    for (const held of [[0], [0, 1], [0, 1, 2], [0, 1, 2, 3, 4]]) {
      effects.push(...bench.pass(SLOW_MS / 6));
      const asked = told('request', bench.have(peer, 5, held));
      for (const ask of asked) effects.push(...bench.deliver(ask));
    }
    expect(of('fetch', effects)).toEqual([]);
    expect(of('deliver', effects).length).toBe(1);
  });

  it('is asked soon when the neighbour that announced it brings nothing', () => {
    const bench = dryBench(SLOW_BPS);
    bench.intent(bench.neighbour('liar'), 5);
    expect(of('fetch', bench.demand(5).effects)).toEqual([]);
    const { afterMs } = only(of('fetch', bench.pass(10_000)));
    expect(afterMs).toBeLessThanOrEqual(SLOW_MS / 4 + 1);
  });

  it('is asked for what is missing when pieces come more slowly than it would bring them', () => {
    const bench = dryBench(SLOW_BPS);
    const peer = bench.neighbour('trickles');
    const asked = told('request', [...bench.have(peer, 5), ...bench.demand(5).effects]);
    const effects = [];
    for (const ask of asked.slice(0, 2)) effects.push(...bench.pass(SLOW_MS / 4.5), ...bench.deliver(ask));
    effects.push(...bench.pass(SLOW_MS / 2));
    expect(of('fetch', effects).length).toBe(1);
  });

  it('is asked by the elected one first, and by the others no more than a moment later', () => {
    const beginsMs = Array.from({ length: 12 }, (_, swarm) => {
      const bench = dryBench(SLOW_BPS);
      // Everyone is a neighbour: ranks are exact.
      bench.swarm(4);
      for (const other of ['w', 'x', 'y']) bench.neighbour(`${other}${swarm}`);
      return of('fetch', bench.demand(5).effects).length > 0 ? 0 : only(of('fetch', bench.pass(10_000))).afterMs;
    });
    expect(Math.min(...beginsMs)).withContext('where this viewer is elected').toBe(0);
    expect(Math.max(...beginsMs)).withContext('where another is').toBeGreaterThan(0);
    expect(Math.max(...beginsMs)).toBeLessThanOrEqual(SLOW_MS / 20 + 1);
  });

  it('that is not slow is asked at once, whatever neighbours announce and hold', () => {
    const bench = dryBench(10e6);
    const peer = bench.neighbour('a');
    bench.intent(peer, 5);
    bench.have(peer, 5);
    expect(of('fetch', bench.demand(5).effects).length).toBe(1);
  });
});
