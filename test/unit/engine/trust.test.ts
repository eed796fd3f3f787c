import type { PeerId } from '../../../core/model/index.ts';
import { EngineBench, keyOf, of, only, peerNamed, PIECES, SEGMENT_BYTES, told } from '../../kit/engine-bench.ts';
import type { Verdict } from '../../../core/engine/index.ts';
import type { Asking } from '../../kit/engine-bench.ts';

/** Segment 10 has come from these neighbours, and waits for its verdict. */
function benchVerifying(...names: string[]): { bench: EngineBench; peers: PeerId[]; check: number } {
  const bench = new EngineBench({ digests: true });
  const peers = names.map((name) => bench.neighbour(name));
  for (const peer of peers) bench.have(peer, 10);
  let asks: Asking[] = told('request', bench.demand(10).effects);
  const effects = [];
  while (asks.length > 0) {
    const round = asks.flatMap((ask) => bench.deliver(ask));
    effects.push(...round);
    asks = told('request', round);
  }
  expect(of('deliver', effects)).withContext('not before it is verified').toEqual([]);
  return { bench, peers, check: only(of('verify', effects)).check };
}

function verdict(bench: EngineBench, check: number, verdict: Verdict): ReturnType<EngineBench['step']> {
  return bench.step({ type: 'verified', segment: keyOf(10), check, verdict });
}

describe('engine: trust', () => {
  it('delivers what is genuine', () => {
    const { bench, check } = benchVerifying('a', 'b');
    expect(only(of('deliver', verdict(bench, check, 'genuine'))).peerBytes).toBe(SEGMENT_BYTES);
    expect(of('deliver', bench.demand(10).effects).length).withContext('verified once and for all').toBe(1);
  });

  it('does not deliver to a second demand before the verdict either', () => {
    const { bench, check } = benchVerifying('a');
    expect(of('deliver', bench.demand(10).effects)).toEqual([]);
    expect(of('deliver', verdict(bench, check, 'genuine')).length).toBe(2);
  });

  it('excludes the only one who can have forged, and gets the segment again, unseen', () => {
    const { bench, check, peers } = benchVerifying('liar');
    bench.swarm(1);
    const effects = verdict(bench, check, 'forged');
    expect(only(of('ban', effects)).peer).toBe(peers[0] ?? peerNamed('nobody'));
    expect(only(of('ban', effects)).reason).toBe('bad-bytes');
    expect(of('forget', effects).length).toBe(1);
    expect(bench.state.counters).toEqual(jasmine.objectContaining({ rejectedPieces: PIECES, bannedPeers: 1, cacheBytes: 0 }));
    const answered = bench.answer(only(of('fetch', effects)));
    expect(only(of('deliver', answered))).toEqual(jasmine.objectContaining({ originBytes: SEGMENT_BYTES, peerBytes: 0 }));
    expect(of('verify', answered)).withContext('the origin is the truth').toEqual([]);
  });

  it('suspects all of several, and takes the segment from none of them again', () => {
    const { bench, check, peers } = benchVerifying('a', 'b');
    const honest = bench.neighbour('honest');
    const effects = verdict(bench, check, 'forged');
    expect(of('ban', effects)).toEqual([]);
    for (const peer of peers) expect(bench.state.neighbours.get(peer)?.strikes).toBe(1);
    const asks = told('request', [...effects, ...bench.have(honest, 10)]);
    expect(new Set(asks.map(({ peer }) => peer))).toEqual(new Set([honest]));
  });

  it('takes what cannot be verified from the origin alone', () => {
    const { bench, check, peers } = benchVerifying('a');
    const [a] = peers;
    if (!a) throw new RangeError('no peer');
    bench.swarm(1);
    const effects = [...verdict(bench, check, 'unknown'), ...bench.pass(60_000)];
    expect(of('ban', effects)).toEqual([]);
    expect(told('request', effects).filter(({ message }) => message.segment === keyOf(10))).toEqual([]);
    expect(only(of('deliver', bench.answer(only(of('fetch', effects))))).originBytes).toBe(SEGMENT_BYTES);
  });

  it('does not apply a verdict to other bytes than it was passed on', () => {
    const { bench, check, peers } = benchVerifying('a');
    const [a] = peers;
    if (!a) throw new RangeError('no peer');
    let asks: Asking[] = told('request', bench.step({ type: 'storeLost', segment: keyOf(10) }));
    const effects = [];
    while (asks.length > 0) {
      const round = asks.flatMap((ask) => bench.deliver(ask));
      effects.push(...round);
      asks = told('request', round);
    }
    const second = only(of('verify', effects)).check;
    expect(verdict(bench, check, 'genuine')).toEqual([]);
    expect(of('deliver', verdict(bench, second, 'genuine')).length).toBe(1);
    expect(verdict(bench, second, 'forged')).withContext('too late').toEqual([]);
  });

  it('does not verify what came from the origin', () => {
    const bench = new EngineBench({ digests: true });
    bench.swarm(1);
    const effects = bench.answer(only(of('fetch', bench.demand(10).effects)));
    expect(of('verify', effects)).toEqual([]);
    expect(of('deliver', effects).length).toBe(1);
  });

  it('excludes a neighbour that broke the protocol', () => {
    const bench = new EngineBench();
    const a = bench.neighbour('a');
    expect(only(of('ban', bench.step({ type: 'violated', peer: a, detail: 'unknown message 99' }))).detail).toBe('unknown message 99');
    expect(bench.state.neighbours.size).toBe(0);
  });
});
