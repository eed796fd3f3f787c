import type { LoaderStats } from 'hls.js';
import { rateBps, timesEndingAt } from '../bridge/index.ts';
import type { TransferTruth } from '../../core/index.ts';

/**
 * What hls.js's bandwidth estimator reads, told so that it sees the rate which this viewer can
 * sustain (hls.js 1.5 to 1.7, `abr-controller.ts`):
 * - `onFragLoaded` samples `loading.first - loading.start` as the time to the first byte;
 * - `onFragBuffered` divides `loaded` by the time from `loading.start` on, less that first wait;
 * - `_abandonRulesCheck`, ten times a second while loading, does the same with what has come so far,
 *   once more than half the segment's duration has passed since `loading.start`.
 *
 * hls.js holds on to the object: it is changed, never replaced (`fragment-loader.ts`).
 */

/**
 * Holds the start of loading at "now". While the engine waits for peers out of buffer slack, the
 * origin has not been asked, and nothing has been learned that would justify a switch down.
 */
export function holdLoadingStart(stats: LoaderStats): void {
  Object.defineProperty(stats.loading, 'start', {
    configurable: true,
    enumerable: true,
    get: () => performance.now(),
  });
}

/** Ends the hold: loading started at `startMs`; 0 where it has not. */
export function setLoadingStart(stats: LoaderStats, startMs: number): void {
  Object.defineProperty(stats.loading, 'start', {
    configurable: true,
    enumerable: true,
    writable: true,
    value: startMs,
  });
}

/** Back to what a loader has before its first request, for the host's own loader to use. */
export function resetStats(stats: LoaderStats): void {
  setLoadingStart(stats, 0);
  stats.loading.first = stats.loading.end = 0;
  stats.loaded = stats.total = 0;
  stats.aborted = false;
}

export function completeStats(stats: LoaderStats, bytes: number, truth: TransferTruth): void {
  const { startMs, firstByteMs, endMs } = timesEndingAt(performance.now(), truth);
  setLoadingStart(stats, startMs);
  stats.loading.first = firstByteMs;
  stats.loading.end = endMs;
  stats.loaded = stats.total = bytes;
  stats.bwEstimate = rateBps(bytes, truth);
}
