import type { EngineEvent } from '../engine/index.ts';
import type { ByeReason, Introduce, Join, Message, PeerId, Signal, Status } from '../model/index.ts';
import type { Clock, Link, Log } from '../ports/index.ts';
import { encodeMessage } from '../wire/index.ts';
import type { BytesOf } from './loop.ts';
import { PeerSession } from './peer-session.ts';

export interface NeighboursHandlers {
  event(event: EngineEvent, bytesOf?: BytesOf): void;
  joined(peer: PeerId): void;
  /** @param wasReady it had been told of in `joined`. */
  left(peer: PeerId, reason: string, wasReady: boolean): void;
  /** What to tell of this viewer. */
  status(): Status;
  introduced(peer: PeerId, message: Introduce): void;
  signalled(peer: PeerId, message: Signal): void;
  /** Every `ROUND_MS` while there are neighbours. */
  round(): void;
}

/** How often a changed status is told again, and the neighbourhood looked over. */
const ROUND_MS = 10_000;
/** A change of upload capacity by less than this part is not worth a message. */
const TELLING_CHANGE = 0.25;

/** The sessions with all neighbours, by peer. */
export class Neighbours {
  private readonly sessions = new Map<PeerId, { readonly session: PeerSession; isReady: boolean }>();
  private told: Status | undefined;
  private last: { readonly message: Message; readonly bytes: Uint8Array } | undefined;
  private cancelRound: (() => void) | undefined;

  constructor(
    private readonly self: PeerId,
    private readonly clock: Clock,
    private readonly join: Join,
    private readonly log: Log,
    private readonly handlers: NeighboursHandlers,
  ) {}

  /** How many have said hello. */
  get count(): number {
    let count = 0;
    for (const { isReady } of this.sessions.values()) if (isReady) count++;
    return count;
  }

  add(peer: PeerId, link: Link): void {
    const session = new PeerSession(peer, this.self, link, this.clock, {
      ready: () => this.greeted(peer),
      event: (event, bytesOf) => this.handlers.event(event, bytesOf),
      introduced: (message) => this.handlers.introduced(peer, message),
      signalled: (message) => this.handlers.signalled(peer, message),
      over: (reason) => this.over(peer, reason),
    });
    this.sessions.set(peer, { session, isReady: false });
    session.start();
  }

  send(peer: PeerId, message: Message): void {
    this.sessions.get(peer)?.session.send(message, this.encoded(message));
  }

  /** So many bytes are being read for this peer: they count as sent to its link, until the function that this gives is called. */
  expect(peer: PeerId, bytes: number): () => void {
    return this.sessions.get(peer)?.session.expect(bytes) ?? (() => undefined);
  }

  close(peer: PeerId, reason: ByeReason, detail: string): void {
    this.sessions.get(peer)?.session.close(reason, detail);
  }

  closeAll(reason: ByeReason): void {
    this.cancelRound?.();
    this.cancelRound = undefined;
    for (const { session } of [...this.sessions.values()]) session.close(reason, 'closed here');
  }

  /** Tells all neighbours of this viewer's status, if it has changed. */
  tellStatus(): void {
    const status = this.handlers.status();
    if (this.told && !hasChanged(this.told, status)) return;
    this.told = status;
    for (const [peer, { isReady }] of this.sessions) if (isReady) this.send(peer, status);
  }

  /** What goes to all neighbours is encoded once. */
  private encoded(message: Message): Uint8Array {
    if (message.type === 'piece') return encodeMessage(message, this.join);
    if (this.last?.message !== message) this.last = { message, bytes: encodeMessage(message) };
    return this.last.bytes;
  }

  private greeted(peer: PeerId): void {
    const entry = this.sessions.get(peer);
    if (!entry) return;
    entry.isReady = true;
    this.handlers.event({ type: 'neighbourJoined', peer });
    this.handlers.joined(peer);
    this.send(peer, this.handlers.status());
    this.keepRounds();
  }

  private over(peer: PeerId, reason: string): void {
    const wasReady = this.sessions.get(peer)?.isReady === true;
    this.sessions.delete(peer);
    this.log.debug('neighbour gone', { peer, reason });
    if (wasReady) this.handlers.event({ type: 'neighbourLeft', peer });
    this.handlers.left(peer, reason, wasReady);
  }

  private keepRounds(): void {
    if (this.cancelRound) return;
    this.cancelRound = this.clock.after(ROUND_MS, () => {
      this.cancelRound = undefined;
      if (this.sessions.size === 0) return;
      this.tellStatus();
      this.handlers.round();
      this.keepRounds();
    });
  }
}

function hasChanged(told: Status, status: Status): boolean {
  return (
    Math.abs(status.uploadBps - told.uploadBps) > told.uploadBps * TELLING_CHANGE ||
    status.neighbours !== told.neighbours ||
    Math.abs(status.positionS - told.positionS) > ROUND_MS / 1000
  );
}
