import type {
  Explanation, LoadedSegment, LoadOptions, P2PStats, PlaybackSnapshot, ResolvedConfig, Segment, SegmentKey, Track,
} from '../model/index.ts';
import { DestroyedError } from '../model/index.ts';
import type { Platform } from '../ports/index.ts';
import { ContentSession } from './content-session.ts';
import type { Permission } from './content-session.ts';
import { Emitter } from './emitter.ts';
import { explanation } from './explain.ts';
import { RateMeter } from './rates.ts';

type Totals = Omit<P2PStats, 'peers' | 'swarmSize' | 'cacheBytes' | 'httpRate' | 'p2pRate' | 'uploadRate' | 'ratio'>;

const NOTHING: Totals = { httpBytes: 0, p2pBytes: 0, uploadBytes: 0, httpRequests: 0, rejectedPieces: 0, bannedPeers: 0 };

/** The engine behind `P2PEngine`, on whatever platform it is given: what tests and the simulator run. */
export class EngineRuntime {
  readonly events: Emitter;
  private session: ContentSession | undefined;
  private playback: (() => PlaybackSnapshot) | undefined;
  /** What the sessions of earlier contents add up to. */
  private past: Totals = NOTHING;
  private readonly meter: RateMeter;
  private readonly unwatchNetwork: () => void;
  private readonly webrtc: boolean;
  private lastExplained: string | undefined;
  private destroyed = false;
  /** Settles when all sessions that have been ended are. */
  private ended: Promise<unknown> = Promise.resolve();

  constructor(
    private readonly platform: Platform,
    private config: ResolvedConfig,
  ) {
    this.events = new Emitter(platform.log);
    this.meter = new RateMeter(platform.clock, () => this.totals(), () => this.events.emit('stats', this.getStats()));
    this.webrtc = platform.links(config.rtcConfig).supported;
    this.unwatchNetwork = platform.network.watch(() => this.applyPermission());
  }

  setContent(content: { readonly manifestUrl: string } | undefined): void {
    if (this.destroyed) throw new DestroyedError();
    this.endSession();
    if (content) {
      this.session = new ContentSession(
        content,
        this.platform,
        {
          config: () => this.config,
          emit: (event, detail) => this.events.emit(event, detail),
          changed: () => this.explainChange(),
        },
        this.permission(),
        this.playback,
      );
      this.meter.start();
    }
    this.explainChange();
  }

  setPlayback(playback: () => PlaybackSnapshot): void {
    if (this.destroyed) throw new DestroyedError();
    this.playback = playback;
    this.session?.setPlayback(playback);
  }

  setSegments(track: Track, segments: readonly Segment[]): void {
    this.session?.setSegments(track, segments);
  }

  has(segment: SegmentKey): boolean {
    return this.session !== undefined && this.permission().connect && this.session.has(segment);
  }

  async load(segment: SegmentKey, options: LoadOptions): Promise<LoadedSegment> {
    if (this.destroyed) throw new DestroyedError();
    if (!this.session?.has(segment)) throw new RangeError(`Segment ${segment} is not listed: call setSegments first.`);
    return this.session.load(segment, options);
  }

  configure(config: ResolvedConfig): void {
    if (this.destroyed) throw new DestroyedError();
    this.config = config;
    this.applyPermission();
    this.events.emit('configure', {});
  }

  getStats(): P2PStats {
    const totals = this.totals();
    const moved = totals.p2pBytes + totals.httpBytes;
    return {
      ...totals,
      ...this.meter.rates(),
      peers: this.session?.peers ?? 0,
      swarmSize: this.session?.swarm?.size ?? 0,
      cacheBytes: this.session?.state.counters.cacheBytes ?? 0,
      ratio: moved > 0 ? totals.p2pBytes / moved : 0,
    };
  }

  explain(): Explanation {
    const { session, config } = this;
    const { p2pBytes, uploadBytes } = this.totals();
    return explanation({
      destroyed: this.destroyed,
      mediaSource: this.platform.mediaSource,
      webrtc: this.webrtc && !session?.swarm?.blocked,
      enabled: config.enabled,
      consent: config.consent,
      heldBackOnCellular: this.isHeldBack(),
      hasContent: session !== undefined,
      hasTrackers: config.trackers.length > 0,
      trackerReachable: session?.swarm?.trackerReachable,
      trackerProblem: session?.swarm?.trackerProblem,
      peers: session?.peers ?? 0,
      connecting: session?.swarm?.connecting ?? 0,
      failures: session?.swarm?.failures ?? 0,
      swarmSize: session?.swarm?.size ?? 0,
      sharedBytes: p2pBytes + uploadBytes,
    });
  }

  async destroy(): Promise<void> {
    if (!this.destroyed) {
      this.destroyed = true;
      this.unwatchNetwork();
      this.endSession();
      this.events.clear();
      this.playback = undefined;
    }
    await this.ended;
  }

  private endSession(): void {
    const { session } = this;
    if (!session) return;
    this.past = this.totals();
    this.session = undefined;
    this.meter.stop();
    this.ended = Promise.all([this.ended, session.destroy()]);
  }

  private totals(): Totals {
    const counters = this.session?.state.counters;
    if (!counters) return this.past;
    const { past } = this;
    return {
      httpBytes: past.httpBytes + counters.httpBytes,
      p2pBytes: past.p2pBytes + counters.p2pBytes,
      uploadBytes: past.uploadBytes + counters.uploadBytes,
      httpRequests: past.httpRequests + counters.httpRequests,
      rejectedPieces: past.rejectedPieces + counters.rejectedPieces,
      bannedPeers: past.bannedPeers + counters.bannedPeers,
    };
  }

  private isHeldBack(): boolean {
    return this.config.cellular === 'off' && this.platform.network.metered();
  }

  private permission(): Permission {
    const { config, platform } = this;
    const connect = platform.mediaSource && this.webrtc && config.enabled && config.consent && config.trackers.length > 0 && !this.isHeldBack();
    const gives = connect && (config.cellular === 'on' || !platform.network.metered());
    return {
      connect,
      download: connect,
      uploadMaxBps: gives ? config.uploadMaxBps : 0,
      uploadMaxBytes: Math.max(0, config.uploadMaxBytes - this.past.uploadBytes),
      cacheMaxBytes: config.cacheMaxBytes ?? platform.cacheMaxBytes,
      digests: typeof config.integrity === 'function',
    };
  }

  private applyPermission(): void {
    this.session?.permit(this.permission());
    this.explainChange();
  }

  private explainChange(): void {
    if (this.destroyed) return;
    const explained = this.explain();
    if (explained.sentence === this.lastExplained) return;
    this.lastExplained = explained.sentence;
    this.events.emit('explain', explained);
  }
}
