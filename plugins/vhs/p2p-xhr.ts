import { OriginError } from '../../core/index.ts';
import type { LoadedSegment, LoadProgress, P2PEngine, Segment } from '../../core/index.ts';
import type { AbandonedWork } from './abandoned-work.ts';

/** What a segment request is served with. */
export interface XhrOrder {
  readonly engine: P2PEngine;
  readonly segment: Segment;
  /** What VHS would have given the request, in ms; 0: no timeout. */
  readonly timeoutMs: number;
  /** Makes the page's own XMLHttpRequest. */
  readonly createHost: () => XMLHttpRequest;
  /** Of the same player. */
  readonly abandoned: AbandonedWork;
}

/** How long peers alone may take where VHS sets no timeout; `xhr.js` has the same for want of a better. */
const DEFAULT_TIMEOUT_MS = 45_000;
/** As browsers do (XMLHttpRequest, "processBodyChunk"). */
const PROGRESS_EVERY_MS = 50;

type EventName = 'progress' | 'load' | 'error' | 'abort' | 'timeout' | 'loadend';
const FORWARDED: readonly EventName[] = ['progress', 'load', 'error', 'abort', 'timeout', 'loadend'];

/**
 * Stands in for the XMLHttpRequest of a segment: the engine gets the bytes. What only the origin can
 * answer, a failure above all, is left to a real request, so that VHS sees what it would have seen:
 * it excludes a rendition for a minute after an error, and takes a timeout for a slow line.
 *
 * Timeouts are counted from when the origin is asked: VHS would have asked at once.
 */
export class P2PXhr extends EventTarget {
  onload: ((event: Event) => void) | null = null;
  onerror: ((event: unknown) => void) | null = null;
  onabort: ((event: Event) => void) | null = null;
  ontimeout: ((event: unknown) => void) | null = null;
  onprogress: ((event: Event) => void) | null = null;
  onloadend: ((event: Event) => void) | null = null;
  /** Never called: `@videojs/xhr` takes it for a second `load`. */
  onreadystatechange: (() => void) | null = null;
  responseType: XMLHttpRequestResponseType = '';
  withCredentials = false;
  timeout = 0;

  private request = { method: 'GET', url: '' };
  private headers: [name: string, value: string][] = [];
  private answer: { readonly response: ArrayBuffer; readonly url: string; readonly status: number } | undefined;
  private host: XMLHttpRequest | undefined;
  private abortion: AbortController | undefined;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private originAskedAtMs: number | undefined;
  private startedAtMs: number | undefined;
  private lastProgressAtMs = 0;

  constructor(private readonly order: XhrOrder) {
    super();
  }

  /**
   * Where VHS has the transfer begin, on the clock of `Date.now()`: it divides by the time since
   * (`xhr.js`, `callbackWrapper`; `media-segment-request.js`, `getProgressStats`). While the engine
   * waits for peers it has not begun; in the end it is put where the true rate has it.
   */
  get requestTime(): number {
    return this.startedAtMs ?? this.originAskedAtMs ?? Date.now();
  }

  /** VHS says when it made the request, which is of interest only where the request is a plain one. */
  set requestTime(atMs: number) {
    if (this.host) this.startedAtMs ??= atMs;
  }

  get status(): number {
    return this.host ? this.host.status : (this.answer?.status ?? 0);
  }

  get statusText(): string {
    return this.host?.statusText ?? '';
  }

  get readyState(): number {
    return this.host ? this.host.readyState : this.answer ? XMLHttpRequest.DONE : this.request.url ? XMLHttpRequest.OPENED : XMLHttpRequest.UNSENT;
  }

  get response(): unknown {
    return this.host ? (this.host.response as unknown) : this.answer?.response;
  }

  get responseText(): string {
    return this.host?.responseText ?? '';
  }

  get responseURL(): string {
    return this.host ? this.host.responseURL : (this.answer?.url ?? '');
  }

  /** May be called again for another attempt (`@videojs/xhr`, `retry`). */
  open(method: string, url: string): void {
    this.reset();
    this.request = { method: method.toUpperCase(), url: new URL(url, location.href).href };
  }

  setRequestHeader(name: string, value: string): void {
    this.headers.push([name, value]);
  }

  getAllResponseHeaders(): string {
    return this.host?.getAllResponseHeaders() ?? '';
  }

  getResponseHeader(name: string): string | null {
    return this.host?.getResponseHeader(name) ?? null;
  }

  send(): void {
    if (this.isPlain()) void this.load();
    else this.handOver();
  }

  abort(): void {
    if (this.readyState === XMLHttpRequest.DONE) this.order.abandoned.begin();
    if (this.host) {
      this.host.abort();
      return;
    }
    if (!this.abortion) return;
    this.end();
    this.emit('abort');
    this.emit('loadend');
  }

  /** Whether what the page's hooks made of the request is still a request for this segment. */
  private isPlain(): boolean {
    const { segment: { byteRange, key }, engine } = this.order;
    const range = this.headers.find(([name]) => name.toLowerCase() === 'range')?.[1];
    const expected = byteRange && `bytes=${byteRange.start}-${byteRange.end - 1}`;
    return this.request.method === 'GET' && range === expected && engine.has(key);
  }

