import type { PeerId, SwarmKey } from '../../core/model/index.ts';
import type { Membership, OfferTicket, Tracker, TrackerHandlers } from '../../core/ports/index.ts';
import type { AnnouncedOffer, MemoryTrackerServer, TrackerSeat } from './memory-tracker-server.ts';

/** An announce waits so long for offers that are being made. */
const OFFER_PATIENCE_MS = 1500;
/** An offer that was not taken by then never will be. */
const OFFER_EXPIRY_MS = 50_000;
/** `announceSoon` is at least so long after the last announce. */
const SOON_MS = 3000;
const MIN_RETRY_MS = 2000;
const MAX_RETRY_MS = 8000;

/** One viewer's client of a tracker in memory. */
export class MemoryTracker implements Tracker {
  private readonly server: MemoryTrackerServer;

  constructor(server: MemoryTrackerServer) {
    this.server = server;
  }

  join(swarm: SwarmKey, self: PeerId, handlers: TrackerHandlers): Membership {
    const membership = new MemoryMembership(this.server, swarm, self, handlers);
    membership.connect();
    return membership;
  }
}

interface PendingOffer {
  readonly ticket: OfferTicket;
  cancelExpiry(): void;
}

class MemoryMembership implements Membership {
  private readonly server: MemoryTrackerServer;
  private readonly swarm: SwarmKey;
  private readonly handlers: TrackerHandlers;
  private readonly seat: TrackerSeat;
  private readonly offers = new Set<PendingOffer>();
  /** `announcing`: offers are being made. */
  private phase: 'connecting' | 'announcing' | 'waiting' | 'left' = 'connecting';
  private lastAnnounceMs = -Infinity;
  private nextAnnounceMs = Infinity;
  private cancelTimer: () => void = () => undefined;

  constructor(server: MemoryTrackerServer, swarm: SwarmKey, self: PeerId, handlers: TrackerHandlers) {
    this.server = server;
    this.swarm = swarm;
    this.handlers = handlers;
    this.seat = {
      peer: self,
      offered: (from, data, reply) =>
        this.hears(() => handlers.offered(from, data, (answer) => this.says(() => reply(answer)))),
      swarmSize: (size) => this.hears(() => handlers.swarmSize(size)),
      lost: () => this.hears(() => this.lose()),
    };
  }

  /** A socket opens after a round trip, or is found closed after one. */
  connect(): void {
    this.wait(2 * this.server.latencyMs, () => {
      if (!this.server.up) {
        this.handlers.reachable(false, 'connection refused');
        this.retry();
        return;
      }
      this.phase = 'waiting';
      this.handlers.reachable(true);
      this.announce();
    });
  }

  announceSoon(): void {
    if (this.phase !== 'waiting') return;
    const soonMs = Math.max(this.lastAnnounceMs + SOON_MS, this.server.clock.nowMs());
    if (soonMs < this.nextAnnounceMs) this.announceAt(soonMs);
  }

  report(): void {
    // The server in memory keeps no books on traffic.
  }

  leave(): void {
    this.phase = 'left';
    this.cancelTimer();
    for (const offer of this.offers) offer.cancelExpiry();
    this.offers.clear();
    this.server.leave(this.swarm, this.seat);
  }

  private announce(): void {
    // The owner may have left from within the handler that led here.
    if (this.phase !== 'waiting') return;
    this.phase = 'announcing';
    this.lastAnnounceMs = this.server.clock.nowMs();
    const { maxOffers } = this.server;
    const wanted = Math.min(this.handlers.wanted(maxOffers), maxOffers);
    const made: AnnouncedOffer[] = [];
    let sent = false;
    const send = (): void => {
      // The tracker was lost, or left, while the offers were made.
      if (sent || this.phase !== 'announcing') return;
      sent = true;
      this.phase = 'waiting';
      this.announceAt(this.lastAnnounceMs + this.server.intervalMs);
      this.says(() => this.server.announce(this.swarm, this.seat, made));
    };
    this.wait(OFFER_PATIENCE_MS, send);
    for (let count = 0; count < wanted; count++) {
      this.begin((offer) => {
        if (sent) return;
        made.push(offer);
        if (made.length === wanted) send();
      });
    }
    if (wanted === 0) send();
  }

  /** Has one offer made; `delivered` is called with it when it is there. */
  private begin(delivered: (offer: AnnouncedOffer) => void): void {
    const settle = (tell: (ticket: OfferTicket) => void): void => {
      if (!this.offers.delete(offer)) return;
      offer.cancelExpiry();
      tell(offer.ticket);
    };
    const cancelExpiry = this.server.clock.after(OFFER_EXPIRY_MS, () => settle((ticket) => ticket.expired()));
    const ticket = this.handlers.offer((data) =>
      delivered({ data, answered: (peer, answer) => this.hears(() => settle((taken) => taken.answered(peer, answer))) }),
    );
    const offer: PendingOffer = { ticket, cancelExpiry };
    this.offers.add(offer);
  }

  private lose(): void {
    this.phase = 'connecting';
    this.handlers.reachable(false, 'connection lost');
    this.retry();
  }

  private retry(): void {
    if (this.phase !== 'connecting') return;
    this.wait(MIN_RETRY_MS + this.server.random.unit() * (MAX_RETRY_MS - MIN_RETRY_MS), () => this.connect());
  }

  private announceAt(timeMs: number): void {
    this.wait(timeMs - this.server.clock.nowMs(), () => this.announce());
    this.nextAnnounceMs = timeMs;
  }

  /** A membership waits for one thing at a time. */
  private wait(delayMs: number, task: () => void): void {
    this.cancelTimer();
    this.nextAnnounceMs = Infinity;
    this.cancelTimer = this.server.clock.after(delayMs, task);
  }

  private hears(task: () => void): void {
    this.server.clock.after(this.server.latencyMs, () => {
      if (this.phase !== 'left') task();
    });
  }

  private says(task: () => void): void {
    this.server.clock.after(this.server.latencyMs, () => {
      if (this.connected && this.server.up) task();
    });
  }

  private get connected(): boolean {
    return this.phase === 'announcing' || this.phase === 'waiting';
  }
}
