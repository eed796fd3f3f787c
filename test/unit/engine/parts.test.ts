import * as TUNING from '../../../core/engine/tuning.ts';
import type { Effect } from '../../../core/engine/index.ts';
import type { PeerId } from '../../../core/model/index.ts';
import { MAX_PIECE_BYTES } from '../../../core/model/index.ts';
import { EngineBench, of, only, TRACK, told } from '../../kit/engine-bench.ts';
import type { Asking, Fetching } from '../../kit/engine-bench.ts';

const PIECES = 32;
const SEGMENT_BYTES = PIECES * MAX_PIECE_BYTES;
const FIRST_BYTE_MS = 50;

interface Line {
  readonly slackMs?: number;
  /** Of the origin, for the whole segment. */
  readonly takesMs?: number;
  readonly rangeAllowed?: boolean;
  /** What the neighbours have of the segment. */
  readonly held?: readonly number[];
}

/** The player has just asked for segment 5, which three neighbours have, over a line for which the origin takes nearly all the time that there is. */
function bench({ held, rangeAllowed = true, slackMs = 2_000, takesMs = 1_700 }: Line = {}): { bench: EngineBench; fetching: Fetching } {
  const bench = new EngineBench();
  const rateBps = (SEGMENT_BYTES * 8000) / (takesMs - FIRST_BYTE_MS);
  bench.state = { ...bench.state, origin: { rateBps, firstByteMs: FIRST_BYTE_MS, rangeAllowed }, trackRates: new Map([[TRACK, SEGMENT_BYTES / 4]]) };
  bench.swarm(4);
  const peers = ['a', 'b', 'c'].map((name) => bench.neighbour(name));
  for (const peer of peers) bench.have(peer, 5, held, SEGMENT_BYTES);
  bench.play(20 - slackMs / 1000);
  return { bench, fetching: only(of('fetch', bench.demand(5).effects)) };
}

const span = ({ startByte, endByte }: Fetching): [number, number] => [startByte / MAX_PIECE_BYTES, endByte / MAX_PIECE_BYTES];

/** The origin brings what was asked of it, a piece each 50 ms, the last after something else. @returns what is asked of it next. */
function brings(bench: EngineBench, fetching: Fetching, beforeLast: () => void = () => undefined): Fetching[] {
  const [first, end] = span(fetching);
  const effects = [...bench.head(fetching, SEGMENT_BYTES)];
  for (let index = first; index < Math.min(end, PIECES); index++) {
    bench.nowMs += 50;
    if (index === end - 1) beforeLast();
    effects.push(...bench.piece(fetching, index, SEGMENT_BYTES));
  }
  return of('fetch', [...effects, ...bench.done(fetching)]);
}

function openAsks(bench: EngineBench): { peer: PeerId; requestId: number }[] {
  return bench.state.neighbours.values().flatMap(({ asks, peer }) => Array.from(asks, ([requestId]) => ({ peer, requestId })));
}