  private async load(): Promise<void> {
    const { engine, segment, timeoutMs } = this.order;
    const abortion = (this.abortion = new AbortController());
    this.timer = setTimeout(() => this.handOver(), timeoutMs || DEFAULT_TIMEOUT_MS);
    const ours = <T>(task: (value: T) => void) => (value: T) => {
      // An attempt that was aborted or given up says nothing any more.
      if (this.abortion === abortion) task(value);
    };
    try {
      const loaded = await engine.load(segment.key, {
        signal: abortion.signal,
        onOriginRequest: () => ours(() => this.originRequested())(undefined),
        onProgress: ours((progress: LoadProgress) => this.progress(progress)),
        request: {
          headers: Object.fromEntries(this.headers.filter(([name]) => name.toLowerCase() !== 'range')),
          ...(this.withCredentials ? { credentials: 'include' as const } : {}),
          // Left out where it is the segment's own, so that `config.request.sign` still applies to it.
          ...(this.request.url === segment.url ? {} : { url: this.request.url }),
        },
      });
      ours(() => this.arrive(loaded))(undefined);
    } catch (error) {
      ours(() => this.handOver(error))(undefined);
    }
  }

  private originRequested(): void {
    this.originAskedAtMs ??= Date.now();
    clearTimeout(this.timer);
    const { timeoutMs } = this.order;
    this.timer = timeoutMs > 0 ? setTimeout(() => this.timeOut(), timeoutMs) : undefined;
  }

  /** Tells VHS of the origin only: it aborts when that is too slow (`segment-loader.js`, `earlyAbortWhenNeeded_`). */
  private progress({ loadedBytes, totalBytes = 0 }: LoadProgress): void {
    const nowMs = Date.now();
    if (this.originAskedAtMs === undefined || nowMs - this.lastProgressAtMs < PROGRESS_EVERY_MS) return;
    this.lastProgressAtMs = nowMs;
    this.emit('progress', loadedBytes, totalBytes);
  }

  private arrive(loaded: LoadedSegment): void {
    clearTimeout(this.timer);
    const { leftMs } = this.order.abandoned;
    if (leftMs === 0) this.succeed(loaded);
    else this.timer = setTimeout(() => this.succeed(loaded), leftMs);
  }

  private succeed({ data, url, truth }: LoadedSegment): void {
    this.end();
    this.answer = { response: bufferOf(data), url, status: this.order.segment.byteRange ? 206 : 200 };
    // Above 0, or the rate would be infinite.
    this.startedAtMs = Date.now() - Math.max(1, Math.round(truth.firstByteMs + truth.transferMs));
    this.emit('load', data.byteLength, data.byteLength);
    this.emit('loadend', data.byteLength, data.byteLength);
  }

  /** As `@videojs/xhr` itself tells of a timeout, had its own timer run out. */
  private timeOut(): void {
    this.end();
    this.ontimeout?.(Object.assign(new Error('XMLHttpRequest timeout'), { code: 'ETIMEDOUT' }));
    this.emit('loadend');
  }

  /** Gives the request to the page's own XMLHttpRequest, as if the engine had never been asked. */
  private handOver(because?: unknown): void {
    const remainingMs = this.remainingMs();
    this.end();
    const host = (this.host = this.order.createHost());
    // After a failure of the origin the time that it had is not given anew.
    if (this.order.timeoutMs > 0) this.timer = setTimeout(() => this.hostTimedOut(), because instanceof OriginError ? remainingMs : this.order.timeoutMs);
    this.startedAtMs = this.originAskedAtMs ?? Date.now();
    for (const name of FORWARDED) {
      host.addEventListener(name, ({ loaded, total }) => {
        if (name === 'loadend') clearTimeout(this.timer);
        if (this.host === host) this.emit(name, loaded, total);
      });
    }
    host.open(this.request.method, this.request.url, true);
    host.responseType = this.responseType;
    host.withCredentials = this.withCredentials;
    for (const [name, value] of this.headers) host.setRequestHeader(name, value);
    host.send();
  }

  private hostTimedOut(): void {
    const { host } = this;
    this.host = undefined;
    host?.abort();
    this.timeOut();
  }

  private remainingMs(): number {
    return Math.max(0, this.order.timeoutMs - (Date.now() - (this.originAskedAtMs ?? Date.now())));
  }

  private end(): void {
    clearTimeout(this.timer);
    const { abortion } = this;
    this.abortion = undefined;
    abortion?.abort();
  }

  private reset(): void {
    this.end();
    this.headers = [];
    this.answer = this.host = this.originAskedAtMs = this.startedAtMs = undefined;
  }

  private emit(name: EventName, loaded = 0, total = 0): void {
    const event = new ProgressEvent(name, { lengthComputable: total > 0, loaded, total });
    this[`on${name}`]?.(event);
    this.dispatchEvent(event);
  }
}

/** VHS hands the buffer to a worker: it must hold the segment and nothing else. */
function bufferOf(data: Uint8Array<ArrayBuffer>): ArrayBuffer {
  return data.byteLength === data.buffer.byteLength
    ? data.buffer
    : data.buffer.slice(data.byteOffset, data.byteOffset + data.byteLength);
}
