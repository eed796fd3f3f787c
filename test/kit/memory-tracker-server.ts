import type { PeerId, SwarmKey } from '../../core/model/index.ts';
import type { Clock } from '../../core/ports/index.ts';
import type { SeededRandom } from './seeded-random.ts';

export interface MemoryTrackerServerOptions {
  readonly clock: Clock;
  readonly random: SeededRandom;
  /** How often members are asked to announce. Default 30 s. */
  readonly intervalMs?: number;
  /** Between member and server, one way. Default 30 ms. */
  readonly latencyMs?: number;
  /** How many offers of one announce are passed on. Default 5. */
  readonly maxOffers?: number;
}

/** What the server can tell a member; each call reaches it one latency later. */
export interface TrackerSeat {
  readonly peer: PeerId;
  offered(from: PeerId, data: string, reply: (answer: string) => void): void;
  swarmSize(size: number): void;
  /** The server is gone. */
  lost(): void;
}

export interface AnnouncedOffer {
  readonly data: string;
  answered(peer: PeerId, answer: string): void;
}

/** A WebTorrent tracker in memory: it counts the members of swarms, and passes offers to random others. */
export class MemoryTrackerServer {
  readonly clock: Clock;
  readonly random: SeededRandom;
  readonly intervalMs: number;
  readonly latencyMs: number;
  readonly maxOffers: number;
  up = true;
  /** How many announces it has had. */
  announces = 0;
  private readonly swarms = new Map<SwarmKey, Map<PeerId, TrackerSeat>>();

  constructor(options: MemoryTrackerServerOptions) {
    this.clock = options.clock;
    this.random = options.random;
    this.intervalMs = options.intervalMs ?? 30_000;
    this.latencyMs = options.latencyMs ?? 30;
    this.maxOffers = options.maxOffers ?? 5;
  }

  /** The server dies, and with it all that it knows. */
  kill(): void {
    this.up = false;
    const seats = [...this.swarms.values()].flatMap((swarm) => [...swarm.values()]);
    this.swarms.clear();
    for (const seat of seats) seat.lost();
  }

  restart(): void {
    this.up = true;
  }

  size(swarm: SwarmKey): number {
    return this.swarms.get(swarm)?.size ?? 0;
  }

  announce(swarm: SwarmKey, seat: TrackerSeat, offers: readonly AnnouncedOffer[]): void {
    this.announces++;
    let seats = this.swarms.get(swarm);
    if (seats === undefined) this.swarms.set(swarm, (seats = new Map<PeerId, TrackerSeat>()));
    seats.set(seat.peer, seat);
    seat.swarmSize(seats.size);
    const takers = this.pickOthers(seats, seat.peer, Math.min(offers.length, this.maxOffers));
    takers.forEach((taker, place) => {
      const offer = offers[place];
      if (offer) taker.offered(seat.peer, offer.data, (answer) => offer.answered(taker.peer, answer));
    });
  }

  leave(swarm: SwarmKey, seat: TrackerSeat): void {
    const seats = this.swarms.get(swarm);
    // The same viewer may have joined again meanwhile.
    if (seats?.get(seat.peer) === seat) seats.delete(seat.peer);
    if (seats?.size === 0) this.swarms.delete(swarm);
  }

  /** Distinct random others; draws instead of shuffling, because a swarm may have 10,000 members. */
  private pickOthers(seats: ReadonlyMap<PeerId, TrackerSeat>, self: PeerId, count: number): TrackerSeat[] {
    const all = [...seats.values()];
    if (all.length - 1 <= count) return all.filter((seat) => seat.peer !== self);
    const picked = new Set<TrackerSeat>();
    while (picked.size < count) {
      const seat = this.random.pick(all);
      if (seat.peer !== self) picked.add(seat);
    }
    return [...picked];
  }
}
