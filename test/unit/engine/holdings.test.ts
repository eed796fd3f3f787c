import { Bitfield } from '../../../core/model/index.ts';
import { EngineBench, keyOf, of, only, PIECE_BYTES, PIECES, SEGMENT_BYTES, segmentsFrom, told, TRACK } from '../../kit/engine-bench.ts';

describe('engine: lengths and holdings', () => {
  it('takes the length that most neighbours tell, and asks only those', () => {
    const bench = new EngineBench();
    const liar = bench.neighbour('liar');
    bench.have(liar, 10, undefined, SEGMENT_BYTES - 1);
    for (const name of ['a', 'b']) bench.have(bench.neighbour(name), 10);
    const asks = told('request', bench.demand(10).effects);
    expect(asks.length).toBe(PIECES);
    expect(asks.some(({ peer }) => peer === liar)).toBeFalse();
  });

  it('takes the length of a byte range from the manifest, whatever anybody tells', () => {
    const bench = new EngineBench();
    bench.step({ type: 'listed', track: TRACK, segments: segmentsFrom(0, 20, { byteRange: { start: 1_000, end: 1_000 + SEGMENT_BYTES } }) });
    for (const name of ['a', 'b']) bench.have(bench.neighbour(name), 10, undefined, SEGMENT_BYTES - 1);
    expect(told('request', bench.demand(10).effects)).toEqual([]);
    expect(told('request', bench.have(bench.neighbour('honest'), 10)).length).toBeGreaterThan(0);
  });

  it('believes the origin: what was held under another length is forgotten, and asks are taken back', () => {
    const bench = new EngineBench();
    const a = bench.neighbour('a');
    bench.have(a, 10, undefined, SEGMENT_BYTES + 40_000);
    const asks = told('request', bench.demand(10).effects);
    const [first, ...rest] = asks;
    if (!first) throw new RangeError('nothing asked');
    bench.deliver(first, PIECE_BYTES);
    const fetching = only(of('fetch', bench.play(39.9)));
    const open = bench.state.neighbours.get(a)?.openAsks;
    const effects = bench.head(fetching);
    expect(of('forget', effects).length).toBe(1);
    expect(told('cancel', effects).length).toBe(open ?? -1);
    expect(bench.held(10)).toBe(0);
    expect(bench.state.counters.cacheBytes).toBe(0);
    for (const ask of rest) expect(of('ban', bench.deliver(ask, PIECE_BYTES - 1))).withContext('its content, not its fault').toEqual([]);
    const answered = bench.answer(only(of('fetch', bench.done(fetching))));
    expect(only(of('deliver', answered)).sizeBytes).toBe(SEGMENT_BYTES);
    expect(only(of('deliver', answered)).originBytes).toBe(SEGMENT_BYTES);
  });

  it('does not wait for a neighbour whose segment is another one', () => {
    const bench = new EngineBench();
    bench.swarm(2);
    bench.hold(140);
    bench.play(0, { live: true });
    const a = bench.neighbour('a');
    bench.have(a, 10, [0, 1]);
    const [first] = told('request', bench.demand(10).effects);
    if (!first) throw new RangeError('nothing asked');
    bench.deliver(first);
    bench.step({ type: 'lost', peer: a, message: { type: 'lost', segments: [keyOf(10)] } });
    // As many pieces as ours, and yet not ours.
    bench.have(a, 10, undefined, SEGMENT_BYTES - 1);
    const fetches = of('fetch', bench.pass(3_000));
    expect(fetches.length).withContext('nobody can give it: the election decides, not the deadline').toBe(1);
  });

  it('adds up what a neighbour tells of a segment, until it says that it lost it', () => {
    const bench = new EngineBench();
    const a = bench.neighbour('a');
    bench.have(a, 10, [0, 1]);
    bench.have(a, 10, [3]);
    expect(bench.heldBy(a, 10)).toEqual([0, 1, 3]);
    bench.step({ type: 'lost', peer: a, message: { type: 'lost', segments: [keyOf(10), keyOf(99)] } });
    expect(bench.state.neighbours.get(a)?.holdings).toBe(0);
    expect(bench.state.stocks.size).toBe(0);
  });

  it('excludes who tells of more pieces than the length has', () => {
    const bench = new EngineBench();
    const a = bench.neighbour('a');
    const effects = bench.step({
      type: 'have', peer: a, message: { type: 'have', segment: keyOf(10), sizeBytes: SEGMENT_BYTES, pieces: Bitfield.full(PIECES + 1) },
    });
    expect(only(of('ban', effects)).reason).toBe('protocol');
  });

  it('gets again what the store has lost, and counts it once', () => {
    const bench = new EngineBench();
    bench.swarm(1);
    bench.hold(3);
    bench.step({ type: 'storeLost', segment: keyOf(3) });
    expect(bench.state.counters.cacheBytes).toBe(0);
    const again = only(of('deliver', bench.answer(only(of('fetch', bench.demand(3).effects)))));
    expect(again.originBytes).toBe(SEGMENT_BYTES);
    expect(bench.step({ type: 'storeLost', segment: keyOf(77) })).withContext('of which nothing is known').toEqual([]);
    expect(bench.state.segments.has(keyOf(77))).toBeFalse();
  });
});
