import type {
  FragmentLoaderContext, HlsConfig, LoaderCallbacks, LoaderConfiguration, LoaderStats,
} from 'hls.js';
import { OriginError } from '../../core/index.ts';
import type { LoadedSegment, LoadOptions, LoadProgress, Segment } from '../../core/index.ts';
import type { HlsBinding } from './binding.ts';
import { recordHostRequest } from './host-request.ts';
import { completeStats, holdLoadingStart, resetStats, setLoadingStart } from './load-stats.ts';

/** One call of hls.js's `Loader.load`, as the engine is to serve it. */
export interface TransferOrder {
  readonly binding: HlsBinding;
  readonly hlsConfig: HlsConfig;
  readonly context: FragmentLoaderContext;
  readonly loaderConfig: LoaderConfiguration;
  readonly callbacks: LoaderCallbacks<FragmentLoaderContext>;
  readonly stats: LoaderStats;
  /** Gives the request to the host's own loader, as if the engine had never been asked. */
  readonly handOver: () => void;
}

/**
 * One fragment on its way through the engine. It settles exactly once: success, error, timeout, abort,
 * or handed over to the host's own loader; after `destroy` it says nothing more.
 *
 * Timeouts are those of hls.js (`fragLoadPolicy`), counted from when the origin is asked: plain hls.js
 * would have asked at once, and must not see an error here that it would not have seen there.
 */
export class Transfer {
  private readonly abortion = new AbortController();
  private settled = false;
  private originAsked = false;
  private firstByteTimer: ReturnType<typeof setTimeout> | undefined;
  private loadTimer: ReturnType<typeof setTimeout> | undefined;

  constructor(private readonly order: TransferOrder) {
    holdLoadingStart(order.stats);
    void this.run();
  }

  abort(): void {
    if (!this.settle()) return;
    const { callbacks, context, stats } = this.order;
    this.cancel();
    stats.aborted = true;
    callbacks.onAbort?.(stats, context, null);
  }

  destroy(): void {
    if (this.settle()) this.cancel();
  }

  private async run(): Promise<void> {
    const { binding, context, hlsConfig, loaderConfig } = this.order;
    const { engine } = binding;
    let loaded: LoadedSegment;
    try {
      const request = await recordHostRequest(hlsConfig, binding.transport, context);
      if (this.settled) return;
      // Looked up only now: hls.js 1.5 starts the first audio fragment before it tells its listeners of the playlist.
      const segment = binding.segmentOf(context.frag);
      if (!segment || !matches(segment, context) || !engine.has(segment.key)) {
        this.handOver();
        return;
      }
      // Peers alone may take as long as all of a plain load, and no longer.
      this.loadTimer = startTimer(loaderConfig.loadPolicy.maxLoadTimeMs, () => this.handOver());
      loaded = await engine.load(segment.key, {
        signal: this.abortion.signal,
        onProgress: (progress) => this.progress(progress),
        onOriginRequest: () => this.originRequested(),
        request: requestFor(segment, request),
      });
    } catch (error) {
      this.fail(error);
      return;
    }
    this.succeed(loaded);
  }

  private originRequested(): void {
    if (this.settled || this.originAsked) return;
    this.originAsked = true;
    const { stats, loaderConfig } = this.order;
    const { maxTimeToFirstByteMs, maxLoadTimeMs } = loaderConfig.loadPolicy;
    const nowMs = performance.now();
    setLoadingStart(stats, nowMs);
    if (stats.loaded > 0) stats.loading.first = nowMs;
    clearTimeout(this.loadTimer);
    this.loadTimer = startTimer(maxLoadTimeMs, () => this.timeOut(maxLoadTimeMs));
    this.firstByteTimer = startTimer(maxTimeToFirstByteMs, () => this.timeOut(maxTimeToFirstByteMs));
  }

