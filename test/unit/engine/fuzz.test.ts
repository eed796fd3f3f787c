import type { Effect, EngineEvent } from '../../../core/engine/index.ts';
import { Bitfield, MAX_PIECE_BYTES, OriginError, pieceBytes, pieceCount, pieceSizeBytes } from '../../../core/model/index.ts';
import type { DemandId, PeerId } from '../../../core/model/index.ts';
import { EngineBench, keyOf, of, peerNamed, PIECE_BYTES, SEGMENT_BYTES, segmentsFrom, TRACK } from '../../kit/engine-bench.ts';
import type { Fetching } from '../../kit/engine-bench.ts';
import { wrongIn } from '../../kit/engine-invariants.ts';
import { SeededRandom } from '../../kit/seeded-random.ts';

/** The last one has larger pieces. */
const SIZES = [SEGMENT_BYTES, SEGMENT_BYTES, SEGMENT_BYTES, SEGMENT_BYTES - 1, 2 * PIECE_BYTES, 24 * MAX_PIECE_BYTES];

/** Everything that can happen, in any order, also what never should; and what was promised all the same. */
class Chaos {
  readonly bench: EngineBench;
  readonly wrong: string[] = [];
  private readonly open = new Set<DemandId>();
  private readonly fetches = new Map<number, Fetching & { sizeBytes: number; next: number | undefined }>();
  private readonly checks: { segment: ReturnType<typeof keyOf>; check: number }[] = [];
  private first = 0;

  constructor(private readonly random: SeededRandom) {
    this.bench = new EngineBench({ cacheMaxBytes: 12 * SEGMENT_BYTES, digests: random.unit() < 0.5 });
    this.bench.inspect = (state) => {
      if (this.wrong.length === 0) this.wrong.push(...wrongIn(state));
    };
    this.bench.step({ type: 'listed', track: TRACK, segments: segmentsFrom(0, 30) });
  }

  happen(): void {
    const { bench, random } = this;
    if (random.unit() < 0.4) bench.nowMs += random.exponential(200);
    const before = new Set([...bench.state.demands.values()].map(({ segment }) => segment));
    const event = this.event();
    if (event.type === 'demand') before.add(event.segment);
    this.perform(bench.step(event), before, event);
    if (bench.wakeAtMs <= bench.nowMs) this.wrong.push(`${event.type}: to wake in the past, at ${bench.wakeAtMs - bench.nowMs}`);
  }

  /** Everyone gives up: every demand must have ended, or end now. */
  finish(): void {
    for (const id of [...this.open]) {
      this.open.delete(id);
      this.bench.step({ type: 'demandAborted', id });
    }
    if (this.bench.state.demands.size > 0) this.wrong.push('demands that nobody made');
  }

  private perform(effects: readonly Effect[], demanded: ReadonlySet<string>, event: EngineEvent): void {
    for (const effect of effects) {
      switch (effect.type) {
        case 'deliver':
        case 'fail':
          if (!this.open.delete(effect.demand)) this.wrong.push(`demand ${effect.demand} ended twice, with ${effect.type} on ${event.type}`);
          break;
        case 'fetch':
          if (!demanded.has(effect.segment)) this.wrong.push(`${effect.segment} fetched, and not demanded`);
          this.fetches.set(effect.fetch, { ...effect, sizeBytes: this.random.pick(SIZES), next: undefined });
          break;
        case 'verify':
          this.checks.push(effect);
          break;
        default:
      }
    }
  }

  private event(): EngineEvent {
    const { bench, random } = this;
    const peer = peerNamed(`peer ${random.below(6)}`);
    const segment = keyOf(this.first + random.below(34));
    const sizeBytes = random.pick(SIZES);
    const kind = random.below(100);
    if (kind < 8) return { type: 'neighbourJoined', peer };
    if (kind < 10) return { type: 'neighbourLeft', peer };
    if (kind < 22) {
      const length = pieceCount(sizeBytes) + (random.unit() < 0.01 ? 1 : 0);
      const pieces = random.unit() < 0.5 ? Bitfield.full(length) : Bitfield.of(length, [random.below(length), random.below(length)]);
      return { type: 'have', peer, message: { type: 'have', segment, sizeBytes, pieces } };
    }
    if (kind < 24) return { type: 'lost', peer, message: { type: 'lost', segments: [segment] } };
    if (kind < 27) return { type: 'intent', peer, message: { type: 'intent', segment, hops: random.below(8), uploadBps: 2 ** random.below(30) } };
    if (kind < 29) return { type: 'status', peer, message: { type: 'status', uploadBps: random.below(1e7), neighbours: 1, maxNeighbours: 9, positionS: 0 } };
    if (kind < 35) return { type: 'request', peer, message: { type: 'request', requestId: random.below(40), segment, index: random.below(6), slackMs: random.below(9_999) } };
    if (kind < 37) return { type: 'requestCancelled', peer, requestId: random.below(40) };
    if (kind < 52) return this.answerOf(peer);
    if (kind < 55) return { type: 'drained', peer, bufferedBytes: random.below(40_000) };
    if (kind < 75) return this.ofOrigin() ?? { type: 'wake' };
    if (kind < 83) return this.demand();
    if (kind < 85) return this.abort();
    if (kind < 87) return { type: 'playback', playback: { positionS: this.first * 4 + random.unit() * 60, bufferedAheadS: 5, rate: random.pick([0, 1, 2]), waiting: random.unit() < 0.2, live: random.unit() < 0.5 } };
    if (kind < 88) return { type: 'swarm', size: random.pick([0, 1, 6, 5_000]), connecting: random.below(2), joinedAtMs: 0 };
    if (kind < 89) return { type: 'policy', policy: { ...bench.state.policy, download: random.unit() < 0.8, uploadMaxBps: random.pick([0, 1e6, Infinity, Infinity]) } };
    if (kind < 91) return { type: 'listed', track: TRACK, segments: segmentsFrom((this.first += random.below(2)), 30) };
    if (kind < 92) return { type: 'storeLost', segment };
    if (kind < 96) return this.verdict() ?? { type: 'wake' };
    return { type: 'wake' };
  }

