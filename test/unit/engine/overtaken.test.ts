import { yieldsTo } from '../../../core/engine/election.ts';
import { pieceBytes, pieceSizeBytes } from '../../../core/model/index.ts';
import type { PeerId } from '../../../core/model/index.ts';
import type { Effect } from '../../../core/engine/index.ts';
import { EngineBench, keyOf, of, only, peerNamed, SELF, told } from '../../kit/engine-bench.ts';
import type { Fetching } from '../../kit/engine-bench.ts';

const PIECES = 24;
const BYTES = PIECES * 8 * 1024;
const PIECE_MS = 100;
/** Three times as fast as it plays. */
const FIT_BPS = (3 * BYTES * 8) / 4;

const range = (from: number, end: number): number[] => Array.from({ length: end - from }, (_, offset) => from + offset);

/** The player waits for segment 5, or will be there soon, and has waited for a neighbour in vain: it is being fetched. */
function benchAsking({ positionS = 20, originRateBps = 0 } = {}): { bench: EngineBench; fetching: Fetching } {
  const bench = new EngineBench();
  bench.swarm(2);
  bench.play(positionS, { waiting: positionS === 20 });
  bench.state = { ...bench.state, origin: { ...bench.state.origin, rateBps: originRateBps } };
  bench.nowMs += 4_000;
  bench.step({ type: 'wake' });
  return { bench, fetching: only(of('fetch', bench.demand(5).effects)) };
}

/** The origin begins to answer, and has sent the first pieces. */
function answer(bench: EngineBench, fetching: Fetching, pieces: number, pieceMs = PIECE_MS): Effect[] {
  bench.nowMs += pieceMs;
  const effects = [...bench.head(fetching, BYTES)];
  for (const index of range(0, pieces)) {
    bench.nowMs += pieceMs;
    effects.push(...bench.piece(fetching, index, BYTES));
  }
  return effects;
}

/** The origin sends a piece every 100 ms, and four of them have come. */
function benchFetching(): { bench: EngineBench; fetching: Fetching } {
  const { bench, fetching } = benchAsking();
  answer(bench, fetching, 4);
  return { bench, fetching };
}

/** The neighbour tells what it has by now, and gives whatever is asked of it. */
function give(bench: EngineBench, peer: PeerId, held: readonly number[]): Effect[] {
  const effects: Effect[] = [...bench.have(peer, 5, held, BYTES)];
  for (let asked = told('request', effects); asked.length > 0; ) {
    const next = asked.flatMap((ask) => bench.deliver(ask, pieceBytes(BYTES, ask.message.index)));
    effects.push(...next);
    asked = told('request', next);
  }
  return effects;
}

/** The neighbour has 14 pieces and gives those that the fetch will not bring soon; the fetch brings what comes before them. */
function overtake(bench: EngineBench, fetching: Fetching, peer: PeerId, uploadBps?: number): Effect[] {
  bench.intent(peer, 5, 0, uploadBps);
  const effects = give(bench, peer, range(0, 14));
  for (let index = 4; !bench.state.segments.get(fetching.segment)?.own?.has(index); index++) {
    bench.nowMs += PIECE_MS;
    effects.push(...bench.piece(fetching, index, BYTES));
  }
  return effects;
}

