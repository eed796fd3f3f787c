import { introducedTo, MAX_NEIGHBOURS } from '../../../core/engine/index.ts';
import type { PeerId } from '../../../core/model/index.ts';
import { EngineBench, peerNamed } from '../../kit/engine-bench.ts';

const NEWCOMERS = Array.from({ length: 300 }, (_, number) => peerNamed(`new ${number}`));

/** How many of 300 newcomers are told of the peer before all others. */
function firsts(bench: EngineBench, peer: PeerId): number {
  return NEWCOMERS.filter((newcomer) => introducedTo(newcomer, bench.state, bench.nowMs)[0] === peer).length;
}

describe('engine: newcomers are introduced to', () => {
  it('all neighbours but themselves, each once', () => {
    const bench = new EngineBench();
    const [a, b, c] = [bench.neighbour('a'), bench.neighbour('b'), bench.neighbour('c')];
    expect(introducedTo(peerNamed('new'), bench.state, bench.nowMs).sort()).toEqual([a, b, c].sort());
    expect(introducedTo(b, bench.state, bench.nowMs).sort()).toEqual([a, c].sort());
  });

  it('a few of many at a time, and not always to the same ones', () => {
    const bench = new EngineBench();
    const neighbours = Array.from({ length: 20 }, (_, number) => bench.neighbour(`neighbour ${number}`));
    const met = new Set<PeerId>();
    for (let round = 0; round < 20; round++) {
      const told = introducedTo(peerNamed('new'), bench.state, bench.nowMs + round * 10_000);
      expect(new Set(told).size).withContext(`round ${round}`).toBe(14);
      for (const peer of told) met.add(peer);
    }
    expect([...met].sort()).withContext('in 20 rounds').toEqual(neighbours.sort());
  });

  it('those first, most often, that can give most, and not always to the same ones', () => {
    const bench = new EngineBench();
    const strong = bench.neighbour('strong', { uploadBps: 2 ** 24 });
    const weak = bench.neighbour('weak', { uploadBps: 2 ** 22 });
    const silent = bench.neighbour('silent', { uploadBps: 0 });
    // In proportion to what they can give: 240 and 60 of 300.
    expect(firsts(bench, strong)).toBeGreaterThan(210);
    expect(firsts(bench, weak)).toBeGreaterThan(35);
    expect(firsts(bench, silent)).toBe(0);
  });

  it('those last that have no room', () => {
    const bench = new EngineBench();
    const full = bench.neighbour('full', { uploadBps: 2 ** 30 });
    bench.step({ type: 'status', peer: full, message: { type: 'status', uploadBps: 2 ** 30, neighbours: MAX_NEIGHBOURS, maxNeighbours: MAX_NEIGHBOURS, positionS: 0 } });
    const free = bench.neighbour('free', { uploadBps: 2 ** 20 });
    expect(introducedTo(peerNamed('new'), bench.state, bench.nowMs)).toEqual([free, full]);
  });
});
