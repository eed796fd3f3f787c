import type { PeerId, SwarmKey } from '../../model/index.ts';
import type { Clock, Random, TrackerHandlers } from '../../ports/index.ts';
import { encodeAnnounce, encodeAnswer, type Offer, type TrackerMessage } from './announce-message.ts';
import { OfferRound } from './offer-round.ts';

/** Known trackers pass on at least this many offers of one announce. */
const MAX_OFFERS = 10;
/** Between announces where the tracker names no interval: what bittorrent-tracker says by default. */
const DEFAULT_INTERVAL_MS = 120_000;
const MIN_INTERVAL_MS = 5_000;
const MAX_INTERVAL_MS = 600_000;
/** First distance kept by `announceSoon`; it doubles each time, up to the interval, while the swarm does not grow. */
const MIN_SOON_MS = 5_000;
/**
 * The same for who has hardly any neighbours, once: nobody may be reached whom the first offers went to, where NATs are bad,
 * and each second alone is half a segment that the origin has to send.
 */
const ALONE_SOON_MS = 500;

export interface PresenceOptions {
  readonly swarm: SwarmKey;
  readonly self: PeerId;
  readonly clock: Clock;
  readonly random: Random;
  readonly handlers: Pick<TrackerHandlers, 'offer' | 'offered'>;
  /** How many offers this tracker is to be given now, of at most `mostUseful`. */
  share(mostUseful: number): number;
  totals(): { readonly uploadBytes: number; readonly downloadBytes: number };
  /** `reachable`, `trouble` or `size` may have changed. */
  changed(): void;
  send(text: string, answered: boolean): void;
}

/** A viewer's place in one swarm at one tracker: when it announces, and what it makes of the answers. */
export class Presence {
  /** `undefined` until the first attempt has ended. */
  reachable: boolean | undefined;
  /** Why it is not reachable. */
  trouble: string | undefined;
  /** Viewers in the swarm, as this tracker counts them; 0 while unknown. */
  size = 0;

  private readonly options: PresenceOptions;
  private connected = false;
  private entered = false;
  private started = false;
  /** Of the announces whose offers may still be answered, the latest last. */
  private rounds: readonly OfferRound[] = [];
  private intervalMs = DEFAULT_INTERVAL_MS;
  private soonMs = MIN_SOON_MS;
  private hasBeenAlone = false;
  private announcedAtMs = 0;
  private nextAtMs = Infinity;
  /** The next announce is one that was asked for, before its time. */
  private soon = false;
  /** ... while the last one's offers may well be taken yet. */
  private besideLast = false;
  private cancelNext: (() => void) | undefined;

  constructor(options: PresenceOptions) {
    this.options = options;
  }

  get openOffers(): number {
    return this.rounds.reduce((sum, { open }) => sum + open, 0);
  }

  opened(): void {
    this.connected = true;
    this.started = false;
    this.soonMs = MIN_SOON_MS;
    this.hasBeenAlone = false;
    this.be(true);
    if (this.entered) this.announce();
  }

  enter(): void {
    if (this.entered) return;
    this.entered = true;
    if (this.connected) this.announce();
  }

  lost(why: string): void {
    this.connected = false;
    this.size = 0;
    this.pause();
    this.be(false, why);
  }

  announceSoon(alone: boolean): void {
    const isFirstAlone = alone && !this.hasBeenAlone;
    const atMs = this.announcedAtMs + (isFirstAlone ? ALONE_SOON_MS : this.soonMs);
    if (!this.connected || !this.entered || this.nextAtMs <= atMs) return;
    this.besideLast = isFirstAlone;
    if (isFirstAlone) this.hasBeenAlone = true;
    else this.soonMs = Math.min(this.soonMs * 2, this.intervalMs);
    this.soon = true;
    this.schedule(atMs);
  }

  leave(): void {
    this.pause();
    if (this.started) this.send([], 'stopped');
    this.connected = false;
  }

  received(message: TrackerMessage): void {
    switch (message.type) {
      case 'state':
        return this.learn(message);
      case 'failure':
        return this.be(false, message.reason);
      case 'answer':
        for (const round of this.rounds) round.answered(message.offerId, message.from, message.data);
        return;
      case 'offer':
        return this.offered(message);
    }
  }

  private learn({ size, intervalS }: Extract<TrackerMessage, { type: 'state' }>): void {
    if (intervalS !== undefined) {
      this.intervalMs = Math.min(Math.max(intervalS * 1000, MIN_INTERVAL_MS), MAX_INTERVAL_MS);
      const atMs = this.announcedAtMs + this.intervalMs;
      this.schedule(this.soon ? Math.min(this.nextAtMs, atMs) : atMs);
    }
    if (size !== undefined) {
      if (size > this.size) this.soonMs = MIN_SOON_MS;
      this.size = Math.max(size, 1);
      if (this.size === 1) this.expire(); // Nobody was there to take an offer.
    }
    this.be(true);
  }

  private offered({ from, offerId, data }: Extract<TrackerMessage, { type: 'offer' | 'answer' }>): void {
    const { swarm, self, handlers } = this.options;
    if (from === self) return;
    let replied = false;
    handlers.offered(from, data, (answer) => {
      if (replied || !this.connected) return;
      replied = true;
      this.options.send(encodeAnswer({ swarm, self, to: from, offerId, data: answer }), false);
    });
  }

  private announce(): void {
    if (!this.besideLast) this.expire();
    this.soon = this.besideLast = false;
    this.announcedAtMs = this.options.clock.nowMs();
    this.schedule(this.announcedAtMs + this.intervalMs);
    // A tracker's count is old by the time of the next announce: one more than it knew of may be there.
    const mostUseful = this.size === 0 ? MAX_OFFERS : Math.min(this.size, MAX_OFFERS);
    const round = new OfferRound({
      clock: this.options.clock,
      random: this.options.random,
      count: this.options.share(mostUseful),
      make: (deliver) => this.options.handlers.offer(deliver),
      send: (offers) => this.send(offers, this.started ? undefined : 'started'),
    });
    this.rounds = [...this.rounds, round];
    round.start();
  }

  private send(offers: readonly Offer[], event: 'started' | 'stopped' | undefined): void {
    const { swarm, self } = this.options;
    this.started = true;
    const text = encodeAnnounce({ swarm, self, event, offers, ...this.options.totals() });
    this.options.send(text, event !== 'stopped');
  }

  private schedule(atMs: number): void {
    this.cancelNext?.();
    this.nextAtMs = atMs;
    this.cancelNext = this.options.clock.after(Math.max(0, atMs - this.options.clock.nowMs()), () => this.announce());
  }

  private pause(): void {
    this.cancelNext?.();
    this.nextAtMs = Infinity;
    this.expire();
  }

  private expire(): void {
    for (const round of this.rounds) round.expire();
    this.rounds = [];
  }

  private be(reachable: boolean, trouble?: string): void {
    this.reachable = reachable;
    this.trouble = trouble;
    this.options.changed();
  }
}
