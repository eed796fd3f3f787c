// Rate limits for the origin, in bit/s. One bucket is shared by all connections, or each has its own.
import { setTimeout as sleep } from 'node:timers/promises';

/** How much may go out at once: 20 ms worth, so that connections that share a bucket take turns. */
const burstOf = (bitsPerSecond) => Math.max(1500, bitsPerSecond / 8 / 50);

export class Bucket {
  #bitsPerSecond;
  #freeAt = 0;

  /** @param {number} bitsPerSecond Infinity for no limit. */
  constructor(bitsPerSecond = Infinity) {
    this.#bitsPerSecond = bitsPerSecond;
  }

  set rate(bitsPerSecond) {
    this.#bitsPerSecond = bitsPerSecond;
    this.#freeAt = 0;
  }

  /** The largest chunk to ask for at a time. */
  get chunk() {
    return this.#bitsPerSecond === Infinity ? Infinity : Math.ceil(burstOf(this.#bitsPerSecond));
  }

  /** Resolves when `bytes` may be sent. First come, first served. */
  async take(bytes) {
    if (this.#bitsPerSecond === Infinity) return;
    const now = performance.now();
    const start = Math.max(now, this.#freeAt);
    this.#freeAt = start + (bytes * 8000) / this.#bitsPerSecond;
    if (start > now) await sleep(start - now);
  }
}
