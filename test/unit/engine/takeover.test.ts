import { MAX_PIECE_BYTES } from '../../../core/model/index.ts';
import * as TUNING from '../../../core/engine/tuning.ts';
import { EngineBench, of, only, told, TRACK } from '../../kit/engine-bench.ts';

const PIECES = 24;
const SEGMENT_BYTES = PIECES * MAX_PIECE_BYTES;
const SLACK_MS = 12_000;
/** What the fetcher has when it leaves; and what another neighbour has by then, and this viewer has of it. */
const FETCHED = piecesTo(20);
const GIVEN = piecesTo(10);

function piecesTo(end: number): number[] {
  return Array.from({ length: end }, (_, index) => index);
}

interface Leaving {
  readonly hops?: number;
  readonly live?: boolean;
  /** What the other one has. */
  readonly given?: readonly number[];
  /** What it tells of just after the fetcher has left. */
  readonly toldLate?: readonly number[];
  /** Whether it says just after that that it fetches now. */
  readonly isFollowed?: boolean;
}

/** Who has told of the fetch leaves. @returns the first fetch of this viewer, and when. */
function afterLeaving({ hops = 0, live = true, given = GIVEN, toldLate, isFollowed = false }: Leaving): { afterMs: number; span: [number, number] } {
  const bench = new EngineBench();
  bench.state = { ...bench.state, origin: { rateBps: 10e6, firstByteMs: 50, rangeAllowed: true }, trackRates: new Map([[TRACK, SEGMENT_BYTES / 4]]) };
  bench.swarm(3);
  // Of hardly any upload, they come last in the election.
  const [fetcher, other] = [bench.neighbour('fetcher', { uploadBps: 1e4 }), bench.neighbour('other', { uploadBps: 1e4 })];
  bench.play(20 - SLACK_MS / 1000, { live });
  bench.intent(fetcher, 5, hops);
  bench.demand(5);
  const asked = told('request', [...bench.have(other, 5, given, SEGMENT_BYTES), ...bench.have(fetcher, 5, FETCHED, SEGMENT_BYTES)]);
  for (let next = asked.shift(); next; next = asked.shift()) {
    if (next.peer === other) asked.push(...told('request', bench.deliver(next, MAX_PIECE_BYTES)));
  }
  const effects = bench.step({ type: 'neighbourLeft', peer: fetcher }).map((effect) => ({ ...effect, afterMs: 0 }));
  if (toldLate) bench.have(other, 5, toldLate, SEGMENT_BYTES);
  if (isFollowed) bench.intent(other, 5);
  const { startByte, endByte, afterMs } = only(of('fetch', [...effects, ...bench.pass(SLACK_MS)]).slice(0, 1));
  return { afterMs, span: [startByte / MAX_PIECE_BYTES, endByte / MAX_PIECE_BYTES] };
}

describe('engine: when the one that fetches a segment leaves', () => {
  it('live, the next in rank fetches what nobody has, as soon as it is known what that is', () => {
    const { afterMs, span } = afterLeaving({});
    expect(afterMs).toBeGreaterThanOrEqual(TUNING.leftGivenMs);
    expect(afterMs).toBeLessThan(TUNING.leftGivenMs + 3 * TUNING.rankStepMs);
    expect(span).toEqual([10, Infinity]);
  });

  it('leaves out what it has given, as others tell', () => {
    expect(afterLeaving({ toldLate: [...piecesTo(14), 22, 23] }).span).toEqual([14, 22]);
  });

  it('is in no hurry where others have it all', () => {
    expect(afterLeaving({ toldLate: piecesTo(PIECES) }).afterMs).toBeGreaterThan(SLACK_MS / 2);
  });

  it('is quicker still where it has given nothing', () => {
    expect(afterLeaving({ given: [] })).toEqual({ afterMs: 0, span: [0, Infinity] });
  });

  it('leaves it to who fetches it now', () => {
    expect(afterLeaving({ isFollowed: true }).afterMs).toBeGreaterThanOrEqual(SLACK_MS * TUNING.takeoverSlackShare);
  });

  it('does nothing of the kind where only the messenger has left, or on demand', () => {
    for (const leaving of [{ hops: 1 }, { live: false }]) {
      expect(afterLeaving(leaving).afterMs).toBeGreaterThanOrEqual(SLACK_MS * TUNING.takeoverSlackShare);
    }
  });
});
