import { VersionedMap } from '../../../core/engine/versioned-map.ts';
import * as TUNING from '../../../core/engine/tuning.ts';
import type { Policy } from '../../../core/engine/index.ts';
import { EngineBench, keyOf, of, only, PIECE_BYTES, PIECES, SEGMENT_BYTES, SEGMENT_S, segmentsFrom, told, TRACK } from '../../kit/engine-bench.ts';

/** A neighbour holds the whole film; the player has asked for segment 3. */
function benchBeside(live = false): EngineBench {
  const bench = new EngineBench();
  bench.hold(3);
  bench.play(0, { live });
  const a = bench.neighbour('a');
  bench.state = { ...bench.state, neighbours: VersionedMap.of([...bench.state.neighbours].map(([peer, neighbour]) => [peer, { ...neighbour, pace: { ...neighbour.pace, windowPieces: 60 } }] as const)) };
  for (let sequence = 0; sequence < 150; sequence++) bench.have(a, sequence);
  return bench;
}

function askedSequences(bench: EngineBench): string[] {
  return [...new Set([...bench.state.neighbours.values()].flatMap(({ asks }) => [...asks.values()].map(({ segment }) => segment)))];
}

describe('engine: reading ahead', () => {
  it('takes the next segments from neighbours, only so many', () => {
    const bench = benchBeside();
    expect(askedSequences(bench)).toEqual([keyOf(4), keyOf(5)]);
    expect(TUNING.readAheadSegments).toBe(2);
    for (const [peer, { asks }] of bench.state.neighbours) {
      for (const [requestId, { index }] of asks) {
        bench.step({ type: 'pieceArrived', peer, requestId, lengthBytes: index === PIECES - 1 ? 1_000 : PIECE_BYTES });
      }
    }
    expect(bench.held(4)).toBe(PIECES);
    expect(bench.held(5)).toBe(PIECES);
    expect(askedSequences(bench)).withContext('not before the player has asked for more').toEqual([]);
    expect(of('deliver', bench.demand(4).effects).length).toBe(1);
    expect(askedSequences(bench)).toEqual([keyOf(6)]);
  });

  it('takes nothing while the player waits for its very first segment, which comes as fast as can be expected', () => {
    const bench = new EngineBench();
    bench.play(0, { waiting: true });
    const fetching = only(of('fetch', bench.demand(0).effects));
    bench.head(fetching);
    const a = bench.neighbour('a');
    bench.pass(100);
    bench.piece(fetching, 0);
    expect(told('request', bench.have(a, 1))).toEqual([]);
    for (let index = 1; index < PIECES; index++) bench.piece(fetching, index);
    bench.done(fetching);
    expect(told('request', bench.have(a, 1))).withContext('nor before the player asks for the next').toEqual([]);
    bench.play(0);
    expect(told('request', bench.have(a, 2)).length).toBeGreaterThan(0);
  });

  it('takes what it can while the player waits for a first segment that hardly comes', () => {
    const bench = new EngineBench();
    bench.play(0, { waiting: true });
    const fetching = only(of('fetch', bench.demand(0).effects));
    bench.head(fetching);
    const a = bench.neighbour('a');
    bench.pass(4_000);
    bench.piece(fetching, 0);
    expect(told('request', bench.have(a, 1)).length).toBeGreaterThan(0);
  });

  it('never asks the origin', () => {
    const bench = benchBeside();
    for (const peer of [...bench.state.neighbours.keys()]) bench.step({ type: 'neighbourLeft', peer });
    expect(of('fetch', bench.pass(120_000))).toEqual([]);
  });

  it('takes what is listed next live, too: one late segment must not make the next one late', () => {
    expect(askedSequences(benchBeside(true))).toEqual(askedSequences(benchBeside(false)));
    expect(askedSequences(benchBeside(true)).length).toBeGreaterThan(0);
  });

  describe('of a live segment that this list does not name yet', () => {
    /** Segments 0 to 149 are listed, and the last one held. */
    function benchAtEdge(policy: Partial<Policy> = {}, live = true): EngineBench {
      const bench = new EngineBench(policy);
      bench.play(590, { live });
      bench.step({ type: 'listed', track: TRACK, segments: segmentsFrom(0, 150) });
      bench.hold(149);
      bench.play(590, { live });
      return bench;
    }

    it('takes it from neighbours, once two tell of it alike', () => {
      const bench = benchAtEdge();
      bench.have(bench.neighbour('liar'), 150, undefined, SEGMENT_BYTES + 7);
      expect(told('request', bench.have(bench.neighbour('a'), 150))).withContext('one against one').toEqual([]);
      expect(told('request', bench.have(bench.neighbour('b'), 150)).length).toBe(PIECES);
      expect(bench.state.segments.get(keyOf(150))?.sizeBytes).toBe(SEGMENT_BYTES);
    });

    it('takes it from one alone that has brought a good deal', () => {
      const bench = benchAtEdge();
      const a = bench.neighbour('a');
      for (let sequence = 145; sequence < 149; sequence++) {
        expect(told('request', bench.have(a, 150))).withContext('as good as a stranger').toEqual([]);
        bench.play((sequence - 3) * SEGMENT_S, { live: true });
        const asks = told('request', [...bench.have(a, sequence), ...bench.demand(sequence).effects]);
        for (let ask = asks.shift(); ask; ask = asks.shift()) asks.push(...told('request', bench.deliver(ask)));
      }
      expect(bench.state.neighbours.get(a)?.broughtPieces).toBeGreaterThanOrEqual(TUNING.trustedPieces);
      expect(bench.held(150)).toBe(PIECES);
    });

    it('does not stay with the length that one alone has told, once two tell another', () => {
      const bench = benchAtEdge();
      const liar = bench.neighbour('liar');
      const edited = bench.state.neighbours.get(liar);
      if (!edited) throw new RangeError('none');
      bench.state = { ...bench.state, neighbours: bench.state.neighbours.with(liar, { ...edited, broughtPieces: TUNING.trustedPieces }) };
      expect(told('request', bench.have(liar, 150, [0, 1], SEGMENT_BYTES + 7)).length).toBe(2);
      const asks = ['a', 'b'].flatMap((name) => told('request', bench.have(bench.neighbour(name), 150)));
      expect(asks.length).toBe(PIECES);
    });

    it('takes the next only', () => {
      const bench = benchAtEdge();
      for (const name of ['a', 'b']) expect(told('request', bench.have(bench.neighbour(name), 151))).toEqual([]);
    });

    it('does not where the publisher’s digests are to be asked for by address, nor on demand', () => {
      for (const bench of [benchAtEdge({ digests: true }), benchAtEdge({}, false)]) {
        for (const name of ['a', 'b']) expect(told('request', bench.have(bench.neighbour(name), 150))).toEqual([]);
      }
    });

    it('gives it to the player at once when the list names it', () => {
      const bench = benchAtEdge();
      const asks = ['a', 'b'].flatMap((name) => told('request', bench.have(bench.neighbour(name), 150)));
      for (const ask of asks) bench.deliver(ask);
      bench.step({ type: 'listed', track: TRACK, segments: segmentsFrom(1, 150) });
      expect(of('deliver', bench.demand(150).effects).length).toBe(1);
    });
  });

  it('does nothing without permission, in a full cache, or far from the playhead', () => {
    const full = new EngineBench({ cacheMaxBytes: 1.1 * SEGMENT_BYTES });
    full.hold(3);
    expect(told('request', full.have(full.neighbour('a'), 4))).toEqual([]);

    const forbidden = new EngineBench({ download: false });
    forbidden.hold(3);
    expect(told('request', forbidden.have(forbidden.neighbour('a'), 4))).toEqual([]);

    const far = new EngineBench();
    far.hold(100);
    expect(told('request', far.have(far.neighbour('a'), 101))).toEqual([]);
  });

  it('ends for a track that the player has left', () => {
    const bench = new EngineBench();
    bench.hold(3);
    bench.pass(20_000);
    expect(told('request', bench.have(bench.neighbour('a'), 9))).toEqual([]);
  });
});
