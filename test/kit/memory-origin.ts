import type { Clock, HttpRequest } from '../../core/ports/index.ts';
import type { Resource } from './resources.ts';
import { Uplink } from './uplink.ts';

/** What goes wrong with a request. */
export type Fault =
  | { readonly kind: 'status'; readonly status: number; readonly statusText: string }
  /** No answer: refused, reset, CORS. */
  | { readonly kind: 'network' }
  /** The body ends after so many bytes. */
  | { readonly kind: 'truncated'; readonly afterBytes: number }
  /** The body stops after so many bytes, without an end; `undefined`: not even headers come. */
  | { readonly kind: 'hang'; readonly afterBytes: number | undefined }
  /** Answers 200 with everything when a range is asked. */
  | { readonly kind: 'ignores-range' }
  /** CORS does not allow the Range header: the browser reports a network failure when a range is asked. */
  | { readonly kind: 'refuses-range' };

/** What the origin did for one URL. */
export interface OriginCount {
  readonly requests: number;
  /** Body bytes sent, also those of transfers that were aborted later. */
  readonly sentBytes: number;
}

export interface MemoryOriginOptions {
  readonly clock: Clock;
  /** bit/s for all transfers together; default Infinity. */
  readonly rateBps?: number;
}

/** A web server in memory: what it has, what it does wrong, what it has sent. */
export class MemoryOrigin {
  readonly clock: Clock;
  /** Decides on each request; `undefined` for those that nothing goes wrong with. Default: none does. */
  faultOf: (request: HttpRequest) => Fault | undefined = () => undefined;
  /** That of all transfers together, where they share a rate. */
  private readonly uplink: Uplink | undefined;
  private readonly resources = new Map<string, Resource>();
  private readonly counts = new Map<string, { requests: number; sentBytes: number }>();

  constructor({ clock, rateBps = Infinity }: MemoryOriginOptions) {
    this.clock = clock;
    if (rateBps !== Infinity) this.uplink = new Uplink(clock, rateBps);
  }

  /** What a transfer leaves by. Without a limit each has one of its own: none can tell how many others there are. */
  uplinkOf(): Uplink {
    return this.uplink ?? new Uplink(this.clock, Infinity);
  }

  serve(url: string, resource: Resource): void {
    this.resources.set(url, resource);
  }

  withdraw(url: string): void {
    this.resources.delete(url);
  }

  find(url: string): Resource | undefined {
    return this.resources.get(url);
  }

  count(url: string): OriginCount {
    return this.counts.get(url) ?? { requests: 0, sentBytes: 0 };
  }

  /** By URL, for those that were ever asked for. */
  get allCounts(): ReadonlyMap<string, OriginCount> {
    return this.counts;
  }

  get requests(): number {
    return this.sum((count) => count.requests);
  }

  get sentBytes(): number {
    return this.sum((count) => count.sentBytes);
  }

  /** Bytes sent / bytes of the distinct resources of which any were sent; 1 is the floor. NaN before the first. */
  get copies(): number {
    let distinctBytes = 0;
    for (const [url, count] of this.counts) if (count.sentBytes > 0) distinctBytes += this.resources.get(url)?.sizeBytes ?? 0;
    return this.sentBytes / distinctBytes;
  }

  noteRequest(url: string): void {
    this.countOf(url).requests++;
  }

  noteSent(url: string, bytes: number): void {
    this.countOf(url).sentBytes += bytes;
  }

  private countOf(url: string): { requests: number; sentBytes: number } {
    let count = this.counts.get(url);
    if (count === undefined) this.counts.set(url, (count = { requests: 0, sentBytes: 0 }));
    return count;
  }

  private sum(of: (count: OriginCount) => number): number {
    let sum = 0;
    for (const count of this.counts.values()) sum += of(count);
    return sum;
  }
}
