import type { LoadProgress, TransferTruth } from '../../core/index.ts';
import type { ProgressUpdated, RetryParameters } from './host.ts';

/** How often Shaka's own plugin reports at most (`net/http_fetch_plugin.js`). */
const REPORT_EVERY_MS = 100;
/** How often Shaka is told that a request is alive, unless its timeouts are shorter. */
const ALIVE_EVERY_MS = 1000;

/**
 * What Shaka is told while a segment is on its way (`net/networking_engine.js`, `progressUpdated`):
 * - its timers: `connectionTimeout` runs until the first report, `stallTimeout` from one report to the
 *   next. While nothing is wrong with the origin, a report of no bytes in no time keeps them quiet;
 * - its bandwidth estimator (`abr/simple_abr_manager.js`), to which each report is a sample. All
 *   reports of a segment add up to its bytes in the time that they truly took: a slow origin is seen
 *   as it happens, while peers' bytes are counted at the end, without the wait for them.
 *   (`cacheLoadThreshold` has it pass over the reports of no bytes.)
 * - what remains, by which a switch of quality decides whether to abort (`media/streaming_engine.js`).
 */
export class TransferReport {
  private loadedBytes = 0;
  private remainingBytes = 0;
  private reportedBytes = 0;
  private moved = false;
  /** Since the origin was asked. */
  private lastReport: { readonly atMs: number; readonly loadedBytes: number } | undefined;
  private alive: ReturnType<typeof setInterval> | undefined;

  constructor(
    private readonly progressUpdated: ProgressUpdated,
    { connectionTimeout, stallTimeout }: RetryParameters,
  ) {
    const shortestMs = Math.min(connectionTimeout || Infinity, stallTimeout || Infinity);
    this.alive = setInterval(() => this.stayAlive(), Math.min(ALIVE_EVERY_MS, shortestMs / 2));
  }

  /** The origin has been asked, and nothing has come in since. */
  get awaitsFirstByte(): boolean {
    return this.lastReport !== undefined && !this.moved;
  }

  originRequested(): void {
    this.lastReport ??= { atMs: performance.now(), loadedBytes: this.loadedBytes };
  }

  progress({ loadedBytes, totalBytes }: LoadProgress): void {
    this.loadedBytes = loadedBytes;
    this.remainingBytes = Math.max(0, (totalBytes ?? 0) - loadedBytes);
    const { lastReport } = this;
    if (!lastReport) return;
    this.moved = true;
    // From here on it is for the origin to keep Shaka's timer for stalls quiet, as it is without P2P.
    this.end();
    const atMs = performance.now();
    if (atMs - lastReport.atMs < REPORT_EVERY_MS) return;
    const bytes = loadedBytes - lastReport.loadedBytes;
    this.reportedBytes += bytes;
    this.lastReport = { atMs, loadedBytes };
    this.progressUpdated(atMs - lastReport.atMs, bytes, this.remainingBytes);
  }

  /** Reports the rest. @returns how long the transfer is to be taken to have lasted, in ms, from request to last byte. */
  complete(bytes: number, { firstByteMs, transferMs }: TransferTruth): number {
    const timeMs = firstByteMs + transferMs;
    const restBytes = Math.max(0, bytes - this.reportedBytes);
    this.progressUpdated((timeMs * restBytes) / bytes, restBytes, 0);
    return timeMs;
  }

  /** Nothing is reported any more, but what is called for. */
  end(): void {
    clearInterval(this.alive);
    this.alive = undefined;
  }

  private stayAlive(): void {
    this.progressUpdated(0, 0, this.remainingBytes);
  }
}
