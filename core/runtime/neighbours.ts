import type { EngineEvent } from '../engine/index.ts';
import type { ByeReason, Message, PeerId, Status } from '../model/index.ts';
import type { Clock, Link, Log } from '../ports/index.ts';
import { PeerSession } from './peer-session.ts';

export interface NeighboursHandlers {
  event(event: EngineEvent, bytes?: Uint8Array): void;
  joined(peer: PeerId): void;
  left(peer: PeerId, reason: string): void;
  /** What to tell of this viewer. */
  status(): Status;
}

/** How often a changed status is told again. */
const STATUS_EVERY_MS = 10_000;
/** A change of upload capacity by less than this part is not worth a message. */
const TELLING_CHANGE = 0.25;

/** The sessions with all neighbours, by peer. */
export class Neighbours {
  private readonly sessions = new Map<PeerId, { readonly session: PeerSession; isReady: boolean }>();
  private told: Status | undefined;
  private cancelStatus: (() => void) | undefined;

  constructor(
    private readonly self: PeerId,
    private readonly clock: Clock,
    private readonly log: Log,
    private readonly handlers: NeighboursHandlers,
  ) {}

  /** Neighbours that have said hello. */
  get count(): number {
    let count = 0;
    for (const { isReady } of this.sessions.values()) if (isReady) count++;
    return count;
  }

  add(peer: PeerId, link: Link): void {
    const session = new PeerSession(peer, this.self, link, this.clock, {
      ready: () => this.ready(peer),
      event: (event, bytes) => this.handlers.event(event, bytes),
      introduced: () => undefined,
      signalled: () => undefined,
      over: (reason) => this.over(peer, reason),
    });
    this.sessions.set(peer, { session, isReady: false });
    session.start();
  }

  send(peer: PeerId, message: Message): void {
    this.sessions.get(peer)?.session.send(message);
  }

  close(peer: PeerId, reason: ByeReason, detail: string): void {
    this.sessions.get(peer)?.session.close(reason, detail);
  }

  closeAll(reason: ByeReason): void {
    this.cancelStatus?.();
    this.cancelStatus = undefined;
    for (const { session } of [...this.sessions.values()]) session.close(reason, 'closed here');
  }

  private ready(peer: PeerId): void {
    const entry = this.sessions.get(peer);
    if (!entry) return;
    entry.isReady = true;
    this.handlers.event({ type: 'neighbourJoined', peer });
    this.handlers.joined(peer);
    this.send(peer, this.handlers.status());
    this.keepTellingStatus();
  }

  private over(peer: PeerId, reason: string): void {
    const wasReady = this.sessions.get(peer)?.isReady === true;
    this.sessions.delete(peer);
    this.log.debug('neighbour gone', { peer, reason });
    if (wasReady) this.handlers.event({ type: 'neighbourLeft', peer });
    this.handlers.left(peer, reason);
  }

  private keepTellingStatus(): void {
    if (this.cancelStatus) return;
    this.cancelStatus = this.clock.after(STATUS_EVERY_MS, () => {
      this.cancelStatus = undefined;
      if (this.sessions.size === 0) return;
      this.tellStatus();
      this.keepTellingStatus();
    });
  }

  private tellStatus(): void {
    const status = this.handlers.status();
    if (this.told && !hasChanged(this.told, status)) return;
    this.told = status;
    for (const [peer, { isReady }] of this.sessions) if (isReady) this.send(peer, status);
  }
}

function hasChanged(told: Status, status: Status): boolean {
  return (
    Math.abs(status.uploadBps - told.uploadBps) > told.uploadBps * TELLING_CHANGE ||
    status.neighbours !== told.neighbours ||
    Math.abs(status.positionS - told.positionS) > STATUS_EVERY_MS / 1000
  );
}
