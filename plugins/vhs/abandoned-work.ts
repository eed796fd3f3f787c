/** As long as a far server takes to answer: VHS's worker needs less for what it has begun, but on a busy machine. */
const WORK_MS = 200;

/**
 * VHS tells what its worker says by the kind of work, not by the segment (`segment-transmuxer.js`,
 * `workerCallback`). Where it gives up a segment that the worker has begun, as at a seek, and the next
 * one is there before the worker is done, it takes the bytes of one for those of the other, fails with
 * "detached ArrayBuffer", and never loads again. A network hardly ever answers that fast; the cache and
 * peers do. So after a segment that was given up the next answer comes no sooner than from a network.
 */
export class AbandonedWork {
  private doneAtMs = 0;

  begin(): void {
    this.doneAtMs = performance.now() + WORK_MS;
  }

  /** How long the worker may still be at it, in ms. */
  get leftMs(): number {
    return Math.max(0, this.doneAtMs - performance.now());
  }
}
