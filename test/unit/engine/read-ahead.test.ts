import { VersionedMap } from '../../../core/engine/versioned-map.ts';
import { TUNING } from '../../../core/engine/tuning.ts';
import { EngineBench, keyOf, of, PIECES, SEGMENT_BYTES, told } from '../../kit/engine-bench.ts';

/** A neighbour holds the whole film; the player has asked for segment 3. */
function benchBeside(live = false): EngineBench {
  const bench = new EngineBench();
  bench.hold(3);
  bench.play(0, { live });
  const a = bench.neighbour('a');
  bench.state = { ...bench.state, neighbours: VersionedMap.of([...bench.state.neighbours].map(([peer, neighbour]) => [peer, { ...neighbour, windowPieces: 60 }] as const)) };
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
        bench.step({ type: 'pieceArrived', peer, requestId, lengthBytes: index === PIECES - 1 ? 1_000 : 32 * 1024 });
      }
    }
    expect(bench.held(4)).toBe(PIECES);
    expect(bench.held(5)).toBe(PIECES);
    expect(askedSequences(bench)).withContext('not before the player has asked for more').toEqual([]);
    expect(of('deliver', bench.demand(4).effects).length).toBe(1);
    expect(askedSequences(bench)).toEqual([keyOf(6)]);
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
