import { EngineBench, keyOf, of, only, SEGMENT_BYTES, SEGMENT_S, segmentsFrom, told, TRACK } from '../../kit/engine-bench.ts';
import { trackKey } from '../../../core/model/index.ts';

function heldSequences(bench: EngineBench): number[] {
  return Array.from({ length: 150 }, (_, sequence) => sequence).filter((sequence) => bench.held(sequence) > 0);
}

describe('engine: eviction', () => {
  it('keeps what is held under the cap', () => {
    const bench = new EngineBench({ cacheMaxBytes: 6 * SEGMENT_BYTES });
    for (let sequence = 0; sequence < 20; sequence++) {
      bench.hold(sequence);
      expect(bench.state.counters.cacheBytes).toBeLessThanOrEqual(6 * SEGMENT_BYTES);
    }
  });

  it('lets go what lies farthest behind the playhead first, then what lies farthest ahead', () => {
    const bench = new EngineBench();
    for (const sequence of [0, 5, 20, 22, 24, 30, 60]) bench.hold(sequence);
    bench.play(22 * SEGMENT_S);
    bench.policy({ cacheMaxBytes: 6 * SEGMENT_BYTES });
    expect(heldSequences(bench)).toEqual([20, 22, 24, 30, 60]);
    bench.policy({ cacheMaxBytes: 4.5 * SEGMENT_BYTES });
    expect(heldSequences(bench)).toEqual([20, 22, 24, 30]);
    bench.policy({ cacheMaxBytes: 2.3 * SEGMENT_BYTES });
    expect(heldSequences(bench)).toEqual([22, 24]);
  });

  it('never lets go what the player waits for', () => {
    const bench = new EngineBench();
    bench.swarm(1);
    const fetching = only(of('fetch', bench.demand(100).effects));
    bench.head(fetching);
    bench.piece(fetching, 0);
    bench.policy({ cacheMaxBytes: 1 });
    expect(bench.held(100)).toBe(1);
    for (const index of [1, 2, 3]) bench.piece(fetching, index);
    const effects = bench.piece(fetching, 4);
    const types = effects.map(({ type }) => type);
    expect(types.indexOf('deliver')).withContext('handed over before it is let go').toBeGreaterThan(-1);
    expect(of('forget', [...effects, ...bench.done(fetching)]).length).toBe(1);
  });

  it('tells the neighbours', () => {
    const bench = new EngineBench();
    bench.hold(0);
    bench.hold(1);
    bench.neighbour('a');
    const lost = told('lost', bench.policy({ cacheMaxBytes: 1 }));
    expect(only(lost).message.segments.length).toBe(2);
  });

  it('lets nothing go at a quality switch', () => {
    const bench = new EngineBench();
    for (const sequence of [0, 1, 2]) bench.hold(sequence);
    const other = trackKey({ type: 'main', bitrateBps: 3_000_000 });
    expect(bench.step({ type: 'listed', track: other, segments: segmentsFrom(0, 150, { track: other }) })).toEqual([]);
    expect(bench.step({ type: 'listed', track: TRACK, segments: [] })).toEqual([]);
    expect(bench.step({ type: 'listed', track: TRACK, segments: segmentsFrom(0, 150) })).toEqual([]);
    expect(heldSequences(bench)).toEqual([0, 1, 2]);
    expect([...(bench.state.departed.get(TRACK) ?? [])]).toEqual([]);
  });
});

describe('engine: a live list', () => {
  /** The window is at `first`, ten segments long. */
  function slide(bench: EngineBench, first: number): ReturnType<EngineBench['step']> {
    return bench.step({ type: 'listed', track: TRACK, segments: segmentsFrom(first, 10) });
  }

  it('keeps what has just left it for neighbours that are a little behind', () => {
    const bench = new EngineBench({}, 10);
    for (const sequence of [0, 1, 2, 3, 4]) bench.hold(sequence);
    bench.neighbour('a');
    for (const first of [1, 3, 6]) expect(of('forget', slide(bench, first))).withContext(`from ${first}`).toEqual([]);
    expect(bench.held(0)).withContext('still held').toBeGreaterThan(0);
    // Several at once: it takes a message to each neighbour.
    expect(only(told('lost', slide(bench, 7))).message.segments).toEqual([0, 1, 2, 3].map((sequence) => keyOf(sequence)));
    expect(bench.state.index.has(keyOf(0))).toBeFalse();
    expect(bench.state.index.has(keyOf(4))).withContext('departed, and still to be had').toBeTrue();
    slide(bench, 40);
    expect(bench.state.segments.size).toBe(0);
    expect(bench.state.counters.cacheBytes).toBe(0);
    expect(bench.state.departed.get(TRACK)).toEqual([]);
  });

  it('of a day leaves nothing behind', () => {
    const bench = new EngineBench({}, 10);
    for (let first = 1; first < 300; first++) {
      slide(bench, first);
      bench.hold(first + 9);
    }
    expect(bench.state.segments.size).toBeLessThan(30);
    expect(bench.state.index.size).toBeLessThan(20);
    expect(bench.state.departed.get(TRACK)?.length).toBeLessThan(10);
  });

  it('waits for whoever in the player still waits for a segment that has left', () => {
    const bench = new EngineBench({}, 10);
    const peer = bench.neighbour('a');
    bench.have(peer, 2, [0]);
    bench.swarm(1);
    bench.demand(2);
    slide(bench, 100);
    expect(bench.state.index.has(keyOf(2))).toBeTrue();
    const [fetching] = of('fetch', bench.pass(60_000));
    if (!fetching) throw new RangeError('never fetched');
    expect(of('deliver', bench.answer(fetching)).length).toBe(1);
    slide(bench, 108);
    expect(bench.state.index.has(keyOf(2))).toBeFalse();
  });
});
