import { MAX_NEIGHBOURS, neighboursWanted, WANTED_NEIGHBOURS } from '../engine/index.ts';
import type { PeerId, SwarmKey } from '../model/index.ts';
import type { Clock, Link, Links, Membership, OfferTicket, Tracker } from '../ports/index.ts';
import { Attempts } from './attempts.ts';
import { Introductions } from './introductions.ts';
import type { IntroductionMessage } from './introductions.ts';

export interface SwarmHandlers {
  /** A link to a peer that is not a neighbour yet. */
  opened(peer: PeerId, link: Link): void;
  /** Carries an introduction to a neighbour. */
  send(peer: PeerId, message: IntroductionMessage): void;
  /** Every place is taken and somebody new asks for one: @returns whether a neighbour was let go for it. */
  makeRoom(): boolean;
  /** Size, connections in the making, or the tracker's state changed. */
  changed(): void;
}

/** Time between signs of too few neighbours and asking the tracker for more: the first offers' connections stand by then. */
const SHORTAGE_PAUSE_MS = 500;
/** With fewer neighbours than this the next segment will hardly be there in time. */
const FEW_NEIGHBOURS = 3;

/** Connections being made at a time, with those that take too long. */
const MAX_ATTEMPTS = MAX_NEIGHBOURS;

/** Finds neighbours: through the tracker at first, and from then on also through the neighbours there are. */
export class Swarm {
  /** As the tracker counts; 0 while unknown. */
  size = 0;
  trackerReachable: boolean | undefined;
  trackerProblem: string | undefined;
  readonly introductions: Introductions;

  private readonly attempts: Attempts;
  private readonly neighbours = new Set<PeerId>();
  private readonly refused = new Set<PeerId>();
  private membership: Membership | undefined;
  private cancelShortage: (() => void) | undefined;

  constructor(
    private readonly self: PeerId,
    links: Links,
    private readonly clock: Clock,
    private readonly handlers: SwarmHandlers,
  ) {
    this.attempts = new Attempts(self, links, clock, (peer) => this.neighbours.has(peer) || this.refused.has(peer), {
      opened: (peer, link) => this.opened(peer, link),
      changed: () => {
        handlers.changed();
        if (this.membership) this.introductions.seekOut();
        this.watchShortage();
      },
    });
    this.introductions = new Introductions(self, this.attempts, {
      isNeighbour: (peer) => this.neighbours.has(peer),
      wanted: () => this.wanted,
      hasRoom: () => this.hasRoom,
      send: (peer, message) => handlers.send(peer, message),
    });
  }

  /** Connects with the tracker. */
  approach(tracker: Tracker, key: SwarmKey): void {
    this.membership = tracker.join(key, this.self, {
      wanted: (mostUseful) => Math.min(mostUseful, this.wanted),
      offer: (deliver) => this.offer(deliver),
      offered: (peer, data, reply) => {
        // Who has somebody to introduce it finds a place; who comes through the tracker may have nobody.
        if (this.hasRoom || (this.mayTryMore && this.handlers.makeRoom())) this.attempts.begin({ peer, initiator: false, trickle: false, signal: reply })?.signal(data);
      },
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

  /** Becomes one of those who find each other. */
  enter(): void {
    this.membership?.enter();
  }

  /** Connections being made with a known peer, without those that take too long. */
  get connecting(): number {
    return this.attempts.connecting;
  }

  /** The browser has WebRTC and lets nobody use it. */
  get blocked(): boolean {
    return this.attempts.blocked;
  }

  /** Connections that failed, since the last that opened. */
  get failures(): number {
    return this.attempts.failures;
  }

  report(totals: { uploadBytes: number; downloadBytes: number }): void {
    this.membership?.report(totals);
  }

  /** The link to this neighbour is gone. */
  left(peer: PeerId): void {
    this.neighbours.delete(peer);
    this.introductions.forget(peer);
    this.watchShortage();
  }

  /** Never connect to this peer again. */
  refuse(peer: PeerId): void {
    this.refused.add(peer);
  }

  leave(): void {
    const { membership } = this;
    this.membership = undefined;
    this.cancelShortage?.();
    this.cancelShortage = undefined;
    membership?.leave();
    this.introductions.close();
    this.attempts.cancelAll();
    this.neighbours.clear();
  }

  private get wanted(): number {
    return neighboursWanted(this.neighbours.size, this.connecting, this.size === 0 || this.size > WANTED_NEIGHBOURS ? this.size : Math.max(this.size, this.known));
  }

  /** The tracker counts those who have announced: after an outage of its, neighbours know of more. */
  private get known(): number {
    return 1 + this.neighbours.size + this.connecting + this.introductions.strangers;
  }

  private get hasRoom(): boolean {
    return this.neighbours.size + this.connecting < MAX_NEIGHBOURS && this.mayTryMore;
  }

  /** Those that take too long take no places, but each is an RTCPeerConnection all the same: nobody can have any number of them made. */
  private get mayTryMore(): boolean {
    return this.attempts.pending < MAX_ATTEMPTS;
  }

  private offer(deliver: (data: string) => void): OfferTicket {
    const attempt = this.attempts.begin({ peer: undefined, initiator: true, trickle: false, signal: deliver });
    return {
      answered: (peer, data) => {
        if (attempt?.takenBy(peer)) attempt.signal(data);
      },
      expired: () => {
        if (!attempt?.peer) attempt?.cancel();
      },
    };
  }

  private opened(peer: PeerId, link: Link): void {
    // One that had taken too long to be counted on.
    if (this.neighbours.size >= MAX_NEIGHBOURS) return link.close();
    this.neighbours.add(peer);
    this.handlers.opened(peer, link);
  }

  /** Asks the tracker for more peers when there are some to be had. */
  private watchShortage(): void {
    if (!this.membership || this.cancelShortage || this.wanted === 0) return;
    this.cancelShortage = this.clock.after(SHORTAGE_PAUSE_MS, () => {
      this.cancelShortage = undefined;
      if (this.wanted > 0) this.membership?.announceSoon(this.neighbours.size < FEW_NEIGHBOURS);
    });
  }
}
