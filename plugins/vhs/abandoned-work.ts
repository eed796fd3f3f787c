/** As long as a far server takes to answer: VHS's worker needs less for what it has begun, but on a busy machine. */
const WORK_MS = 200;

/**
 * VHS tells what its worker says by the kind of work, not by the segment (`segment-transmuxer.js`,
 * `workerCallback`). Where it gives up a segment that the worker has begun, as at a seek, and the next
 * one is there before the worker is done, it takes the bytes of one for those of the other, fails with
 * "detached ArrayBuffer", and never loads again. A network hardly ever answers that fast; the cache and
 * peers do. So after a segment that was given up the next answer comes no sooner than from a network.
 *
 * A time, for want of an event: of work whose segment was given up VHS tells nobody that it is done
 * (`segment-loader.js`, `segmentRequestFinished_`), and the worker is its own. What is left of it, one more
 * in `vhs.stats.mediaRequests`, may as well be a segment of the sound that was not given up.
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
