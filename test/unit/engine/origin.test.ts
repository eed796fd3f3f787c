import { MAX_PIECE_BYTES, OriginError, pieceCount, pieceSizeBytes } from '../../../core/model/index.ts';
import type { OriginFailureKind } from '../../../core/model/index.ts';
import { EngineBench, keyOf, of, only, PIECE_BYTES, PIECES, SEGMENT_BYTES, told } from '../../kit/engine-bench.ts';
import type { Fetching } from '../../kit/engine-bench.ts';

function failure(kind: OriginFailureKind, status = 0): OriginError {
  return new OriginError(kind, 'https://origin.test/10', status, '');
}

/** Alone in the swarm, and asking the origin for segment 10. */
function benchFetching(): { bench: EngineBench; fetching: Fetching } {
  const bench = new EngineBench();
  bench.swarm(1);
  return { bench, fetching: only(of('fetch', bench.demand(10).effects)) };
}

/** Pieces 1 to 3 are here; the rest is to come from the origin. */
function benchToppingUp(): { bench: EngineBench; fetching: Fetching } {
  const bench = new EngineBench();
  const a = bench.neighbour('a');
  bench.have(a, 10, [1, 2, 3]);
  for (const ask of told('request', bench.demand(10).effects)) bench.deliver(ask);
  return { bench, fetching: only(of('fetch', bench.step({ type: 'neighbourLeft', peer: a }))) };
}

