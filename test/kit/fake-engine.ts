import { AbortedError } from '../../core/index.ts';
import type {
  Explanation, LoadedSegment, LoadOptions, P2PConfig, P2PEngine, P2PEvents, P2PStats, PlaybackSnapshot, Segment, SegmentKey, Track,
} from '../../core/index.ts';

type Answer = (segment: Segment, options: LoadOptions) => Promise<LoadedSegment>;
type Listener = (detail: never) => void;

export const NO_STATS: P2PStats = {
  httpBytes: 0, p2pBytes: 0, uploadBytes: 0, peers: 0, swarmSize: 0, httpRequests: 0, rejectedPieces: 0, bannedPeers: 0,
  cacheBytes: 0, httpRate: 0, p2pRate: 0, uploadRate: 0, ratio: 0,
};

/** A segment as an engine hands it over; `bytes` at 8 Mbit/s after 50 ms. */
export function loadedSegment(bytes: Uint8Array<ArrayBuffer>, url = 'https://origin.test/answered'): LoadedSegment {
  return {
    data: bytes,
    fromPeersBytes: bytes.byteLength,
    fromOriginBytes: 0,
    url,
    truth: { firstByteMs: 50, transferMs: Math.max(1, bytes.byteLength / 1000) },
  };
}

/** Asks the origin for the segment, as an engine without peers does. */
export async function fromOrigin(segment: Segment, options: LoadOptions): Promise<LoadedSegment> {
  options.onOriginRequest?.();
  const range = segment.byteRange;
  const response = await fetch(options.request?.url ?? segment.url, {
    signal: options.signal ?? null,
    headers: { ...options.request?.headers, ...(range ? { Range: `bytes=${range.start}-${range.end - 1}` } : {}) },
  });
  return loadedSegment(new Uint8Array(await response.arrayBuffer()), response.url);
}

/** What a plugin sees of an engine, told by the test what to answer. */
export class FakeEngine {
  manifestUrl: string | undefined;
  playback: (() => PlaybackSnapshot) | undefined;
  readonly lists = new Map<string, { readonly track: Track; readonly segments: readonly Segment[] }>();
  readonly loads: { readonly segment: Segment; readonly options: LoadOptions }[] = [];
  stats = NO_STATS;
  explanation: Explanation = { code: 'working', sentence: 'Peers and origin both deliver.' };
  setSegmentsCalls = 0;
  destroyed = false;
  private readonly listeners = new Map<string, Set<Listener>>();

  constructor(
    public answer: Answer = fromOrigin,
    public config: P2PConfig = {},
  ) {}

  asEngine(): P2PEngine {
    return this as unknown as P2PEngine;
  }

  setContent(content: { readonly manifestUrl: string } | undefined): void {
    this.manifestUrl = content?.manifestUrl;
    this.lists.clear();
  }

  setPlayback(playback: () => PlaybackSnapshot): void {
    this.playback = playback;
  }

  setSegments(track: Track, segments: readonly Segment[]): void {
    this.setSegmentsCalls++;
    this.lists.set(JSON.stringify(track), { track, segments });
  }

  segments(): Segment[] {
    return [...this.lists.values()].flatMap((list) => list.segments);
  }

  has(key: SegmentKey): boolean {
    return this.segments().some((segment) => segment.key === key);
  }

  async load(key: SegmentKey, options: LoadOptions = {}): Promise<LoadedSegment> {
    const segment = this.segments().find((listed) => listed.key === key);
    if (!segment) throw new RangeError(key);
    this.loads.push({ segment, options });
    return new Promise((resolve, reject) => {
      options.signal?.addEventListener('abort', () => reject(new AbortedError()));
      this.answer(segment, options).then(resolve, reject);
    });
  }

  getStats(): P2PStats {
    return this.stats;
  }

  explain(): Explanation {
    return this.explanation;
  }

  configure(patch: P2PConfig): void {
    this.config = { ...this.config, ...patch };
    this.emit('configure', {});
  }

  on(event: string, listener: Listener): void {
    if (!this.listeners.has(event)) this.listeners.set(event, new Set());
    this.listeners.get(event)?.add(listener);
  }

  off(event: string, listener: Listener): void {
    this.listeners.get(event)?.delete(listener);
  }

  emit<Name extends keyof P2PEvents>(event: Name, detail: P2PEvents[Name]): void {
    for (const listener of this.listeners.get(event) ?? []) (listener as (detail: P2PEvents[Name]) => void)(detail);
  }

  listenerCount(): number {
    return [...this.listeners.values()].reduce((sum, set) => sum + set.size, 0);
  }

  destroy(): Promise<void> {
    this.destroyed = true;
    return Promise.resolve();
  }
}
