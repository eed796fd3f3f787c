import { VersionedMap } from '../../../core/engine/versioned-map.ts';
import * as TUNING from '../../../core/engine/tuning.ts';
import { EngineBench, keyOf, of, only, PIECES, SEGMENT_BYTES, told } from '../../kit/engine-bench.ts';
import type { Asking } from '../../kit/engine-bench.ts';

function benchAsking(): { bench: EngineBench; asks: Asking[] } {
  const bench = new EngineBench();
  const peers = ['a', 'b'].map((name) => bench.neighbour(name));
  for (const peer of peers) bench.have(peer, 10);
  return { bench, asks: told('request', bench.demand(10).effects) };
}

describe('engine: pieces from peers', () => {
  it('are kept, told of, and make the segment whole', () => {
    const { asks, bench } = benchAsking();
    const effects = asks.flatMap((ask) => bench.deliver(ask));
    expect(of('keep', effects).length).toBe(PIECES);
    const delivery = only(of('deliver', effects));
    expect(delivery.sizeBytes).toBe(SEGMENT_BYTES);
    expect(delivery.peerBytes).toBe(SEGMENT_BYTES);
    expect(delivery.originBytes).toBe(0);
    expect(bench.state.counters.p2pBytes).toBe(SEGMENT_BYTES);
    expect(bench.state.counters.httpRequests).toBe(0);
    expect(bench.state.demands.size).toBe(0);
  });

  it('tell the player how far it is', () => {
    const { asks, bench } = benchAsking();
    const loaded = asks.flatMap((ask) => of('progress', bench.deliver(ask))).map(({ loadedBytes }) => loadedBytes);
    expect(loaded).toEqual([...loaded].sort((a, b) => a - b));
    expect(loaded[loaded.length - 1]).toBe(SEGMENT_BYTES);
  });

  it('that nobody asked for end the neighbour, at once', () => {
    const { asks, bench } = benchAsking();
    const peer = asks[0]?.peer;
    if (!peer) throw new RangeError('nothing asked');
    const effects = bench.step({ type: 'pieceArrived', peer, requestId: 4_000_000, lengthBytes: 10 });
    expect(only(of('ban', effects))).toEqual(jasmine.objectContaining({ peer, reason: 'protocol' }));
    expect(bench.state.neighbours.has(peer)).toBeFalse();
    expect(told('request', effects).every((ask) => ask.peer !== peer)).withContext('asks others').toBeTrue();
    expect(bench.state.counters.bannedPeers).toBe(1);
    expect(of('ban', bench.step({ type: 'pieceArrived', peer, requestId: 4_000_001, lengthBytes: 10 }))).withContext('once').toEqual([]);
  });

  it('of a wrong length are a strike; so many, and the neighbour is out', () => {
    const { asks, bench } = benchAsking();
    const [first] = asks;
    if (!first) throw new RangeError('nothing asked');
    const effects = bench.deliver(first, 17);
    expect(of('keep', effects)).toEqual([]);
    expect(of('ban', effects)).toEqual([]);
    expect(bench.state.counters.rejectedPieces).toBe(1);
    const second = [...(bench.state.neighbours.get(first.peer)?.asks ?? [])][0];
    const bans = of('ban', bench.step({ type: 'pieceArrived', peer: first.peer, requestId: second?.[0] ?? 0, lengthBytes: 17 }));
    expect(TUNING.maxStrikes).toBe(2);
    expect(only(bans).reason).toBe('bad-bytes');
  });

  it('that come after they were taken back are used all the same, and blamed on nobody', () => {
    const bench = new EngineBench();
    bench.have(bench.neighbour('a'), 10);
    const { effects, id } = bench.demand(10);
    const [first, second] = told('request', effects);
    if (!first || !second) throw new RangeError('nothing asked');
    bench.step({ type: 'demandAborted', id });
    expect(of('keep', bench.deliver(first)).length).toBe(1);
    expect(of('ban', bench.deliver(second, 5))).toEqual([]);
    expect(bench.state.counters.rejectedPieces).toBe(0);
    expect(bench.state.neighbours.get(first.peer)?.asks.has(first.message.requestId)).toBeFalse();
  });

  it('that come twice are kept once', () => {
    const bench = new EngineBench();
    bench.have(bench.neighbour('a'), 10, [0]);
    const first = only(told('request', bench.demand(10).effects));
    bench.have(bench.neighbour('b'), 10, [0]);
    bench.nowMs += TUNING.endgameAskAgeMs;
    const second = only(told('request', bench.play(39)));
    expect(of('keep', bench.deliver(first)).length).toBe(1);
    expect(of('keep', bench.deliver(second))).toEqual([]);
    expect(bench.held(10)).toBe(1);
  });

  it('end a fetch that they have made needless', () => {
    const { asks, bench } = benchAsking();
    for (const ask of asks.slice(0, -1)) bench.deliver(ask);
    const fetching = only(of('fetch', bench.play(39.9)));
    const last = asks[asks.length - 1];
    if (!last) throw new RangeError('nothing asked');
    const effects = bench.deliver(last);
    expect(only(of('abortFetch', effects)).fetch).toBe(fetching.fetch);
    expect(of('deliver', effects).length).toBe(1);
    // What the origin still sends of it changes nothing.
    expect(bench.head(fetching)).toEqual([]);
    expect(of('keep', bench.piece(fetching, 0))).toEqual([]);
    expect(bench.done(fetching)).toEqual([]);
  });

  it('serve everyone in the player who asked for the segment', () => {
    const { asks, bench } = benchAsking();
    const { id } = bench.demand(10);
    const deliveries = of('deliver', asks.flatMap((ask) => bench.deliver(ask)));
    expect(deliveries.map(({ demand }) => demand)).toContain(id);
    expect(deliveries.length).toBe(2);
    const later = bench.demand(10);
    expect(only(of('deliver', later.effects)).demand).withContext('from what is held').toBe(later.id);
  });

  it('of a segment that has been forgotten meanwhile are dropped', () => {
    const { asks, bench } = benchAsking();
    const [first] = asks;
    if (!first) throw new RangeError('nothing asked');
    bench.state = { ...bench.state, segments: bench.state.segments.without(keyOf(10)), demands: VersionedMap.empty() };
    expect(of('keep', bench.deliver(first))).toEqual([]);
  });
});