describe('engine: what neighbours have, over a line for which the origin is just in time', () => {
  it('is asked of the origin a part at a time, and meanwhile of them from its end', () => {
    const { bench: engine, fetching } = bench();
    expect(span(fetching)).toEqual([0, 8]);
    const asked = told('request', engine.head(fetching, SEGMENT_BYTES)).map(({ message }) => message.index);
    expect(asked.length).toBeGreaterThan(0);
    expect(asked.length).withContext('half of the others come in a later part, should they keep none of their promises').toBeLessThanOrEqual((PIECES - 8) / 2);
    expect(asked).toEqual(Array.from(asked, (_, place) => PIECES - 1 - place));
  });

  it('is left out of the next part where it was asked of them', () => {
    const { bench: engine, fetching } = bench();
    const asked = told('request', engine.head(fetching, SEGMENT_BYTES)).map(({ message }) => message.index);
    // A quarter of the 24 that are missing.
    expect(span(only(brings(engine, fetching)))).toEqual([8, 14]);
    expect(Math.min(...asked)).toBeGreaterThanOrEqual(14);
  });

  it('is asked for as a whole once a part has come, and nothing of theirs, nor is any to be expected', () => {
    const { bench: engine, fetching } = bench();
    const next = brings(engine, fetching, () => {
      // Each is asked again as long as not all are paused.
      for (let open = openAsks(engine); open.length > 0; open = openAsks(engine)) {
        for (const { peer, requestId } of open) engine.step({ type: 'declined', peer, requestId, reason: 'busy' });
      }
    });
    expect(engine.state.counters.p2pBytes).toBe(0);
    expect(span(only(next))).toEqual([8, Infinity]);
  });

  it('is asked for as a whole, and of nobody else, where there is no time for another request', () => {
    const { bench: engine, fetching } = bench({ slackMs: 1_800 });
    expect(span(fetching)).toEqual([0, Infinity]);
    expect(told('request', engine.head(fetching, SEGMENT_BYTES))).toEqual([]);
  });

  it('is asked for as a whole where the origin refuses ranges', () => {
    expect(span(bench({ rangeAllowed: false }).fetching)).toEqual([0, Infinity]);
  });

  it('is asked for as a whole where they have not all of it', () => {
    expect(span(bench({ held: [0, 1, 2, 3] }).fetching)).toEqual([0, Infinity]);
  });

  it('is asked for as a whole where that takes no time', () => {
    expect(span(bench({ slackMs: 400, takesMs: 250 }).fetching)).toEqual([0, Infinity]);
  });
});

describe('engine: what neighbours have, over a line that they fill', () => {
  /** All that they are asked for they bring, the first after 100 ms, then one each 40 ms, until so many have come. @returns what the origin was asked for, and how many pieces had come by then. */
  function fetchesWhile(most: number): { fetching: Fetching; broughtPieces: number; slackMs: number }[] {
    const engine = new EngineBench();
    engine.state = { ...engine.state, origin: { rateBps: (SEGMENT_BYTES * 8000) / 1_100, firstByteMs: FIRST_BYTE_MS, rangeAllowed: true }, trackRates: new Map([[TRACK, SEGMENT_BYTES / 4]]) };
    engine.swarm(4);
    for (const name of ['a', 'b', 'c', 'd', 'e']) engine.have(engine.neighbour(name), 5, undefined, SEGMENT_BYTES);
    engine.play(20 - 2);
    const dueMs = engine.nowMs + 2_000;
    const fetches: { fetching: Fetching; broughtPieces: number; slackMs: number }[] = [];
    const open: Asking[] = told('request', engine.demand(5).effects);
    let broughtPieces = 0;
    for (let waitMs = 100; engine.nowMs < dueMs; waitMs = 40) {
      const effects: Effect[] = [...engine.pass(waitMs)];
      const next = broughtPieces < most ? open.shift() : undefined;
      if (next) {
        effects.push(...engine.deliver(next, MAX_PIECE_BYTES));
        broughtPieces++;
      }
      open.push(...told('request', effects));
      for (const fetching of of('fetch', effects)) fetches.push({ fetching, broughtPieces, slackMs: dueMs - engine.nowMs });
    }
    return fetches;
  }

  it('is not asked of the origin, though they have not promised all of it yet', () => {
    expect(fetchesWhile(PIECES)).toEqual([]);
  });

  it('is asked of the origin, in time, once they stop', () => {
    const [first] = fetchesWhile(10);
    expect(first?.broughtPieces).toBe(10);
    expect(first?.slackMs).toBeGreaterThan(FIRST_BYTE_MS + (1_100 * 22) / PIECES);
  });

  it('is asked of an origin that has not been measured as if they had promised nothing: they may keep silent', () => {
    const engine = new EngineBench();
    engine.swarm(9);
    for (const name of ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h']) engine.have(engine.neighbour(name), 5, undefined, SEGMENT_BYTES);
    engine.play(20 - 2);
    const { effects } = engine.demand(5);
    expect(told('request', effects).length * MAX_PIECE_BYTES).withContext('the line is filled').toBe(TUNING.initialUnderWayBytes);
    expect([...of('fetch', effects), ...of('fetch', engine.pass(2_000))].length).toBe(1);
  });
});