  private progress({ loadedBytes, totalBytes }: LoadProgress): void {
    if (this.settled) return;
    const { stats } = this.order;
    clearTimeout(this.firstByteTimer);
    if (stats.loading.first === 0) stats.loading.first = performance.now();
    stats.loaded = loadedBytes;
    // hls.js takes `loaded === total` for the end (`_abandonRulesCheck`), and 0 for an unknown total.
    stats.total = totalBytes ?? 0;
  }

  private succeed(loaded: LoadedSegment): void {
    if (!this.settle()) return;
    const { callbacks, context, stats } = this.order;
    const data = bufferOf(loaded.data);
    completeStats(stats, data.byteLength, loaded.truth);
    // Given only when hls.js plays progressively, or by 1.5 always: as its XHR loader does, whole and once.
    callbacks.onProgress?.(stats, context, data, null);
    callbacks.onSuccess({ url: loaded.url, data, code: context.rangeEnd ? 206 : 200 }, stats, context, null);
  }

  private fail(error: unknown): void {
    if (this.settled) return;
    if (!(error instanceof OriginError)) {
      // Not the origin's fault, so plain hls.js would not have failed: a setup that cannot be recorded,
      // a segment that left the list meanwhile, an engine that was destroyed.
      this.order.binding.report(error);
      this.handOver();
      return;
    }
    if (!this.settle()) return;
    const { callbacks, context, stats } = this.order;
    setLoadingStart(stats, stats.loading.start);
    // An XMLHttpRequest reports status 0 both for a broken connection and for a body cut short.
    const code = error.kind === 'status' ? error.status : 0;
    callbacks.onError({ code, text: error.statusText }, context, null, stats);
  }

  private timeOut(afterMs: number): void {
    if (!this.settle()) return;
    const { callbacks, context, loaderConfig, stats } = this.order;
    this.cancel();
    stats.aborted = true;
    // hls.js words its error with this (`fragment-loader.ts`, `onTimeout`).
    loaderConfig.timeout = afterMs;
    callbacks.onTimeout(stats, context, null);
  }

  private handOver(): void {
    if (!this.settle()) return;
    this.cancel();
    resetStats(this.order.stats);
    this.order.handOver();
  }

  /** @returns whether this call is the one that settles. */
  private settle(): boolean {
    if (this.settled) return false;
    this.settled = true;
    clearTimeout(this.firstByteTimer);
    clearTimeout(this.loadTimer);
    return true;
  }

  /** Takes the engine's request back and lets go of the clock. */
  private cancel(): void {
    const { stats } = this.order;
    setLoadingStart(stats, stats.loading.start);
    this.abortion.abort();
  }
}

/** @returns whether hls.js asks for exactly the bytes that the playlist lists. */
function matches(segment: Segment, { rangeStart, rangeEnd }: FragmentLoaderContext): boolean {
  if (!rangeEnd) return segment.byteRange === undefined;
  return segment.byteRange?.start === rangeStart && segment.byteRange?.end === rangeEnd;
}

/** Leaves out an URL that is the segment's own, so that `config.request.sign` still applies to it. */
function requestFor(
  segment: Segment,
  { url, ...rest }: NonNullable<LoadOptions['request']>,
): NonNullable<LoadOptions['request']> {
  return url === undefined || url === segment.url ? rest : { ...rest, url };
}

function startTimer(afterMs: number, task: () => void): ReturnType<typeof setTimeout> | undefined {
  // hls.js: 0 and Infinity mean no such timeout.
  return afterMs > 0 && Number.isFinite(afterMs) ? setTimeout(task, afterMs) : undefined;
}

/** hls.js wants an ArrayBuffer that holds the segment and nothing else. */
function bufferOf(data: Uint8Array<ArrayBuffer>): ArrayBuffer {
  return data.byteLength === data.buffer.byteLength
    ? data.buffer
    : data.buffer.slice(data.byteOffset, data.byteOffset + data.byteLength);
}
