import type { Effect, EngineEvent } from '../engine/index.ts';
import { MAX_SEGMENT_BYTES, OriginError } from '../model/index.ts';
import type { FetchId, LoadOptions, RequestConfig, Segment, SegmentKey } from '../model/index.ts';
import type { Http, HttpHandlers, HttpHead } from '../ports/index.ts';
import type { BytesOf } from './loop.ts';
import { joined, PieceCutter } from './piece-cutter.ts';

type FetchEffect = Extract<Effect, { type: 'fetch' }>;

/** Performs the engine's fetches: builds the request, cuts the body into pieces, checks lengths. */
export class OriginFetcher {
  private readonly open = new Map<FetchId, { abort(): void }>();

  constructor(
    private readonly http: Http,
    private readonly config: () => RequestConfig,
    /** How the player itself would ask for the segment, where it says so. */
    private readonly asPlayer: (segment: SegmentKey) => LoadOptions['request'],
    private readonly dispatch: (event: EngineEvent, bytesOf?: BytesOf) => void,
    private readonly answeredBy: (segment: SegmentKey, url: string) => void,
  ) {}

  start(effect: FetchEffect, segment: Segment): void {
    const request = this.asPlayer(segment.key);
    const url = request?.url ?? segment.url;
    const sign = this.config().sign;
    if (!sign) {
      this.send(effect, segment, url);
      return;
    }
    let aborted = false;
    this.open.set(effect.fetch, { abort: () => (aborted = true) });
    Promise.resolve()
      .then(() => sign(url))
      .then(
        (signed) => {
          if (!aborted) this.send(effect, segment, signed);
        },
        (reason: unknown) => {
          if (aborted) return;
          this.open.delete(effect.fetch);
          this.fail(effect, new OriginError('network', url, 0, `request.sign failed: ${String(reason)}`));
        },
      );
  }

  abort(fetch: FetchId): void {
    this.open.get(fetch)?.abort();
    this.open.delete(fetch);
  }

  abortAll(): void {
    for (const fetch of [...this.open.keys()]) this.abort(fetch);
  }

  private send(effect: FetchEffect, segment: Segment, url: string): void {
    const own = this.config();
    const player = this.asPlayer(segment.key);
    const offset = segment.byteRange?.start ?? 0;
    const startByte = offset + effect.startByte;
    const endByte = Math.min(offset + effect.endByte, segment.byteRange?.end ?? Infinity);
    const ranged = startByte > 0 || endByte !== Infinity;
    const body = new Body(effect, segment, this.dispatch, () => this.abort(effect.fetch));
    const handlers: HttpHandlers = {
      head: (head) => {
        this.answeredBy(segment.key, head.url);
        body.head(head, ranged);
      },
      bytes: (chunk) => body.bytes(chunk),
      done: () => {
        this.open.delete(effect.fetch);
        body.done();
      },
      failed: (error) => {
        this.open.delete(effect.fetch);
        body.isOver = true;
        this.fail(effect, error);
      },
    };
    const request = this.http.get(
      {
        url,
        range: ranged ? { start: startByte, end: endByte } : undefined,
        headers: { ...own.headers, ...player?.headers },
        credentials: player?.credentials ?? own.credentials ?? 'same-origin',
      },
      handlers,
    );
    if (!body.isOver) this.open.set(effect.fetch, request);
  }

  private fail(effect: FetchEffect, error: OriginError): void {
    this.dispatch({ type: 'fetchFailed', fetch: effect.fetch, segment: effect.segment, error });
  }
}

/** The body of one answer, as events. */
class Body {
  isOver = false;
  private cutter: PieceCutter | undefined;
  /** Chunks of a body whose length the headers do not state. */
  private unmeasured: { chunks: Uint8Array[]; bytes: number } | undefined;
  /** Where in the resource the next byte lies. */
  private position = 0;
  /** The segment's length, once it is known. */
  private sizeBytes = 0;
  private url = '';
  private rangeRefused = false;

  constructor(
    private readonly effect: FetchEffect,
    private readonly segment: Segment,
    private readonly dispatch: (event: EngineEvent, bytesOf?: BytesOf) => void,
    private readonly abort: () => void,
  ) {}

  head(head: HttpHead, ranged: boolean): void {
    this.url = head.url;
    this.position = head.bodyStart;
    this.rangeRefused = ranged && head.status !== 206;
    const { byteRange } = this.segment;
    // The answer to a request for a part need not tell the whole's length, or may not be seen to (CORS).
    const known = head.status === 206 && this.effect.endByte !== Infinity ? this.effect.sizeBytes : undefined;
    const sizeBytes = byteRange ? byteRange.end - byteRange.start : (head.resourceBytes ?? known);
    if (sizeBytes === undefined) this.unmeasured = { chunks: [], bytes: 0 };
    else this.begin(sizeBytes);
  }

  bytes(chunk: Uint8Array): void {
    if (this.isOver) return;
    if (this.unmeasured) {
      this.unmeasured.chunks.push(chunk);
      this.unmeasured.bytes += chunk.length;
      if (this.unmeasured.bytes > MAX_SEGMENT_BYTES) this.refuse('is larger than the engine handles');
      return;
    }
    // A whole resource came for a byte range: what lies before the segment is passed over.
    const before = Math.max(0, this.offset - this.position);
    this.position += chunk.length;
    if (before < chunk.length) this.cut(before > 0 ? chunk.subarray(before) : chunk);
    // And what lies after it is not waited for.
    if (!this.isOver && this.position > this.offset + this.sizeBytes) {
      this.abort();
      this.finish();
    }
  }

  done(): void {
    if (this.isOver) return;
    if (this.unmeasured) {
      const { chunks, bytes } = this.unmeasured;
      this.unmeasured = undefined;
      this.begin(this.position - this.offset + bytes);
      if (this.isOver) return;
      this.cut(joined(chunks));
      this.position += bytes;
    }
    if (this.isOver) return;
    const endByte = this.offset + Math.min(this.effect.endByte, this.sizeBytes);
    if (this.position < endByte) this.refuse('is shorter than the manifest or the answer said');
    else this.finish();
  }

  private get offset(): number {
    return this.segment.byteRange?.start ?? 0;
  }

  private finish(): void {
    this.isOver = true;
    this.dispatch({ type: 'fetchDone', fetch: this.effect.fetch, segment: this.effect.segment });
  }

  private begin(sizeBytes: number): void {
    if (sizeBytes <= 0 || sizeBytes > MAX_SEGMENT_BYTES) {
      this.refuse(sizeBytes <= 0 ? 'is empty' : 'is larger than the engine handles');
      return;
    }
    const { fetch, segment } = this.effect;
    this.sizeBytes = sizeBytes;
    this.dispatch({ type: 'fetchHead', fetch, segment, sizeBytes, rangeRefused: this.rangeRefused });
    this.cutter = new PieceCutter(Math.max(0, this.position - this.offset), sizeBytes);
  }

  private cut(chunk: Uint8Array): void {
    const pieces = this.cutter?.push(chunk) ?? [];
    const [first] = pieces;
    if (!first) return;
    const { fetch, segment } = this.effect;
    const lengthsBytes = pieces.map(({ bytes }) => bytes.length);
    this.dispatch({ type: 'fetchPieces', fetch, segment, firstIndex: first.index, lengthsBytes }, (index) => pieces[index - first.index]?.bytes);
  }

  private refuse(why: string): void {
    this.isOver = true;
    this.abort();
    const error = new OriginError('truncated', this.url, 200, `the segment ${why}`);
    this.dispatch({ type: 'fetchFailed', fetch: this.effect.fetch, segment: this.effect.segment, error });
  }
}
