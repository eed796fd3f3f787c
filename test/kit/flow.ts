import type { Clock } from '../../core/ports/index.ts';
import type { Downlink } from './downlink.ts';
import type { Uplink } from './uplink.ts';

export interface Route {
  readonly clock: Clock;
  readonly uplink: Uplink;
  readonly downlink: Downlink;
  /** One way, for a frame of so many bytes: may differ from frame to frame, frames stay in order all the same. */
  delayMs(bytes: number): number;
  /** The most bytes under way and not yet delivered: a transport's window, which keeps a congested downlink from being flooded. */
  readonly windowBytes: number;
}

/**
 * What fits into one packet slips in between the packets of others, where its own flow has nothing
 * before it. Most frames are so short: an event for the sending of each would be half of all events.
 */
const ONE_PACKET_BYTES = 1150;

export interface FlowHandlers<Frame> {
  /** A frame has left the uplink. */
  sent(bytes: number): void;
  delivered(frame: Frame): void;
}

/** Frames that go one way between two hosts, in order, one at a time. */
export class Flow<Frame> {
  /** Bytes given to `send` and not yet out; a frame counts until its last byte is. */
  queuedBytes = 0;
  private readonly route: Route;
  private readonly handlers: FlowHandlers<Frame>;
  private readonly queue: { readonly frame: Frame; readonly bytes: number }[] = [];
  private queueHead = 0;
  private underWayBytes = 0;
  private lastArrivalMs = 0;
  private sending = false;
  private cut = false;

  constructor(route: Route, handlers: FlowHandlers<Frame>) {
    this.route = route;
    this.handlers = handlers;
  }

  /** @param bytes how long the frame is; it is passed on by reference. */
  send(frame: Frame, bytes: number): void {
    if (bytes <= ONE_PACKET_BYTES && this.queue.length === 0 && this.underWayBytes + bytes <= this.route.windowBytes) {
      this.route.uplink.slip(bytes);
      this.travel(frame, bytes, this.route.clock.nowMs());
      this.handlers.sent(bytes);
      return;
    }
    this.queue.push({ frame, bytes });
    this.queuedBytes += bytes;
    this.next();
  }

  /** Drops what is queued; the frame that is being sent, and those under way, still arrive. */
  dropQueued(): void {
    while (this.queue.length > this.queueHead + (this.sending ? 1 : 0)) this.queuedBytes -= this.queue.pop()?.bytes ?? 0;
  }

  /** Nothing is sent or delivered any more, and no handler called. */
  sever(): void {
    this.cut = true;
    this.queue.length = 0;
    this.queueHead = 0;
    this.queuedBytes = 0;
  }

  /** Nobody acknowledges any more: the window fills up, and then nothing moves. */
  stall(): void {
    this.underWayBytes = Infinity;
  }

  private next(): void {
    const { route } = this;
    const item = this.queue[this.queueHead];
    // A frame longer than the window goes alone.
    if (item === undefined || this.sending || (this.underWayBytes > 0 && this.underWayBytes + item.bytes > route.windowBytes)) return;
    this.sending = true;
    const startMs = route.clock.nowMs();
    route.uplink.send(item.bytes, () => this.transmitted(item.frame, item.bytes, startMs));
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
    const { clock, downlink } = this.route;
    const nowMs = clock.nowMs();
    this.underWayBytes += bytes;
    this.lastArrivalMs = Math.max(this.lastArrivalMs, nowMs + this.route.delayMs(bytes));
    const firstByteMs = this.lastArrivalMs - (nowMs - startMs);
    const through = (): void => this.delivered(frame, bytes);
    clock.after(this.lastArrivalMs - nowMs, () => {
      if (!this.cut) downlink.receive(bytes, firstByteMs, through);
    });
  }

  private delivered(frame: Frame, bytes: number): void {
    if (this.cut) return;
    this.underWayBytes -= bytes;
    this.handlers.delivered(frame);
    // The acknowledgement takes its time only where somebody waits for it: most frames need no event for it.
    if (!this.sending && this.queue.length > this.queueHead) this.route.clock.after(this.route.delayMs(0), () => this.next());
  }

  private dequeue(): void {
    this.queueHead++;
    if (this.queueHead < 64 && this.queueHead < this.queue.length) return;
    this.queue.splice(0, this.queueHead);
    this.queueHead = 0;
  }
}
