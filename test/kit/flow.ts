import type { Clock } from '../../core/ports/index.ts';
import type { Uplink } from './uplink.ts';

export interface Route {
  readonly clock: Clock;
  readonly uplink: Uplink;
  /** One way, for a frame of so many bytes: may differ from frame to frame, frames stay in order all the same. */
  delayMs(bytes: number): number;
  /** The most bytes under way and not yet acknowledged: a transport's window, which keeps a congested downlink from being flooded. */
  readonly windowBytes: number;
}

/**
 * What fits into one packet slips in between the packets of others, where its own flow has nothing
 * before it. Most frames are so short: an event for the sending of each would be half of all events.
 */
const ONE_PACKET_BYTES = 1150;

/** Receivers may keep acknowledgements back until they stand for so many bytes. */
export const ACK_EVERY_BYTES = 16 * 1024;

export interface FlowHandlers<Frame> {
  /** A frame has left the uplink. */
  sent(bytes: number): void;
  /** It will be at the other side: its first byte, its last byte. */
  underWay(frame: Frame, bytes: number, firstByteMs: number, lastByteMs: number): void;
}

/** The sending half of what goes one way between two hosts: frames, in order, one at a time. */
export class Flow<Frame> {
  /** Bytes given to `send` and not yet out; a frame counts until its last byte is. */
  queuedBytes = 0;
  private readonly route: Route;
  private readonly handlers: FlowHandlers<Frame>;
  private readonly queue: { readonly frame: Frame; readonly bytes: number }[] = [];
  private queueHead = 0;
  private underWayBytes = 0;
  /** What will have been acknowledged, in order of when. */
  private acks: { readonly bytes: number; readonly atMs: number }[] = [];
  private lastArrivalMs = 0;
  private sending = false;
  private cut = false;
  private cancelWake: (() => void) | undefined;

  constructor(route: Route, handlers: FlowHandlers<Frame>) {
    this.route = route;
    this.handlers = handlers;
  }

  /** @param bytes how long the frame is; it is passed on by reference. */
  send(frame: Frame, bytes: number): void {
    if (bytes <= ONE_PACKET_BYTES && this.queue.length === 0 && this.fits(bytes)) {
      this.route.uplink.slip(bytes);
      this.travel(frame, bytes, this.route.clock.nowMs());
      this.handlers.sent(bytes);
      return;
    }
    this.queue.push({ frame, bytes });
    this.queuedBytes += bytes;
    this.next();
  }

  /** So many of the bytes under way are no longer so from `atMs` on. */
  acknowledged(bytes: number, atMs: number): void {
    if (this.cut) return;
    this.acks.push({ bytes, atMs });
    this.next();
  }

  /** Drops what is queued; the frame that is being sent, and those under way, still arrive. */
  dropQueued(): void {
    while (this.queue.length > this.queueHead + (this.sending ? 1 : 0)) this.queuedBytes -= this.queue.pop()?.bytes ?? 0;
  }

  /** Nothing is sent any more, and no handler called; what is under way still arrives. */
  sever(): void {
    this.cut = true;
    this.cancelWake?.();
    this.queue.length = 0;
    this.queueHead = 0;
    this.queuedBytes = 0;
  }

  private next(): void {
    const { route } = this;
    const item = this.queue[this.queueHead];
    if (item === undefined || this.sending) return;
    if (!this.fits(item.bytes)) {
      this.wakeAtAck();
      return;
    }
    this.sending = true;
    const startMs = route.clock.nowMs();
    route.uplink.send(item.bytes, () => this.transmitted(item.frame, item.bytes, startMs));
  }

  /** A frame longer than the window goes alone, but for bytes that may never be acknowledged; an end needs no room. */
  private fits(bytes: number): boolean {
    if (bytes === 0 || this.underWayBytes + bytes <= this.route.windowBytes) return true;
    this.countAcks();
    return this.underWayBytes < ACK_EVERY_BYTES || this.underWayBytes + bytes <= this.route.windowBytes;
  }

  private countAcks(): void {
    const nowMs = this.route.clock.nowMs();
    let counted = 0;
    for (const { atMs, bytes } of this.acks) {
      if (atMs > nowMs) break;
      this.underWayBytes -= bytes;
      counted++;
    }
    this.acks.splice(0, counted);
  }

  private wakeAtAck(): void {
    const [ack] = this.acks;
    if (this.cancelWake || !ack) return;
    const { clock } = this.route;
    this.cancelWake = clock.after(ack.atMs - clock.nowMs(), () => {
      this.cancelWake = undefined;
      this.next();
    });
  }

  private transmitted(frame: Frame, bytes: number, startMs: number): void {
    if (this.cut) return;
    this.sending = false;
    this.dequeue();
    this.queuedBytes -= bytes;
    this.travel(frame, bytes, startMs);
    this.handlers.sent(bytes);
    this.next();
  }

  /** The last byte of a frame is out; the first was at `startMs`. */
  private travel(frame: Frame, bytes: number, startMs: number): void {
    const nowMs = this.route.clock.nowMs();
    this.underWayBytes += bytes;
    this.lastArrivalMs = Math.max(this.lastArrivalMs, nowMs + this.route.delayMs(bytes));
    this.handlers.underWay(frame, bytes, this.lastArrivalMs - (nowMs - startMs), this.lastArrivalMs);
  }

  private dequeue(): void {
    this.queueHead++;
    if (this.queueHead < 64 && this.queueHead < this.queue.length) return;
    this.queue.splice(0, this.queueHead);
    this.queueHead = 0;
  }
}
