import { keepsOurs } from '../engine/index.ts';
import type { PeerId } from '../model/index.ts';
import type { Clock, Handshake, Link, Links } from '../ports/index.ts';

/** A connection in the making. */
export interface Attempt {
  /** Unknown while our offer has no taker. */
  readonly peer: PeerId | undefined;
  /** The other side's signalling. */
  signal(data: string): void;
  /** The offer was taken; @returns `false` if a connection with that peer is not wanted: the attempt is over. */
  takenBy(peer: PeerId): boolean;
  cancel(): void;
}

export interface AttemptOptions {
  readonly peer: PeerId | undefined;
  readonly initiator: boolean;
  readonly trickle: boolean;
  /** Carries our signalling to the other side. */
  readonly signal: (data: string) => void;
}

export interface AttemptsHandlers {
  opened(peer: PeerId, link: Link): void;
  /** An attempt with a known peer began or ended. */
  changed(): void;
}

/**
 * Most pairs that can connect have done so by then; browsers give up on the others after 15 s and more. A newcomer behind
 * a bad NAT, a third of whose attempts come to nothing, has two seconds to find those that do.
 */
const PROMISING_MS = 1_000;
/** The other side may have given up one that takes this long, and lets us know by trying anew, or by taking another offer of ours. */
const STALE_MS = 5_000;

interface Entry {
  peer: PeerId | undefined;
  /** It takes longer than it should: others are tried meanwhile. */
  doubtful: boolean;
  cancelDoubt: (() => void) | undefined;
  readonly initiator: boolean;
  handshake: Handshake | undefined;
  /** It has said something for the other side. */
  signalled: boolean;
  over: boolean;
  /** When the other side became known. */
  knownAtMs: number;
}

/** All connections in the making, however the two sides were introduced: one per pair of peers. */
export class Attempts {
  /** Attempts with known peers that failed, since the last that opened. */
  failures = 0;
  /** An offer failed before there was one to send: the browser has WebRTC and lets nobody use it. */
  blocked = false;
  private readonly entries = new Set<Entry>();

  constructor(
    private readonly self: PeerId,
    private readonly links: Links,
    private readonly clock: Clock,
    /** Neighbours, and those who are refused. */
    private readonly isExcluded: (peer: PeerId) => boolean,
    private readonly handlers: AttemptsHandlers,
  ) {}

  /** How many are being made with a known peer, and may well come about. */
  get connecting(): number {
    let count = 0;
    for (const { doubtful, peer } of this.entries) if (peer && !doubtful) count++;
    return count;
  }

  /** How many are being made with a known peer, the hopeless ones included: each may still take a place. */
  get pending(): number {
    let count = 0;
    for (const { peer } of this.entries) if (peer) count++;
    return count;
  }

  isTrying(peer: PeerId): boolean {
    for (const entry of this.entries) if (entry.peer === peer) return true;
    return false;
  }

  /** @returns `undefined` when the peer is one that no connection is wanted with. */
  begin({ peer, initiator, trickle, signal }: AttemptOptions): Attempt | undefined {
    if (peer && !this.mayConnect(peer, initiator)) return undefined;
    const entry: Entry = { peer, doubtful: false, cancelDoubt: undefined, initiator, handshake: undefined, signalled: false, over: false, knownAtMs: 0 };
    this.entries.add(entry);
    entry.handshake = this.links.connect(
      { initiator, trickle },
      {
        signal: (data) => {
          if (entry.over) return;
          entry.signalled = true;
          this.blocked = false;
          signal(data);
        },
        opened: (link) => this.opened(entry, link),
        failed: () => {
          if (entry.over) return;
          if (entry.peer) this.failures++;
          if (initiator && !entry.signalled) this.blocked = true;
          this.drop(entry);
        },
      },
    );
    if (peer) this.known(entry);
    return {
      get peer() {
        return entry.peer;
      },
      signal: (data) => {
        if (!entry.over) entry.handshake?.signal(data);
      },
      takenBy: (taker) => this.taken(entry, taker),
      cancel: () => this.drop(entry),
    };
  }

  cancelAll(): void {
    for (const entry of [...this.entries]) this.drop(entry);
  }

  private taken(entry: Entry, peer: PeerId): boolean {
    if (entry.over) return false;
    if (!this.mayConnect(peer, true)) {
      this.drop(entry);
      return false;
    }
    entry.peer = peer;
    this.known(entry);
    return true;
  }

  /** The other side is known from here on. */
  private known(entry: Entry): void {
    if (entry.over) return;
    entry.knownAtMs = this.clock.nowMs();
    entry.cancelDoubt = this.clock.after(PROMISING_MS, () => {
      entry.doubtful = true;
      this.handlers.changed();
    });
    this.handlers.changed();
  }

  private mayConnect(peer: PeerId, ours: boolean): boolean {
    if (peer === this.self || this.isExcluded(peer)) return false;
    for (const other of this.entries) {
      if (other.peer !== peer) continue;
      if (!this.givesWay(other, peer, ours)) return false;
      this.drop(other);
    }
    return true;
  }

  /**
   * Of two connections that a pair is making at the same time, both sides keep the same one: of two offers of one side the
   * one that the other side has answered, as it answers one only; of an offer of each, as `keepsOurs` says.
   * @param ours the one that the other would give way to is made by our offer, which was answered where there is another.
   */
  private givesWay(other: Entry, peer: PeerId, ours: boolean): boolean {
    if (this.clock.nowMs() - other.knownAtMs >= STALE_MS) return true;
    return other.initiator === ours ? ours : keepsOurs(this.self, peer) === ours;
  }

  private opened(entry: Entry, link: Link): void {
    if (entry.over) return link.close();
    this.end(entry);
    if (!entry.peer || this.isExcluded(entry.peer)) return link.close();
    this.failures = 0;
    this.handlers.opened(entry.peer, link);
    this.handlers.changed();
  }

  private drop(entry: Entry): void {
    if (entry.over) return;
    this.end(entry);
    entry.handshake?.cancel();
    if (entry.peer) this.handlers.changed();
  }

  private end(entry: Entry): void {
    entry.over = true;
    entry.cancelDoubt?.();
    this.entries.delete(entry);
  }
}
