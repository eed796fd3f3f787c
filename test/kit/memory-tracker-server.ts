import type { PeerId, SwarmKey } from '../../core/model/index.ts';
import { TRACKER } from './letter.ts';
import type { Address, AnnounceLetter, AnswerLetter, Letter, Mailbox } from './letter.ts';
import type { MemoryNetwork } from './memory-network.ts';
import type { SeededRandom } from './seeded-random.ts';

export interface MemoryTrackerServerOptions {
  readonly network: MemoryNetwork;
  readonly random: SeededRandom;
  /** How often members are asked to announce. Default 30 s. */
  readonly intervalMs?: number;
  /** How many offers of one announce are passed on. Default 5. */
  readonly maxOffers?: number;
}

/** An open socket: once it has announced, a member of a swarm. */
interface Seat {
  readonly address: Address;
  swarm: SwarmKey | undefined;
  peer: PeerId | undefined;
}

/** A WebTorrent tracker in memory: it counts the members of swarms, and passes offers to random others. */
export class MemoryTrackerServer implements Mailbox {
  /** How many announces it has had. */
  announces = 0;
  private readonly network: MemoryNetwork;
  private readonly random: SeededRandom;
  private readonly intervalMs: number;
  private readonly maxOffers: number;
  private up = true;
  /** By their addresses, written as text. */
  private readonly seats = new Map<string, Seat>();
  private readonly swarms = new Map<SwarmKey, Map<PeerId, Seat>>();

  constructor({ intervalMs = 30_000, maxOffers = 5, network, random }: MemoryTrackerServerOptions) {
    this.network = network;
    this.random = random;
    this.intervalMs = intervalMs;
    this.maxOffers = maxOffers;
  }

  /** The server dies, and with it all that it knows. */
  kill(): void {
    this.up = false;
    for (const { address } of this.seats.values()) this.network.post({ ...this.envelope(address), kind: 'lost', why: 'connection lost' });
    this.seats.clear();
    this.swarms.clear();
  }

  restart(): void {
    this.up = true;
  }

  size(swarm: SwarmKey): number {
    return this.swarms.get(swarm)?.size ?? 0;
  }

  take(letter: Letter): void {
    const { from, kind } = letter;
    if (kind === 'join') this.join(from);
    const seat = this.seats.get(nameOf(from));
    if (!seat) return;
    if (kind === 'announce') this.announce(seat, letter);
    if (kind === 'answer') this.answer(letter);
    if (kind === 'leave') this.leave(seat);
  }

  private join(address: Address): void {
    const envelope = this.envelope(address);
    if (!this.up) {
      this.network.post({ ...envelope, kind: 'lost', why: 'connection refused' });
      return;
    }
    this.seats.set(nameOf(address), { address, swarm: undefined, peer: undefined });
    this.network.post({ ...envelope, kind: 'welcome', intervalMs: this.intervalMs, maxOffers: this.maxOffers });
  }

  private announce(seat: Seat, { offers, peer, swarm }: AnnounceLetter): void {
    this.announces++;
    let members = this.swarms.get(swarm);
    if (members === undefined) this.swarms.set(swarm, (members = new Map<PeerId, Seat>()));
    members.set(peer, seat);
    Object.assign(seat, { swarm, peer });
    this.network.post({ ...this.envelope(seat.address), kind: 'size', size: members.size });
    const takers = this.pickOthers(members, seat, Math.min(offers.length, this.maxOffers));
    takers.forEach((taker, place) => {
      const offer = offers[place];
      if (offer) this.network.post({ ...this.envelope(taker.address), ...offer, kind: 'offered', peer, offering: seat.address });
    });
  }

  private answer({ data, offering, peer, ticket }: AnswerLetter): void {
    this.network.post({ ...this.envelope(offering), kind: 'answered', peer, ticket, data });
  }

  private leave({ address, peer, swarm }: Seat): void {
    const seat = this.seats.get(nameOf(address));
    this.seats.delete(nameOf(address));
    const members = swarm && this.swarms.get(swarm);
    if (!members || !peer) return;
    // The same viewer may have joined again meanwhile.
    if (members.get(peer) === seat) members.delete(peer);
    if (members.size === 0) this.swarms.delete(swarm);
  }

  /** Distinct random others; draws instead of shuffling, because a swarm may have 10,000 members. */
  private pickOthers(members: ReadonlyMap<PeerId, Seat>, self: Seat, count: number): Seat[] {
    const all = [...members.values()];
    if (all.length - 1 <= count) return all.filter((seat) => seat !== self);
    const picked = new Set<Seat>();
    while (picked.size < count) {
      const seat = this.random.pick(all);
      if (seat !== self) picked.add(seat);
    }
    return [...picked];
  }

  private envelope(to: Address): { from: Address; to: Address; atMs: number } {
    return { from: TRACKER, to, atMs: this.network.clock.nowMs() + this.network.trackerLatencyMs };
  }
}

function nameOf({ box, host }: Address): string {
  return `${host}/${box}`;
}