  private answerOf(peer: PeerId): EngineEvent {
    const { bench, random } = this;
    const asks = [...(bench.state.neighbours.get(peer)?.asks ?? [])];
    if (asks.length === 0) return { type: 'wake' };
    const [requestId, ask] = random.pick(asks);
    if (random.unit() < 0.1) return { type: 'declined', peer, requestId, reason: random.pick(['busy', 'missing', 'off']) };
    if (random.unit() < 0.005) return { type: 'pieceArrived', peer, requestId: 0xffff_fff0, lengthBytes: 1 };
    const sizeBytes = bench.state.segments.get(ask.segment)?.sizeBytes ?? SEGMENT_BYTES;
    return { type: 'pieceArrived', peer, requestId, lengthBytes: Math.max(0, pieceBytes(sizeBytes, ask.index)) + (random.unit() < 0.02 ? 1 : 0) };
  }

  /** Goes on with a fetch, possibly one that was aborted long ago. */
  private ofOrigin(): EngineEvent | undefined {
    const { random } = this;
    const fetching = this.fetches.size > 0 ? random.pick([...this.fetches.values()].slice(-4)) : undefined;
    if (!fetching) return undefined;
    const { fetch, segment, sizeBytes } = fetching;
    const error = new OriginError(random.pick(['status', 'network', 'truncated']), 'https://origin.test', 500, '');
    if (random.unit() < 0.06) {
      this.fetches.delete(fetch);
      return { type: 'fetchFailed', fetch, segment, error };
    }
    if (fetching.next === undefined) {
      const rangeRefused = fetching.startByte > 0 && random.unit() < 0.1;
      fetching.next = rangeRefused ? 0 : Math.ceil(fetching.startByte / pieceSizeBytes(sizeBytes));
      return { type: 'fetchHead', fetch, segment, sizeBytes, rangeRefused };
    }
    const left = Math.min(pieceCount(sizeBytes), Math.floor(fetching.endByte / pieceSizeBytes(sizeBytes))) - fetching.next;
    if (left > 0) {
      const firstIndex = fetching.next;
      fetching.next += Math.min(left, 1 + random.below(4));
      const lengthsBytes = Array.from({ length: fetching.next - firstIndex }, (_, place) => pieceBytes(sizeBytes, firstIndex + place));
      return { type: 'fetchPieces', fetch, segment, firstIndex, lengthsBytes };
    }
    this.fetches.delete(fetch);
    return { type: 'fetchDone', fetch, segment };
  }

  private demand(): EngineEvent {
    const id = (1_000 + this.open.size + this.bench.state.serial + this.random.below(1e9)) as DemandId;
    this.open.add(id);
    return { type: 'demand', id, segment: keyOf(this.first + this.random.below(30)) };
  }

  private abort(): EngineEvent {
    if (this.open.size === 0) return { type: 'wake' };
    const id = this.random.pick([...this.open]);
    this.open.delete(id);
    return { type: 'demandAborted', id };
  }

  private verdict(): EngineEvent | undefined {
    const { random } = this;
    if (this.checks.length === 0) return undefined;
    const [check] = this.checks.splice(random.below(this.checks.length), 1);
    return check && { type: 'verified', segment: check.segment, check: check.check, verdict: random.pick(['genuine', 'genuine', 'forged', 'unknown']) };
  }
}

describe('engine: fuzz', () => {
  it('keeps its books and its promises, whatever happens in whatever order', () => {
    let delivered = 0;
    let fetched = 0;
    for (let seed = 1; seed <= 10; seed++) {
      const chaos = new Chaos(new SeededRandom(seed));
      for (let step = 0; step < 500 && chaos.wrong.length === 0; step++) chaos.happen();
      chaos.finish();
      expect(chaos.wrong).withContext(`seed ${seed}`).toEqual([]);
      delivered += chaos.bench.state.counters.p2pBytes;
      fetched += chaos.bench.state.counters.httpBytes;
    }
    expect(delivered).withContext('it does something').toBeGreaterThan(30 * PIECE_BYTES);
    expect(fetched).toBeGreaterThan(30 * PIECE_BYTES);
  });

  it('delivers or fails every demand that the origin answers, if nobody gives up', () => {
    for (let seed = 1; seed <= 10; seed++) {
      const random = new SeededRandom(seed);
      const bench = new EngineBench({ digests: false });
      bench.swarm(random.pick([1, 4, 500]));
      for (let place = 0; place < random.below(5); place++) bench.have(bench.neighbour(`p${place}`), 10, [random.below(5)]);
      let ends = 0;
      const settle = (effects: readonly Effect[]): void => {
        ends += of('deliver', effects).length + of('fail', effects).length;
        for (const fetching of of('fetch', effects)) {
          if (random.unit() < 0.3) settle(bench.fail(fetching, new OriginError(random.pick(['truncated', 'network', 'status']), '', 503, '')));
          else settle(bench.answer(fetching));
        }
      };
      settle(bench.demand(10).effects);
      settle(bench.demand(10).effects);
      settle(bench.demand(12).effects);
      for (let second = 0; second < 90; second++) settle(bench.pass(1_000));
      expect(ends).withContext(`seed ${seed}`).toBe(3);
      expect(bench.state.demands.size).toBe(0);
    }
  });
});
