import type { PeerId, SwarmKey } from '../../core/model/index.ts';
import type { Membership, OfferTicket, Tracker, TrackerHandlers } from '../../core/ports/index.ts';
import { TRACKER } from './letter.ts';
import type { Address, AnnounceLetter, Letter, Mailbox, OfferedLetter, WelcomeLetter } from './letter.ts';
import type { MemoryHost } from './memory-host.ts';
import type { MemoryNetwork } from './memory-network.ts';
import { SeededRandom } from './seeded-random.ts';

/** An announce waits so long for offers that are being made. */
const OFFER_PATIENCE_MS = 1500;
/** An offer that was not taken by then never will be. */
const OFFER_EXPIRY_MS = 50_000;
/** `announceSoon` is at least so long after the last announce. */
const SOON_MS = 3000;
/** ... and with hardly any neighbours, once, so long. */
const ALONE_SOON_MS = 500;
const MIN_RETRY_MS = 2000;
const MAX_RETRY_MS = 8000;

/** One viewer's client of the network's tracker. */
export class MemoryTracker implements Tracker {
  private readonly network: MemoryNetwork;
  private readonly host: MemoryHost;

  constructor(network: MemoryNetwork, host: MemoryHost) {
    this.network = network;
    this.host = host;
  }

  join(swarm: SwarmKey, self: PeerId, handlers: TrackerHandlers): Membership {
    const membership = new MemoryMembership(this.network, this.host, { swarm, self }, handlers);
    membership.connect();
    return membership;
  }
}

interface PendingOffer {
  readonly ticket: OfferTicket;
  cancelExpiry(): void;
}

type Offer = AnnounceLetter['offers'][number];

class MemoryMembership implements Membership, Mailbox {
  private readonly network: MemoryNetwork;
  private readonly host: MemoryHost;
  private readonly here: Address;
  private readonly member: { readonly swarm: SwarmKey; readonly self: PeerId };
  private readonly handlers: TrackerHandlers;
  private readonly random: SeededRandom;
  private readonly offers = new Map<number, PendingOffer>();
  private offerCount = 0;
  /** What the server asks for. */
  private terms = { intervalMs: Infinity, maxOffers: 0 };
  /** `announcing`: offers are being made. */
  private phase: 'connecting' | 'announcing' | 'waiting' | 'left' = 'connecting';
  private entered = false;
  private hasBeenAlone = false;
  private lastAnnounceMs = -Infinity;
  private nextAnnounceMs = Infinity;
  private cancelTimer: () => void = () => undefined;

  constructor(network: MemoryNetwork, host: MemoryHost, member: { readonly swarm: SwarmKey; readonly self: PeerId }, handlers: TrackerHandlers) {
    this.network = network;
    this.host = host;
    this.member = member;
    this.handlers = handlers;
    this.random = new SeededRandom(host.id).fork('retries');
    this.here = host.newAddress();
    host.boxes.set(this.here.box, this);
  }

  connect(): void {
    this.network.post({ ...this.envelope(), kind: 'join' });
  }

  take(letter: Letter): void {
    if (letter.kind === 'welcome') this.welcome(letter);
    if (letter.kind === 'lost') this.lose(letter.why);
    if (letter.kind === 'size') this.handlers.swarmSize(letter.size);
    if (letter.kind === 'offered') this.offered(letter);
    if (letter.kind === 'answered') this.settle(letter.ticket, (taken) => taken.answered(letter.peer, letter.data));
  }

  enter(): void {
    if (this.entered) return;
    this.entered = true;
    this.announce();
  }

  announceSoon(alone: boolean): void {
    if (this.phase !== 'waiting' || !this.entered) return;
    const isFirstAlone = alone && !this.hasBeenAlone;
    const soonMs = Math.max(this.lastAnnounceMs + (isFirstAlone ? ALONE_SOON_MS : SOON_MS), this.network.clock.nowMs());
    if (soonMs >= this.nextAnnounceMs) return;
    if (isFirstAlone) this.hasBeenAlone = true;
    this.announceAt(soonMs);
  }

