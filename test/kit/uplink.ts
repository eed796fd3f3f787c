import type { Clock } from '../../core/ports/index.ts';
import { MinHeap } from './min-heap.ts';

/** A transmission under way. */
interface Sending {
  readonly bytes: number;
  readonly done: () => void;
}

/** Faster than this counts as this: Infinity has no finite multiples. */
const MAX_BYTES_PER_MS = 1e9;

/** Transmissions that end within this of each other end together: rounding must not cost events. */
const SAME_INSTANT_MS = 1e-6;

/**
 * What leaves a host. All that is under way shares the rate equally, byte by byte, as the packets of
 * several connections do (generalised processor sharing: Parekh and Gallager, 1993). Only ends of
 * transmissions are events: a counter of bytes served per sender orders them, however many senders
 * come and go meanwhile.
 */
export class Uplink {
  /** Bytes of all that is out. */
  carriedBytes = 0;
  private readonly clock: Clock;
  private readonly bytesPerMs: number;
  /** By how many bytes are served per sender when they are out. */
  private readonly sendings = new MinHeap<Sending>();
  private servedBytes = 0;
  private servedAtMs = 0;
  private timerAtMs = Infinity;
  private cancelTimer: (() => void) | undefined;

  /** @param rateBps bit/s, above 0; Infinity is as good as none. */
  constructor(clock: Clock, rateBps: number) {
    if (!(rateBps > 0)) throw new RangeError(`a rate of ${rateBps} bit/s`);
    this.clock = clock;
    this.bytesPerMs = Math.min(rateBps / 8000, MAX_BYTES_PER_MS);
  }

  /** Sends `bytes`, together with all else that is being sent; calls `done` (never at once) when they are out. */
  send(bytes: number, done: () => void): void {
    this.catchUp();
    this.sendings.push(this.servedBytes + bytes, { bytes, done });
    this.schedule();
  }

  /** So few bytes that they are out at once: their time is taken from what is being sent. */
  slip(bytes: number): void {
    this.catchUp();
    this.carriedBytes += bytes;
    // The timer is early then, finds nothing out, and is set anew.
    if (this.sendings.size > 0) this.servedBytes -= bytes / this.sendings.size;
  }

  private catchUp(): void {
    const nowMs = this.clock.nowMs();
    if (this.sendings.size > 0) this.servedBytes += ((nowMs - this.servedAtMs) * this.bytesPerMs) / this.sendings.size;
    // Small numbers are exact numbers.
    else this.servedBytes = 0;
    this.servedAtMs = nowMs;
  }

  private untilFirstMs(): number {
    if (this.sendings.size === 0) return Infinity;
    return Math.max(0, ((this.sendings.lowestRank - this.servedBytes) * this.sendings.size) / this.bytesPerMs);
  }

  /** A timer that is early is left alone: it finds nothing out and sets itself anew. */
  private schedule(): void {
    const waitMs = this.untilFirstMs();
    if (waitMs === Infinity || this.servedAtMs + waitMs >= this.timerAtMs) return;
    this.cancelTimer?.();
    this.timerAtMs = this.servedAtMs + waitMs;
    this.cancelTimer = this.clock.after(waitMs, () => this.finish());
  }

  private finish(): void {
    // What `done` sends is scheduled together with the rest, below.
    this.timerAtMs = -Infinity;
    this.catchUp();
    while (this.untilFirstMs() <= SAME_INSTANT_MS) {
      const sending = this.sendings.pop();
      this.carriedBytes += sending?.bytes ?? 0;
      sending?.done();
    }
    this.timerAtMs = Infinity;
    this.cancelTimer = undefined;
    this.schedule();
  }
}