describe('engine: the origin', () => {
  it('delivers a whole segment', () => {
    const { bench, fetching } = benchFetching();
    expect(fetching).toEqual(jasmine.objectContaining({ startByte: 0, endByte: Infinity, sizeBytes: undefined }));
    const effects = bench.answer(fetching);
    expect(of('keep', effects).map(({ index }) => index)).toEqual([0, 1, 2, 3, 4]);
    expect(only(of('deliver', effects))).toEqual(jasmine.objectContaining({ originBytes: SEGMENT_BYTES, peerBytes: 0 }));
    expect(bench.state.counters).toEqual(jasmine.objectContaining({ httpBytes: SEGMENT_BYTES, httpRequests: 1 }));
    expect(bench.state.segments.get(keyOf(10))?.fetch).toBeUndefined();
  });

  it('is asked only for what is missing, from the first to the last such piece', () => {
    const { bench, fetching } = benchToppingUp();
    expect(fetching).withContext('0 and 4 are missing').toEqual(jasmine.objectContaining({ startByte: 0, endByte: Infinity, sizeBytes: SEGMENT_BYTES }));
    bench.head(fetching);
    bench.piece(fetching, 0);
    const effects = bench.fail(fetching, failure('truncated', 206));
    expect(only(of('fetch', effects))).withContext('then only 4 is').toEqual(jasmine.objectContaining({ startByte: 4 * PIECE_BYTES, endByte: Infinity }));
    expect(of('deliver', bench.answer(only(of('fetch', effects)))).length).toBe(1);
  });

  it('tells the truth of how fast it was', () => {
    const { bench, fetching } = benchFetching();
    bench.nowMs += 80;
    bench.head(fetching);
    const effects = [];
    for (let index = 0; index < PIECES; index++) {
      bench.nowMs += 20;
      effects.push(...bench.piece(fetching, index));
    }
    bench.done(fetching);
    const { truth } = only(of('deliver', effects));
    expect(truth.firstByteMs).toBe(100);
    expect(truth.transferMs).toBeCloseTo(80, 0);
    expect(bench.state.origin.firstByteMs).toBe(80);
    expect(bench.state.origin.rateBps).toBeCloseTo((SEGMENT_BYTES * 8000) / 100, 0);
  });

  it('is asked once more after a body that was cut short; then the player is told', () => {
    const { bench, fetching } = benchFetching();
    bench.head(fetching);
    bench.piece(fetching, 0);
    const again = only(of('fetch', bench.fail(fetching, failure('truncated', 200))));
    expect(again.startByte).toBe(PIECE_BYTES);
    bench.head(again);
    const effects = bench.fail(again, failure('truncated', 206));
    expect(only(of('fail', effects)).error.kind).toBe('truncated');
    expect(of('fetch', effects)).toEqual([]);
    // The player may try again, and the next time starts from nothing.
    const later = only(of('fetch', bench.demand(10).effects));
    expect(of('fail', bench.fail(later, failure('truncated', 200)))).toEqual([]);
  });

  for (const [kind, status] of [['status', 404], ['status', 500], ['network', 0]] as const) {
    it(`that fails (${kind} ${status}) is told to the player at once, exactly once`, () => {
      const { bench, fetching } = benchFetching();
      const second = bench.demand(10);
      const effects = bench.fail(fetching, failure(kind, status));
      expect(of('fail', effects).length).toBe(2);
      expect(only(of('fail', effects).filter(({ demand }) => demand === second.id)).error.status).toBe(status);
      expect(bench.state.demands.size).toBe(0);
      expect(of('fail', bench.pass(60_000))).toEqual([]);
      expect(of('fetch', bench.demand(10).effects).length).withContext('asked anew').toBe(1);
    });
  }

  it('that fails while peers have the segment is not told of, as long as a further try would still be in time', () => {
    const { bench, fetching } = benchFetching();
    const a = bench.neighbour('a');
    bench.have(a, 10);
    expect(of('fail', bench.fail(fetching, failure('status', 503)))).toEqual([]);
    const effects = bench.pass(60_000);
    const { afterMs } = only(of('fail', effects));
    expect(afterMs).toBeGreaterThan(30_000);
    expect(afterMs).withContext('a second is left').toBeLessThan(39_000);
    expect(of('fetch', effects)).toEqual([]);
  });

  it('that tells another length, and so pieces of another size, goes on with the same bytes', () => {
    const [thoughtBytes, sizeBytes] = [24 * MAX_PIECE_BYTES, 24 * MAX_PIECE_BYTES - 1_000];
    expect(pieceSizeBytes(sizeBytes)).toBe(MAX_PIECE_BYTES / 2);
    const bench = new EngineBench();
    bench.swarm(2);
    const a = bench.neighbour('a');
    bench.play(30);
    for (const ask of told('request', [...bench.have(a, 10, [0, 1, 2], thoughtBytes), ...bench.demand(10).effects])) bench.deliver(ask, MAX_PIECE_BYTES);
    const fetching = only(of('fetch', [...bench.play(39.9), ...bench.step({ type: 'neighbourLeft', peer: a })]));
    expect(fetching.startByte).toBe(3 * MAX_PIECE_BYTES);
    bench.head(fetching, sizeBytes);
    expect(bench.state.segments.get(keyOf(10))?.fetch).toEqual(jasmine.objectContaining({ firstPiece: 6, nextPiece: 6, endPiece: Infinity }));
    for (let index = 6; index < pieceCount(sizeBytes); index++) bench.piece(fetching, index, sizeBytes);
    const missing = only(of('fetch', bench.done(fetching)));
    expect([missing.startByte, missing.endByte]).withContext('held under the other length, and forgotten').toEqual([0, 3 * MAX_PIECE_BYTES]);
    expect(only(of('deliver', bench.answer(missing, sizeBytes))).sizeBytes).toBe(sizeBytes);
  });

  it('that fails is never told of when peers complete the segment', () => {
    const { bench, fetching } = benchFetching();
    const a = bench.neighbour('a');
    bench.have(a, 10);
    bench.fail(fetching, failure('status', 503));
    const requestIds = [...(bench.state.neighbours.get(a)?.asks ?? [])];
    const effects = requestIds.flatMap(([requestId, { index }]) =>
      bench.step({ type: 'pieceArrived', peer: a, requestId, lengthBytes: index === 4 ? 1_000 : PIECE_BYTES }),
    );
    const rest = told('request', effects).flatMap((ask) => bench.deliver(ask));
    expect(of('deliver', [...effects, ...rest]).length).toBe(1);
    expect(of('fail', bench.pass(60_000))).toEqual([]);
  });

  it('that failed for one who gave up is asked anew for the next', () => {
    const bench = new EngineBench();
    bench.swarm(1);
    const { effects, id } = bench.demand(10);
    const fetching = only(of('fetch', effects));
    const a = bench.neighbour('a');
    bench.have(a, 10);
    bench.fail(fetching, failure('status', 503));
    bench.step({ type: 'demandAborted', id });
    bench.step({ type: 'neighbourLeft', peer: a });
    const next = bench.demand(10);
    expect(of('fail', next.effects)).toEqual([]);
    expect(of('fetch', next.effects).length).toBe(1);
  });

  it('that refuses a part is asked for all; and if that works, for parts no more', () => {
    const { bench, fetching } = benchToppingUp();
    bench.head(fetching);
    bench.piece(fetching, 0);
    const part = only(of('fetch', bench.fail(fetching, failure('truncated', 206))));
    const all = only(of('fetch', bench.fail(part, failure('network'))));
    expect(all).toEqual(jasmine.objectContaining({ startByte: 0, endByte: Infinity }));
    expect(bench.state.origin.rangeAllowed).withContext('it may be the network').toBeTrue();
    expect(of('deliver', bench.answer(all)).length).toBe(1);
    expect(bench.state.origin.rangeAllowed).toBeFalse();
  });

  it('that fails for all as it failed for a part has failed', () => {
    const { bench, fetching } = benchToppingUp();
    bench.head(fetching);
    bench.piece(fetching, 0);
    const part = only(of('fetch', bench.fail(fetching, failure('truncated', 206))));
    const all = only(of('fetch', bench.fail(part, failure('network'))));
    expect(of('fail', bench.fail(all, failure('network'))).length).toBe(1);
    expect(bench.state.origin.rangeAllowed).toBeTrue();
  });

  it('that sends all where a part was asked is left as soon as nothing is missing', () => {
    const { bench, fetching } = benchFetching();
    bench.head(fetching);
    for (const index of [0, 1, 2]) bench.piece(fetching, index);
    const part = only(of('fetch', bench.fail(fetching, failure('truncated', 200))));
    bench.head(part, SEGMENT_BYTES, true);
    expect(bench.state.origin.rangeAllowed).toBeFalse();
    expect(bench.state.counters.cacheBytes).toBe(3 * PIECE_BYTES);
    const effects = [0, 1, 2, 3, 4].flatMap((index) => bench.piece(part, index));
    expect(of('keep', effects).map(({ index }) => index)).toEqual([3, 4]);
    expect(of('deliver', effects).length).toBe(1);
  });

  it('may be done with at one of the pieces of a chunk: those after it are traffic, and nothing more', () => {
    const bench = new EngineBench();
    const a = bench.neighbour('a');
    bench.have(a, 10, [1, 2, 3, 4]);
    for (const ask of told('request', bench.demand(10).effects)) bench.deliver(ask);
    const fetching = only(of('fetch', bench.step({ type: 'neighbourLeft', peer: a })));
    bench.head(fetching, SEGMENT_BYTES, true);
    const { fetch, segment } = fetching;
    const effects = bench.step({ type: 'fetchPieces', fetch, segment, firstIndex: 0, lengthsBytes: [PIECE_BYTES, PIECE_BYTES, PIECE_BYTES] });
    expect(of('keep', effects).map(({ index }) => index)).toEqual([0]);
    expect(of('deliver', effects).length).toBe(1);
    expect(of('abortFetch', effects).length).toBe(1);
    expect(bench.state.counters.httpBytes).toBe(3 * PIECE_BYTES);
  });

  it('is left when the player no longer wants the segment, and late events change nothing', () => {
    const bench = new EngineBench();
    bench.swarm(1);
    const { effects, id } = bench.demand(10);
    const fetching = only(of('fetch', effects));
    expect(only(of('abortFetch', bench.step({ type: 'demandAborted', id }))).fetch).toBe(fetching.fetch);
    const next = only(of('fetch', bench.demand(10).effects));
    bench.head(fetching);
    bench.piece(fetching, 0);
    bench.fail(fetching, failure('network'));
    expect(bench.held(10)).toBe(0);
    expect(bench.state.segments.get(keyOf(10))?.fetch?.id).toBe(next.fetch);
  });

  it('may hang: the demand stays open until the player gives up', () => {
    const { bench, fetching } = benchFetching();
    bench.head(fetching);
    expect(bench.pass(120_000)).toEqual([]);
    const [id] = [...bench.state.demands.keys()];
    if (id === undefined) throw new RangeError('no demand');
    expect(of('abortFetch', bench.step({ type: 'demandAborted', id })).length).toBe(1);
  });
});