  report(): void {
    // The server in memory keeps no books on traffic.
  }

  leave(): void {
    if (this.phase === 'left') return;
    this.phase = 'left';
    this.cancelTimer();
    for (const offer of this.offers.values()) offer.cancelExpiry();
    this.offers.clear();
    this.host.boxes.delete(this.here.box);
    this.network.post({ ...this.envelope(), kind: 'leave' });
  }

  private welcome(terms: WelcomeLetter): void {
    this.terms = terms;
    this.phase = 'waiting';
    this.hasBeenAlone = false;
    this.handlers.reachable(true);
    this.announce();
  }

  private lose(why: string): void {
    this.phase = 'connecting';
    this.handlers.reachable(false, why);
    this.retry();
  }

  private announce(): void {
    // The owner may have left from within the handler that led here.
    if (this.phase !== 'waiting' || !this.entered) return;
    this.phase = 'announcing';
    this.lastAnnounceMs = this.network.clock.nowMs();
    const { intervalMs, maxOffers } = this.terms;
    const { self: peer, swarm } = this.member;
    const wanted = Math.min(this.handlers.wanted(maxOffers), maxOffers);
    const offers: Offer[] = [];
    let sent = false;
    const send = (): void => {
      // The tracker was lost, or left, while the offers were made.
      if (sent || this.phase !== 'announcing') return;
      sent = true;
      this.phase = 'waiting';
      this.announceAt(this.lastAnnounceMs + intervalMs);
      this.network.post({ ...this.envelope(), kind: 'announce', swarm, peer, offers });
    };
    this.wait(OFFER_PATIENCE_MS, send);
    for (let count = 0; count < wanted; count++) {
      this.begin((offer) => {
        if (sent) return;
        offers.push(offer);
        if (offers.length === wanted) send();
      });
    }
    if (wanted === 0) send();
  }

  /** Has one offer made; `delivered` is called with it when it is there. */
  private begin(delivered: (offer: Offer) => void): void {
    const ticket = this.offerCount++;
    const cancelExpiry = this.network.clock.after(OFFER_EXPIRY_MS, () => this.settle(ticket, (expired) => expired.expired()));
    this.offers.set(ticket, { ticket: this.handlers.offer((data) => delivered({ ticket, data })), cancelExpiry });
  }

  private settle(ticket: number, tell: (ticket: OfferTicket) => void): void {
    const offer = this.offers.get(ticket);
    if (!offer) return;
    this.offers.delete(ticket);
    offer.cancelExpiry();
    tell(offer.ticket);
  }

  private offered({ data, offering, peer, ticket }: OfferedLetter): void {
    this.handlers.offered(peer, data, (answer) => {
      if (this.phase !== 'announcing' && this.phase !== 'waiting') return;
      this.network.post({ ...this.envelope(), kind: 'answer', peer: this.member.self, offering, ticket, data: answer });
    });
  }

  private retry(): void {
    // The owner may have left from within the handler that led here.
    if (this.phase !== 'connecting') return;
    this.wait(MIN_RETRY_MS + this.random.unit() * (MAX_RETRY_MS - MIN_RETRY_MS), () => this.connect());
  }

  private announceAt(timeMs: number): void {
    this.wait(timeMs - this.network.clock.nowMs(), () => this.announce());
    this.nextAnnounceMs = timeMs;
  }

  /** A membership waits for one thing at a time. */
  private wait(delayMs: number, task: () => void): void {
    this.cancelTimer();
    this.nextAnnounceMs = Infinity;
    this.cancelTimer = this.network.clock.after(delayMs, task);
  }

  private envelope(): { from: Address; to: Address; atMs: number } {
    return { from: this.here, to: TRACKER, atMs: this.network.clock.nowMs() + this.network.trackerLatencyMs };
  }
}