describe('engine: a fetch that peers overtake', () => {
  it('ends, and the rest is left to the one who is ahead', () => {
    const { bench, fetching } = benchFetching();
    const peer = bench.neighbour('ahead');
    const effects = overtake(bench, fetching, peer);
    expect(of('abortFetch', effects).length).toBe(1);
    expect(of('fetch', effects)).toEqual([]);
    for (let held = 15; held <= PIECES; held++) {
      effects.push(...bench.pass(PIECE_MS));
      effects.push(...give(bench, peer, range(0, held)));
    }
    expect(of('deliver', effects).length).toBe(1);
    expect(of('fetch', effects)).withContext('the origin was not asked again').toEqual([]);
  });

  it('is made anew from the first missing piece when the one who was ahead goes', () => {
    const { bench, fetching } = benchFetching();
    const peer = bench.neighbour('ahead');
    overtake(bench, fetching, peer);
    const effects = [...bench.step({ type: 'neighbourLeft', peer }), ...bench.pass(2_000)];
    expect(only(of('fetch', effects)).startByte).toBe(14 * pieceSizeBytes(BYTES));
  });

  it('goes on while it brings what nobody else has given', () => {
    const { bench, fetching } = benchFetching();
    const peer = bench.neighbour('ahead');
    const effects = give(bench, peer, range(0, 6));
    bench.nowMs += PIECE_MS;
    effects.push(...bench.piece(fetching, 4, BYTES));
    expect(of('abortFetch', effects)).toEqual([]);
  });

  it('goes on where a fit origin has sent already what there is no time to wait for', () => {
    const overtaken = (slackS: number): Effect[] => {
      const { bench, fetching } = benchAsking({ positionS: 20 - slackS, originRateBps: FIT_BPS });
      answer(bench, fetching, 4);
      // Of a slower one, so that this viewer does not give way before.
      return of('abortFetch', overtake(bench, fetching, bench.neighbour('ahead'), 1));
    };
    expect(overtaken(2)).toEqual([]);
    expect(overtaken(10).length).withContext('with time for it').toBe(1);
  });

  it('goes on where the origin refuses to send a part: all would have to come again', () => {
    const { bench, fetching } = benchFetching();
    bench.state = { ...bench.state, origin: { ...bench.state.origin, rangeAllowed: false } };
    const peer = bench.neighbour('ahead');
    expect(of('abortFetch', overtake(bench, fetching, peer))).toEqual([]);
  });
});

describe('engine: two fetches of the same that begin at the same moment', () => {
  // Which of the two gives way follows from the ids and the segment.
  const NAMES = Array.from({ length: 20 }, (_, number) => `neighbour ${number}`);
  const GOES_ON = only(NAMES.filter((name) => yieldsTo(SELF, peerNamed(name), keyOf(5))).slice(0, 1));
  const GIVES_WAY = only(NAMES.filter((name) => !yieldsTo(SELF, peerNamed(name), keyOf(5))).slice(0, 1));

  /** The neighbour tells that it is fetching, too, just before the origin answers. */
  function beside(name: string, { pieceMs = PIECE_MS, held = 0, originRateBps = 0 } = {}): { effects: Effect[]; bench: EngineBench; peer: PeerId } {
    const { bench, fetching } = benchAsking({ originRateBps });
    const peer = bench.neighbour(name);
    if (held > 0) bench.have(peer, 5, range(0, held), BYTES);
    bench.intent(peer, 5);
    return { bench, peer, effects: answer(bench, fetching, 6, pieceMs) };
  }

  it('from a slow origin go on with a half each', () => {
    const { bench, effects, peer } = beside(GOES_ON);
    expect(of('abortFetch', effects).length).toBe(1);
    const second = only(of('fetch', effects));
    expect(second).toEqual(jasmine.objectContaining({ startByte: 13 * pieceSizeBytes(BYTES), endByte: Infinity }));
    bench.head(second, BYTES);
    const delivered = only(of('deliver', [...give(bench, peer, range(0, 13)), ...range(13, PIECES).flatMap((index) => bench.piece(second, index, BYTES))]));
    expect(delivered.originBytes).toBe(13 * pieceSizeBytes(BYTES));
  });

  it('both go on where the origin is known to be fit: what makes one slow is what peers bring at the same time', () => {
    expect(of('abortFetch', beside(GOES_ON, { originRateBps: FIT_BPS }).effects)).toEqual([]);
  });

  it('both go on at a rate that may be the line\'s own: what is left to the other one would come too late', () => {
    expect(of('abortFetch', beside(GOES_ON, { pieceMs: 70 }).effects)).toEqual([]);
  });

  it('are given up by one of them only', () => {
    expect(of('abortFetch', beside(GIVES_WAY).effects)).toEqual([]);
  });

  it('from a fast origin both go on: they are done before either could gain by it', () => {
    expect(of('abortFetch', beside(GOES_ON, { pieceMs: 5 }).effects)).toEqual([]);
  });

  it('are not given up for one that is far ahead, and goes on to where this one would begin', () => {
    expect(of('fetch', beside(GOES_ON, { held: 12 }).effects)).toEqual([]);
  });
});
