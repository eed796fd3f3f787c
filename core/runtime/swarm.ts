import { keepsOurs, MAX_NEIGHBOURS, neighboursWanted } from '../engine/index.ts';
import type { PeerId, SwarmKey } from '../model/index.ts';
import type { Clock, Handshake, Link, Links, Membership, OfferTicket, Tracker } from '../ports/index.ts';

export interface SwarmHandlers {
  /** A link to a peer that is not a neighbour yet. */
  opened(peer: PeerId, link: Link): void;
  /** Size, connections in the making, or the tracker's state changed. */
  changed(): void;
}

/** A connection in the making. `peer` is unknown while our offer has no taker. */
interface Attempt {
  peer: PeerId | undefined;
  readonly initiator: boolean;
  handshake: Handshake | undefined;
  over: boolean;
}

/** Time between signs of too few neighbours and asking the tracker for more. */
const SHORTAGE_PAUSE_MS = 1_000;

/** Finds neighbours: joins the tracker's swarm, makes and takes offers, one connection per peer. */
export class Swarm {
  /** As the tracker counts; 0 while unknown. */
  size = 0;
  trackerReachable: boolean | undefined;
  trackerProblem: string | undefined;
  /** Connections that failed in a row, since the last that opened. */
  failures = 0;

  private readonly attempts = new Set<Attempt>();
  private readonly connected = new Set<PeerId>();
  private readonly refused = new Set<PeerId>();
  private membership: Membership | undefined;
  private cancelShortage: (() => void) | undefined;

  constructor(
    private readonly self: PeerId,
    private readonly links: Links,
    private readonly clock: Clock,
    private readonly handlers: SwarmHandlers,
  ) {}

  join(tracker: Tracker, key: SwarmKey): void {
    this.membership = tracker.join(key, this.self, {
      wanted: (mostUseful) => Math.min(mostUseful, neighboursWanted(this.connected.size, this.connecting, this.size)),
      offer: (deliver) => this.offer(deliver),
      offered: (peer, data, reply) => this.take(peer, data, reply),
      swarmSize: (size) => {
        this.size = size;
        this.handlers.changed();
        this.watchShortage();
      },
      reachable: (reachable, why) => {
        this.trackerReachable = reachable;
        this.trackerProblem = why;
        this.handlers.changed();
      },
    });
  }

  /** Connections being made with a known peer. */
  get connecting(): number {
    let count = 0;
    for (const attempt of this.attempts) if (attempt.peer) count++;
    return count;
  }

  report(totals: { uploadBytes: number; downloadBytes: number }): void {
    this.membership?.report(totals);
  }

  /** The link to this peer is gone. */
  left(peer: PeerId): void {
    this.connected.delete(peer);
    this.watchShortage();
  }

  /** Never connect to this peer again. */
  refuse(peer: PeerId): void {
    this.refused.add(peer);
  }

  leave(): void {
    this.cancelShortage?.();
    this.cancelShortage = undefined;
    this.membership?.leave();
    this.membership = undefined;
    for (const attempt of [...this.attempts]) this.drop(attempt);
    this.connected.clear();
  }

  private offer(deliver: (data: string) => void): OfferTicket {
    const attempt = this.attempt(undefined, true, deliver);
    return {
      answered: (peer, data) => {
        if (attempt.over) return;
        if (!this.mayConnect(peer, true)) {
          this.drop(attempt);
          return;
        }
        attempt.peer = peer;
        attempt.handshake?.signal(data);
        this.handlers.changed();
      },
      expired: () => {
        if (!attempt.peer) this.drop(attempt);
      },
    };
  }

  private take(peer: PeerId, data: string, reply: (data: string) => void): void {
    if (this.connected.size + this.connecting >= MAX_NEIGHBOURS || !this.mayConnect(peer, false)) return;
    this.attempt(peer, false, reply).handshake?.signal(data);
    this.handlers.changed();
  }

  /** One connection per pair: of two in the making, both sides keep the same one. */
  private mayConnect(peer: PeerId, ours: boolean): boolean {
    if (peer === this.self || this.connected.has(peer) || this.refused.has(peer)) return false;
    for (const other of this.attempts) {
      if (other.peer !== peer) continue;
      if (other.initiator === ours || keepsOurs(this.self, peer) !== ours) return false;
      this.drop(other);
    }
    return true;
  }

  private attempt(peer: PeerId | undefined, initiator: boolean, signal: (data: string) => void): Attempt {
    const attempt: Attempt = { peer, initiator, handshake: undefined, over: false };
    this.attempts.add(attempt);
    attempt.handshake = this.links.connect(
      { initiator, trickle: false },
      {
        signal: (data) => {
          if (!attempt.over) signal(data);
        },
        opened: (link) => this.opened(attempt, link),
        failed: () => {
          if (attempt.over) return;
          if (attempt.peer) this.failures++;
          this.drop(attempt);
        },
      },
    );
    return attempt;
  }

  private opened(attempt: Attempt, link: Link): void {
    this.attempts.delete(attempt);
    const { peer } = attempt;
    if (attempt.over || !peer || this.connected.has(peer)) {
      link.close();
      return;
    }
    attempt.over = true;
    this.failures = 0;
    this.connected.add(peer);
    this.handlers.opened(peer, link);
    this.handlers.changed();
  }

  private drop(attempt: Attempt): void {
    if (attempt.over) return;
    attempt.over = true;
    this.attempts.delete(attempt);
    attempt.handshake?.cancel();
    if (attempt.peer) this.handlers.changed();
    this.watchShortage();
  }

  /** Asks the tracker for more peers when there are some to be had. */
  private watchShortage(): void {
    if (!this.membership || this.cancelShortage) return;
    if (neighboursWanted(this.connected.size, this.connecting, this.size) === 0) return;
    this.cancelShortage = this.clock.after(SHORTAGE_PAUSE_MS, () => {
      this.cancelShortage = undefined;
      if (neighboursWanted(this.connected.size, this.connecting, this.size) > 0) this.membership?.announceSoon();
    });
  }
}
