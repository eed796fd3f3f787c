import type { Clock } from '../../core/ports/index.ts';

/** So short a wait on a free line, a message's, is none: it would cost each an event of its own. */
const AT_ONCE_MS = 0.25;

/**
 * What reaches a host: first come, first served. Bytes trickle in while their sender sends them, so
 * an idle downlink delays only what was sent faster than it is; a busy one, all until it has had the
 * time for what came before.
 */
export class Downlink {
  /** Bytes of all that has arrived. */
  carriedBytes = 0;
  private readonly clock: Clock;
  private readonly bytesPerMs: number;
  private freeAtMs = 0;

  /** @param rateBps bit/s, above 0. */
  constructor(clock: Clock, rateBps: number) {
    if (!(rateBps > 0)) throw new RangeError(`a rate of ${rateBps} bit/s`);
    this.clock = clock;
    this.bytesPerMs = rateBps / 8000;
  }

  /**
   * To be called when the last of `bytes` is there; calls `through`, at once where nothing is in the way.
   * @param firstByteMs when the first of them was there.
   */
  receive(bytes: number, firstByteMs: number, through: () => void): void {
    const nowMs = this.clock.nowMs();
    this.carriedBytes += bytes;
    const wasFree = this.freeAtMs <= nowMs;
    this.freeAtMs = Math.max(Math.max(this.freeAtMs, firstByteMs) + bytes / this.bytesPerMs, nowMs);
    const waitMs = this.freeAtMs - nowMs;
    // Behind others it waits however short that is: what one sends another stays in order.
    if (waitMs > (wasFree ? AT_ONCE_MS : 0)) this.clock.after(waitMs, through);
    else through();
  }
}
