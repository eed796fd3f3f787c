import { electionPlace } from '../../../core/engine/election.ts';
import { Draft } from '../../../core/engine/draft.ts';
import { initialState } from '../../../core/engine/index.ts';
import type { State } from '../../../core/engine/index.ts';
import { VersionedMap } from '../../../core/engine/versioned-map.ts';
import * as TUNING from '../../../core/engine/tuning.ts';
import { asPeerId } from '../../../core/model/index.ts';
import type { PeerId } from '../../../core/model/index.ts';
import { EngineBench, keyOf, of, peerNamed, PIECE_BYTES } from '../../kit/engine-bench.ts';
import { SeededRandom } from '../../kit/seeded-random.ts';

const POLICY = { download: true, uploadMaxBps: Infinity, uploadMaxBytes: Infinity, cacheMaxBytes: 1e9, digests: false };
const RATED = { heard: true } as const;

function randomPeers(count: number, seed = 1): PeerId[] {
  const random = new SeededRandom(seed);
  return Array.from({ length: count }, () => asPeerId(random.hex(20)) ?? peerNamed('never'));
}

/** What `self` knows: the others as neighbours, each with what it told of its upload. */
function viewOf(self: PeerId, others: readonly PeerId[], uploadBps: (peer: PeerId) => number, swarmSize: number): State {
  const bench = new EngineBench();
  for (const peer of others) bench.step({ type: 'neighbourJoined', peer });
  const neighbours = VersionedMap.of([...bench.state.neighbours].map(([peer, neighbour]) => [peer, { ...neighbour, ...RATED, uploadBps: uploadBps(peer) }] as const));
  const state = initialState(self, POLICY, 0);
  return { ...state, neighbours, swarm: { ...state.swarm, size: swarmSize }, upload: { ...state.upload, toldBps: uploadBps(self) } };
}

function placeOf(state: State, sequence: number): number {
  return electionPlace(new Draft(state, 0), keyOf(sequence));
}

describe('engine: election', () => {
  it('has exactly one first, and every rank once, in a full mesh', () => {
    const peers = randomPeers(8);
    const uploadBps = (peer: PeerId): number => 2 ** (18 + (peer.charCodeAt(0) % 5));
    const views = peers.map((self) => viewOf(self, peers.filter((peer) => peer !== self), uploadBps, peers.length));
    for (let sequence = 0; sequence < 50; sequence++) {
      expect(views.map((view) => placeOf(view, sequence)).sort()).toEqual([0, 1, 2, 3, 4, 5, 6, 7]);
    }
  });

  it('elects in proportion to the square of upload capacity', () => {
    const peers = randomPeers(3);
    const [fast, , mute] = peers;
    const uploadBps = (peer: PeerId): number => (peer === fast ? 2 ** 23 : peer === mute ? 0 : 2 ** 21);
    const views = peers.map((self) => viewOf(self, peers.filter((peer) => peer !== self), uploadBps, 3));
    const firsts = [0, 0, 0];
    for (let sequence = 0; sequence < 1_000; sequence++) views.forEach((view, place) => (firsts[place] = (firsts[place] ?? 0) + (placeOf(view, sequence) === 0 ? 1 : 0)));
    expect(firsts[0]).toBeGreaterThan(910);
    expect(firsts[0]).toBeLessThan(980);
    expect(firsts[2]).withContext('who uploads nothing').toBeLessThan(5);
  });

  it('lets about one fetch, however large the swarm is', () => {
    for (const size of [100, 1_000]) {
      const peers = randomPeers(size);
      const random = new SeededRandom(2);
      const rates = new Map(peers.map((peer) => [peer, 2 ** (19 + random.below(6))]));
      const uploadBps = (peer: PeerId): number => rates.get(peer) ?? 0;
      const views = peers.map((self) => viewOf(self, random.shuffle(peers).filter((peer) => peer !== self).slice(0, 20), uploadBps, size));
      let firsts = 0;
      const rounds = 20;
      for (let sequence = 0; sequence < rounds; sequence++) for (const view of views) if (placeOf(view, sequence) < 1) firsts++;
      expect(firsts / rounds).withContext(`${size} viewers`).toBeGreaterThan(0.5);
      expect(firsts / rounds).withContext(`${size} viewers`).toBeLessThan(2);
    }
  });

  it('weighs itself by what it has told, and tells it in powers of two, only when it is another', () => {
    const bench = new EngineBench();
    const peer = bench.neighbour('a');
    bench.hold(0);
    const tellings: number[] = [];
    /** Sends at this rate for a while. */
    const upload = (rateBps: number): void => {
      for (let burst = 0; burst < 20; burst++) {
        for (let index = 0; index < 4; index++) bench.request(peer, 0, index, { requestId: 4 * burst + index });
        for (let index = 0; index < 4; index++) {
          bench.nowMs += (PIECE_BYTES * 8000) / rateBps;
          const effects = bench.step({ type: 'drained', peer, bufferedBytes: Math.max(0, (bench.state.neighbours.get(peer)?.bufferedBytes ?? 0) - PIECE_BYTES) });
          if (of('tellStatus', effects).length > 0) tellings.push(bench.state.upload.toldBps);
        }
        bench.nowMs += 5_000;
      }
    };
    upload(4.1e6);
    expect(tellings).withContext('as it had been assumed').toEqual([]);
    upload(1e6);
    expect(tellings.length).toBeLessThan(4);
    expect(bench.state.upload.toldBps).toBe(2 ** 20);
    upload(1.3e6);
    expect(bench.state.upload.toldBps).withContext('moves about it').toBe(2 ** 20);
    bench.policy({ uploadMaxBps: 0 });
    expect(bench.state.upload.toldBps).toBe(0);
  });

  it('orders turns by place: the first asks at once, the others after it', () => {
    const bench = new EngineBench();
    bench.swarm(5);
    for (const name of ['a', 'b', 'c', 'd']) bench.neighbour(name);
    bench.play(0, { live: true });
    const turns = new Map<number, number>();
    for (let sequence = 10; sequence < 40; sequence++) {
      const place = placeOf(bench.state, sequence);
      const { effects, id } = bench.demand(sequence);
      const afterMs = of('fetch', effects).length > 0 ? 0 : (of('fetch', bench.pass(2_000))[0]?.afterMs ?? Infinity);
      turns.set(place, afterMs);
      bench.step({ type: 'demandAborted', id });
      bench.play(0, { live: true });
    }
    expect(turns.get(0)).toBe(0);
    for (const [place, afterMs] of turns) {
      expect(afterMs).withContext(`place ${place}`).toBeLessThanOrEqual(place * TUNING.rankStepMs);
      expect(afterMs).withContext(`place ${place}`).toBeGreaterThanOrEqual(place * TUNING.rankStepMs * 0.95);
    }
  });
});
