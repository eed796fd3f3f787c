import { OriginError } from '../../core/index.ts';
import type { LoadedSegment, LoadProgress, P2PEngine, Segment } from '../../core/index.ts';
import type { AbortableOperation, Shaka, ShakaResponse } from './host.ts';
import { TransferReport } from './report.ts';
import type { Delivery } from './schemes.ts';

/** What one segment request is served with. */
export interface TransferOrder {
  readonly shaka: Shaka;
  readonly engine: P2PEngine;
  readonly segment: Segment;
  readonly delivery: Delivery;
}

/** How long peers alone may take where Shaka is configured without a timeout; its own default. */
const DEFAULT_TIMEOUT_MS = 30_000;

/** Gets a segment through the engine, as a network plugin of Shaka (`net/http_fetch_plugin.js`) would get it. */
export function transferSegment(order: TransferOrder): AbortableOperation {
  const transfer = new Transfer(order);
  return new order.shaka.util.AbortableOperation(transfer.promise, () => transfer.abort());
}

/**
 * One segment on its way through the engine: it settles once, or is handed over to Shaka's own plugin.
 *
 * Timeouts are those of Shaka, counted from when the origin is asked: plain Shaka would have asked at
 * once, and must not see an error here that it would not have seen there.
 */
class Transfer {
  readonly promise: Promise<ShakaResponse>;
  private readonly abortion = new AbortController();
  private readonly report: TransferReport;
  private readonly timers: ReturnType<typeof setTimeout>[] = [];
  private handedOver: AbortableOperation | undefined;
  private settled = false;
  private resolve!: (response: ShakaResponse | Promise<ShakaResponse>) => void;
  private reject!: (error: Error) => void;

  constructor(private readonly order: TransferOrder) {
    this.promise = new Promise((resolve, reject) => {
      this.resolve = resolve;
      this.reject = reject;
    });
    const { progressUpdated, request } = order.delivery;
    this.report = new TransferReport(progressUpdated, request.retryParameters);
    this.after(request.retryParameters.timeout || DEFAULT_TIMEOUT_MS, () => this.handOver());
    void this.run();
  }

  async abort(): Promise<void> {
    if (this.settle()) {
      this.abortion.abort();
      this.reject(this.networkError(this.order.shaka.util.Error.Code.OPERATION_ABORTED, this.order.delivery.type));
    }
    await this.handedOver?.abort();
  }

  private async run(): Promise<void> {
    const { engine, segment, delivery } = this.order;
    try {
      const loaded = await engine.load(segment.key, {
        signal: this.abortion.signal,
        onOriginRequest: () => this.originRequested(),
        onProgress: (progress) => this.progress(progress),
        request: {
          headers: withoutRange(delivery.request.headers),
          // Shaka leaves both to their defaults where it does not say otherwise; then the configuration may.
          ...(delivery.request.allowCrossSiteCredentials ? { credentials: 'include' as const } : {}),
          // Left out where it is the segment's own, so that `config.request.sign` still applies to it.
          ...(delivery.uri === segment.url ? {} : { url: delivery.uri }),
        },
      });
      this.succeed(loaded);
    } catch (error) {
      if (error instanceof OriginError) this.fail(error);
      // Not the origin's fault, so plain Shaka would not have failed: a segment that left the list, a destroyed engine.
      else this.handOver();
    }
  }

  private originRequested(): void {
    if (this.settled) return;
    this.clearTimers();
    const { timeout, connectionTimeout } = this.order.delivery.request.retryParameters;
    this.report.originRequested();
    if (timeout) this.after(timeout, () => this.timeOut());
    // From the first byte on Shaka's own timer for stalls is at work, set off by the report of progress.
    if (connectionTimeout) {
      this.after(connectionTimeout, () => {
        if (this.report.awaitsFirstByte) this.timeOut();
      });
    }
  }

  private progress(progress: LoadProgress): void {
    if (!this.settled) this.report.progress(progress);
  }

  private succeed(loaded: LoadedSegment): void {
    if (this.settled) return;
    const { uri, request } = this.order.delivery;
    // Before settling: what Shaka is told of progress afterwards would set off its timer for stalls again.
    const timeMs = this.report.complete(loaded.data.byteLength, loaded.truth);
    this.settle();
    this.resolve({
      uri: loaded.url,
      originalUri: uri,
      data: loaded.data,
      headers: {},
      status: this.order.segment.byteRange ? 206 : 200,
      originalRequest: request,
      timeMs,
      fromCache: false,
    });
  }

  private fail(error: OriginError): void {
    if (!this.settle()) return;
    const { shaka, delivery } = this.order;
    const { Code } = shaka.util.Error;
    // The data as `net/http_plugin_utils.js` and `net/http_fetch_plugin.js` have it; a body is not kept.
    this.reject(
      error.kind === 'status'
        ? this.networkError(Code.BAD_HTTP_STATUS, error.status, '', {}, delivery.type, error.url)
        : this.networkError(Code.HTTP_ERROR, error, delivery.type),
    );
  }

  private timeOut(): void {
    if (!this.settle()) return;
    this.abortion.abort();
    const { shaka, delivery } = this.order;
    this.reject(this.networkError(shaka.util.Error.Code.TIMEOUT, delivery.type));
  }

  private handOver(): void {
    if (!this.settle()) return;
    this.abortion.abort();
    this.handedOver = this.order.delivery.host();
    this.resolve(this.handedOver.promise);
  }

  private networkError(code: number, ...data: unknown[]): Error {
    const { Error, Error: { Severity, Category } } = this.order.shaka.util;
    return new Error(Severity.RECOVERABLE, Category.NETWORK, code, this.order.delivery.uri, ...data);
  }

  /** @returns whether this call is the one that settles. */
  private settle(): boolean {
    if (this.settled) return false;
    this.settled = true;
    this.clearTimers();
    this.report.end();
    return true;
  }

  private after(delayMs: number, task: () => void): void {
    this.timers.push(setTimeout(task, delayMs));
  }

  private clearTimers(): void {
    for (const timer of this.timers.splice(0)) clearTimeout(timer);
  }
}

/** The engine asks for ranges of its own choice. */
function withoutRange(headers: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).filter(([name]) => name.toLowerCase() !== 'range'));
}
