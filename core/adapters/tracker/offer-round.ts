import type { PeerId } from '../../model/index.ts';
import type { Clock, OfferTicket, Random } from '../../ports/index.ts';
import { parseSignal } from '../signal-data.ts';
import type { Offer } from './announce-message.ts';

/** An announce waits this long for its offers; what comes later follows in another one. */
const GATHER_LIMIT_MS = 1000;
/** How long a sent offer may wait for its answer. */
const TICKET_LIFE_MS = 20_000;
/** Ten of these are a message that every tracker takes (64 KiB); an SDP with 15 candidates has 2,000 characters. */
const MAX_OFFER_LENGTH = 6 * 1024;

export interface OfferRoundOptions {
  readonly clock: Clock;
  readonly random: Random;
  readonly count: number;
  /** Makes one offer, as `TrackerHandlers.offer`. */
  make(deliver: (data: string) => void): OfferTicket;
  /** Sends an announce: the first time with the offers that are ready, maybe none; later with late ones. */
  send(offers: readonly Offer[]): void;
}

/** The offers of one announce: made, sent as soon as all are ready or a second is over, answered or expired. */
export class OfferRound {
  private readonly options: OfferRoundOptions;
  private readonly tickets = new Map<string, OfferTicket>();
  private ready: Offer[] = [];
  private awaited: number;
  private state: 'making' | 'waiting' | 'ended' = 'making';
  private cancelSending: (() => void) | undefined;
  private cancelExpiry: (() => void) | undefined;

  constructor(options: OfferRoundOptions) {
    this.options = options;
    this.awaited = options.count;
  }

  /** Offers that may still be answered. */
  get open(): number {
    return this.tickets.size;
  }

  start(): void {
    for (let made = 0; made < this.options.count; made++) {
      const offerId = this.options.random.hex(20);
      let delivered = false;
      const ticket = this.options.make((data) => {
        if (!delivered) this.deliver({ offerId, data });
        delivered = true;
      });
      this.tickets.set(offerId, ticket);
    }
    this.state = 'waiting';
    this.sendWhenReady();
  }

  answered(offerId: string, peer: PeerId, data: string): void {
    const ticket = this.tickets.get(offerId);
    this.tickets.delete(offerId);
    ticket?.answered(peer, data);
  }

  /** Ends the round; what is not answered by now will not be. */
  expire(): void {
    if (this.state === 'ended') return;
    this.state = 'ended';
    this.cancelSending?.();
    this.cancelExpiry?.();
    const unanswered = [...this.tickets.values()];
    this.tickets.clear();
    for (const ticket of unanswered) ticket.expired();
  }

  private deliver(offer: Offer): void {
    this.awaited--;
    if (offer.data.length <= MAX_OFFER_LENGTH && parseSignal(offer.data)?.type === 'offer') this.ready.push(offer);
    if (this.state === 'waiting') this.sendWhenReady();
  }

  private sendWhenReady(): void {
    if (this.awaited === 0) this.send();
    else this.cancelSending ??= this.options.clock.after(GATHER_LIMIT_MS, () => this.send());
  }

  private send(): void {
    this.cancelSending?.();
    this.cancelSending = undefined;
    this.cancelExpiry?.();
    this.cancelExpiry = this.options.clock.after(TICKET_LIFE_MS, () => this.expire());
    const offers = this.ready;
    this.ready = [];
    this.options.send(offers);
  }
}
