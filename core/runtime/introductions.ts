import type { Introduce, PeerId, Signal } from '../model/index.ts';
import { hash32, MAX_SIGNAL_LENGTH } from '../model/index.ts';
import type { Attempt, Attempts } from './attempts.ts';

export type IntroductionMessage = Introduce | Signal;

export interface IntroductionsHandlers {
  isNeighbour(peer: PeerId): boolean;
  /** How many more neighbours are looked for. */
  wanted(): number;
  /** Whether one more would be taken. */
  hasRoom(): boolean;
  send(peer: PeerId, message: IntroductionMessage): void;
}

/** An attempt whose signalling a neighbour carries. */
interface Carried {
  readonly carrier: PeerId;
  readonly attempt: Attempt;
}

/** Signals that one neighbour may have carried, or refused, in its time here: a swarm's worth, not a flood. */
const MAX_CARRIED_FOR_ONE = 2_000;
/** Attempts of strangers under way at a time. */
const MAX_STRANGERS = 16;
/** Own attempts under way at a time: each costs the page some milliseconds, and the player comes first. */
const MAX_AT_A_TIME = 4;
/** ... and so many with those that nothing may come of. */
const MAX_PENDING = 12;
/** What is signalled by who does not take the offer, for want of room or as another of the pair's is under way: nobody waits for an answer. */
const REFUSED = '';
/** Peers remembered that one was told of. */
const MAX_ACQUAINTANCES = 128;

/**
 * Connected peers introduce each other: whoever joins is told of its neighbours' neighbours, and
 * reaches them with trickle ICE (RFC 8838) through the neighbour they have in common. Faster than an
 * announce, and a dead tracker costs nothing to those who are in.
 */
export class Introductions {
  private readonly carried = new Map<string, Carried>();
  /** Peers that one was told of and has not tried yet, and by whom. */
  private readonly acquaintances = new Map<PeerId, PeerId>();
  private readonly relayed = new Map<PeerId, number>();
  /** Begins at a different number in each peer, so that the attempts of a pair are never called the same. */
  private serial: number;

  constructor(
    private readonly self: PeerId,
    private readonly attempts: Attempts,
    private readonly handlers: IntroductionsHandlers,
  ) {
    this.serial = hash32(self);
  }

  /** Tells a neighbour of others, `MAX_INTRODUCED` at most. */
  introduce(peer: PeerId, peers: readonly PeerId[]): void {
    if (peers.length > 0) this.handlers.send(peer, { type: 'introduce', peers });
  }

  /** How many there are that one was told of and that have not been tried yet. */
  get strangers(): number {
    let count = 0;
    for (const peer of this.acquaintances.keys()) if (peer !== this.self && !this.handlers.isNeighbour(peer) && !this.attempts.isTrying(peer)) count++;
    return count;
  }

  /** A neighbour tells of others. */
  onIntroduce(carrier: PeerId, { peers }: Introduce): void {
    for (const peer of peers) if (this.acquaintances.size < MAX_ACQUAINTANCES) this.acquaintances.set(peer, carrier);
    this.seekOut();
  }

  /** Offers a connection to acquaintances, a few at a time, while neighbours are wanted. */
  seekOut(): void {
    for (const [peer, carrier] of this.acquaintances) {
      if (this.attempts.connecting >= MAX_AT_A_TIME || this.attempts.pending >= MAX_PENDING || this.handlers.wanted() <= 0) return;
      this.acquaintances.delete(peer);
      if (peer === this.self || !this.handlers.isNeighbour(carrier) || this.handlers.isNeighbour(peer) || this.attempts.isTrying(peer)) continue;
      this.serial = (this.serial + 1) >>> 0;
      this.begin(carrier, peer, this.serial, true);
    }
  }

  /** A signal for this viewer, or one to be carried on. */
  onSignal(sender: PeerId, message: Signal): void {
    if (message.to === this.self) this.receive(sender, message);
    else this.relay(sender, message);
  }

  /** A neighbour is gone: what it carried goes on if the two sides already know enough. */
  forget(peer: PeerId): void {
    this.relayed.delete(peer);
    for (const [name, { carrier }] of this.carried) if (carrier === peer) this.carried.delete(name);
  }

  close(): void {
    this.carried.clear();
    this.acquaintances.clear();
    this.relayed.clear();
  }

  private receive(carrier: PeerId, { from, attempt, data }: Signal): void {
    if (from === this.self) return;
    const ours = this.carried.get(nameOf(from, attempt));
    if (ours) {
      // Whoever does not carry it could only guess what it is called.
      if (ours.carrier !== carrier) return;
      if (data === REFUSED) ours.attempt.cancel();
      else ours.attempt.signal(data);
      return;
    }
    if (data === REFUSED) return;
    this.forgetFinished();
    const taken = this.carried.size < MAX_STRANGERS && this.handlers.hasRoom() ? this.begin(carrier, from, attempt, false) : undefined;
    if (taken) taken.signal(data);
    // A late candidate of a connection that stands is no stranger's.
    else if (!this.handlers.isNeighbour(from) && this.mayCarryFor(carrier)) {
      this.handlers.send(carrier, { type: 'signal', from: this.self, to: from, attempt, data: REFUSED });
    }
  }

  private begin(carrier: PeerId, peer: PeerId, serial: number, initiator: boolean): Attempt | undefined {
    const name = nameOf(peer, serial);
    const attempt = this.attempts.begin({
      peer,
      initiator,
      trickle: true,
      signal: (data) => {
        if (data.length <= MAX_SIGNAL_LENGTH) this.handlers.send(carrier, { type: 'signal', from: this.self, to: peer, attempt: serial, data });
      },
    });
    if (attempt) this.carried.set(name, { carrier, attempt });
    return attempt;
  }

  /** Nobody may speak in another's name, and everyone only so much. */
  private relay(sender: PeerId, message: Signal): void {
    if (message.from === sender && this.handlers.isNeighbour(message.to) && this.mayCarryFor(sender)) this.handlers.send(message.to, message);
  }

  private mayCarryFor(peer: PeerId): boolean {
    const count = (this.relayed.get(peer) ?? 0) + 1;
    this.relayed.set(peer, count);
    return count <= MAX_CARRIED_FOR_ONE;
  }

  private forgetFinished(): void {
    for (const [name, { attempt }] of this.carried) {
      if (!attempt.peer || !this.attempts.isTrying(attempt.peer)) this.carried.delete(name);
    }
  }
}

function nameOf(peer: PeerId, attempt: number): string {
  return `${peer}/${attempt}`;
}
