/**
 * `playswarm`: the P2P segment engine. Plugins feed it what the player knows (content, tracks,
 * segments, playhead) and ask it for segments; it gets them from peers, or from the origin in time.
 */
import { browserPlatform } from './adapters/index.ts';
import { resolveConfig, validateConfig } from './config.ts';
import type {
  Explanation, LoadedSegment, LoadOptions, P2PConfig, P2PEvents, P2PStats, PlaybackSnapshot, Segment, SegmentKey, Track,
} from './model/index.ts';
import { EngineRuntime } from './runtime/index.ts';

export { DEFAULT_RTC_CONFIG, DEFAULT_TRACKERS } from './config.ts';
export * from './model/public.ts';

export class P2PEngine {
  private current: P2PConfig;
  private readonly runtime: EngineRuntime;

  /** @throws ConfigError that names the key that is unknown or ill-typed. */
  constructor(config: P2PConfig = {}) {
    validateConfig(config);
    this.current = { ...config };
    this.runtime = new EngineRuntime(browserPlatform(), resolveConfig(config));
  }

  /** The configuration as given and patched. */
  get config(): P2PConfig {
    return this.current;
  }

  /** Names what is played; leaves the former swarm. `undefined`: nothing is. */
  setContent(content: { readonly manifestUrl: string } | undefined): void {
    this.runtime.setContent(content);
  }

  /** Where playback is; asked whenever the engine decides. */
  setPlayback(playback: () => PlaybackSnapshot): void {
    this.runtime.setPlayback(playback);
  }

  /** The segments that the manifest lists for a track now, in order of time; replaces the former list of that track. */
  setSegments(track: Track, segments: readonly Segment[]): void {
    this.runtime.setSegments(track, segments);
  }

  /** Whether `load` can place this segment: it is listed, and P2P is on. */
  has(segment: SegmentKey): boolean {
    return this.runtime.has(segment);
  }

  /**
   * Gets a segment whole, from peers or the origin, before the playhead needs it.
   * @throws OriginError, AbortedError (signal), DestroyedError; a segment that is not listed is a RangeError.
   */
  load(segment: SegmentKey, options: LoadOptions = {}): Promise<LoadedSegment> {
    return this.runtime.load(segment, options);
  }

  /** A plain snapshot of what has been done so far. */
  getStats(): P2PStats {
    return this.runtime.getStats();
  }

  /** Why P2P is or is not working. */
  explain(): Explanation {
    return this.runtime.explain();
  }

  /** Applies a part of the configuration, live. @throws ConfigError, and then nothing is applied. */
  configure(patch: P2PConfig): void {
    validateConfig(patch);
    this.current = { ...this.current, ...patch };
    this.runtime.configure(resolveConfig(this.current));
  }

  on<Name extends keyof P2PEvents>(event: Name, listener: (detail: P2PEvents[Name]) => void): void {
    this.runtime.events.on(event, listener);
  }

  off<Name extends keyof P2PEvents>(event: Name, listener: (detail: P2PEvents[Name]) => void): void {
    this.runtime.events.off(event, listener);
  }

  /** Ends everything; no timer, connection, socket or listener remains once it resolves. */
  destroy(): Promise<void> {
    return this.runtime.destroy();
  }
}
