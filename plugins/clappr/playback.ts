import type { P2PEngine } from '../../core/index.ts';
import { SUPPORTED_VERSION } from './host.ts';
import type { AudioTrack, ClapprHost, ClapprOptions, Html5Video, Level, Translator } from './host.ts';
import { startSharing } from './sharing.ts';
import type { Sharing } from './sharing.ts';
import type { Connection, PlayedLevel, Stream, StreamFailure, StreamListener } from './stream.ts';

/** One of our playbacks, as Clappr's `core.activePlayback`. */
export interface P2PPlayback extends Html5Video {
  readonly p2p: P2PEngine;
  readonly sharing: Sharing;
}

export interface P2PPlaybackClass {
  new (options: ClapprOptions, i18n?: Translator, playerError?: unknown): P2PPlayback;
  readonly type: string;
  canPlay(src: string, mimeType?: string): boolean;
}

/** What makes a playback of hls.js or Shaka. */
export interface StreamKind<Class> {
  /** A playback takes the place of another of that name. */
  readonly name: string;
  /** At once where it is there, as from a script tag; else it is loaded before the playback is ready. */
  readonly library: { now(): Class | undefined; load(): Promise<Class> };
  canPlay(src: string, mimeType?: string): boolean;
  connect(library: Class, options: ClapprOptions, engine: P2PEngine): Connection;
}

/** From either on, Clappr shows its HD sign; as in its own hls.js playback. */
const HD = { heightPx: 720, bitrateBps: 2_000_000 };

const AUTO = -1;

/**
 * Makes a playback on the host's own media element playback. It speaks Clappr's language to the
 * controls: position and duration within what can be sought, levels, audio tracks and captions.
 */
export function createStreamPlayback<Class>(host: ClapprHost, kind: StreamKind<Class>): P2PPlaybackClass {
  const { Events, HTML5Video } = host;

  return class StreamPlayback extends HTML5Video implements P2PPlayback, StreamListener {
    static override canPlay(src: string, mimeType?: string): boolean {
      return kind.canPlay(src, mimeType);
    }

    readonly sharing: Sharing;
    private connection: Connection | undefined;
    private stream: Stream | undefined;
    private levelId = AUTO;
    private wasLive = false;
    private wantsToPlay = false;
    private destroyed = false;
    private captionsTold = false;
    private highDefinition = false;

    constructor(options: ClapprOptions, i18n?: Translator, playerError?: unknown) {
      super(options, i18n, playerError);
      this.sharing = startSharing(options.p2p, { language: options.language, i18n, latencyS: () => this.stream?.latencyS() });
      const connect = (found: Class) => (this.connection = kind.connect(found, options, this.p2p));
      const found = kind.library.now();
      if (found) {
        connect(found);
        return;
      }
      kind.library.load().then(
        (loaded) => {
          if (this.destroyed) return;
          connect(loaded);
          this._ready();
          this.onAttached();
        },
        (error: Error) => this.onFailure({ code: 'library-missing', description: error.message, raw: error }),
      );
    }

    override get name() {
      return kind.name;
    }

    get supportedVersion() {
      return SUPPORTED_VERSION;
    }

    get p2p() {
      return this.sharing.engine;
    }

    get isAdaptive() {
      return true;
    }

    get sourceMedia() {
      return this.options.src;
    }

    // Coming and going

    /** The base class would give the element the manifest's URL. */
    _setupSrc(): void {}

    /** Ready, and loading, once there is something to load with. */
    override _ready(): void {
      if (!this.connection) return;
      if (!this.stream) this.open(this.connection);
      super._ready();
    }

    override play(): unknown {
      this.wantsToPlay = true;
      if (!this.connection) return undefined;
      if (!this.stream) this.open(this.connection);
      return super.play();
    }

    pause(): void {
      this.wantsToPlay = false;
      this.el.pause();
    }

    onAttached(): void {
      if (this.wantsToPlay && this.el.paused) this.play();
    }

    load(src: string): void {
      (this.options as { src: string }).src = src;
      this.close();
      if (this.connection) this.open(this.connection);
    }

    override stop(): void {
      this.wantsToPlay = false;
      this.close();
      super.stop();
    }

    override destroy(): void {
      this.destroyed = true;
      this.close();
      const released = this.connection?.end();
      this.connection = undefined;
      this.sharing.end();
      if (!released) {
        super.destroy();
        return;
      }
      // Clappr gives the element to the next playback (`DomRecycler`), which must not lose its source to this one.
      this.el.remove();
      void released.finally(() => super.destroy());
    }

    private open(connection: Connection): void {
      this.levelId = AUTO;
      this.captionsTold = false;
      this.el.textTracks.addEventListener('addtrack', this.tellCaptions);
      this.stream = connection.open(this.el, this.options.src, this);
    }

    private close(): void {
      this.el.textTracks.removeEventListener('addtrack', this.tellCaptions);
      this.stream?.close();
      this.stream = undefined;
    }

    // Time: what is shown counts from the start of what can be sought

    getPlaybackType(): string {
      return this.wasLive ? 'live' : 'vod';
    }

    override get dvrEnabled(): boolean {
      return this.wasLive && this.getDuration() >= this._minDvrSize;
    }

    isSeekEnabled(): boolean {
      return !this.wasLive || this.dvrEnabled;
    }

    getStartTimeOffset(): number {
      return this.stream?.live ? this.stream.range().startS : 0;
    }

    getCurrentTime(): number {
      return Math.max(0, this.el.currentTime - this.getStartTimeOffset());
    }

    override getDuration(): number {
      if (!this.stream?.live) return this.el.duration || 0;
      const { startS, endS } = this.stream.range();
      return endS - startS;
    }

    /** @param timeS below 0: to the live edge, as Clappr's own playbacks take it. */
    override seek(timeS: number): void {
      this.el.currentTime = this.getStartTimeOffset() + (timeS < 0 ? this.getDuration() : timeS);
    }

    seekPercentage(percentage: number): void {
      // 0 from the live button means the edge.
      this.seek(this.getDuration() * (percentage > 0 || !this.wasLive ? percentage / 100 : 1));
    }

    seekToLivePoint(): void {
      this.seek(this.getDuration());
    }

    _onTimeUpdate(): void {
      this.trigger(Events.PLAYBACK_TIMEUPDATE, { current: this.getCurrentTime(), total: this.getDuration() }, this.name);
    }

    _onProgress(): void {
      const { buffered, currentTime } = this.el;
      const offsetS = this.getStartTimeOffset();
      const ranges = Array.from({ length: buffered.length }, (_, index) => ({
        start: Math.max(0, buffered.start(index) - offsetS),
        end: Math.max(0, buffered.end(index) - offsetS),
      }));
      const playheadS = currentTime - offsetS;
      const around = ranges.find(({ start, end }) => start <= playheadS && playheadS <= end) ?? ranges[0];
      if (!around) return;
      const progress = { start: around.start, current: around.end, total: this.getDuration() };
      this.trigger(Events.PLAYBACK_PROGRESS, progress, ranges);
    }

    _updateSettings(): void {
      this.settings.left = !this.wasLive ? ['playpause', 'position', 'duration'] : this.dvrEnabled ? ['playpause'] : ['playstop'];
      this.settings.seekEnabled = this.isSeekEnabled();
      this.trigger(Events.PLAYBACK_SETTINGSUPDATE);
    }

    onTimeline(): void {
      this.wasLive = this.stream?.live ?? this.wasLive;
      this._onDurationChange();
    }

    // Quality

    get levels(): readonly Level[] {
      return this.stream?.levels ?? [];
    }

    get currentLevel(): number {
      return this.levelId;
    }

    set currentLevel(id: number) {
      this.levelId = id;
      this.trigger(Events.PLAYBACK_LEVEL_SWITCH_START);
      this.stream?.selectLevel(id);
    }

    isHighDefinitionInUse(): boolean {
      return this.highDefinition;
    }

    onLevels(): void {
      this.trigger(Events.PLAYBACK_LEVELS_AVAILABLE, this.levels);
    }

    onLevelPlayed({ id, width, height, bitrateBps }: PlayedLevel): void {
      this.highDefinition = height >= HD.heightPx || bitrateBps >= HD.bitrateBps;
      this.trigger(Events.PLAYBACK_LEVEL_SWITCH_END);
      this.trigger(Events.PLAYBACK_LEVEL_SWITCH, { level: id });
      this.trigger(Events.PLAYBACK_HIGHDEFINITIONUPDATE, this.highDefinition);
      this.trigger(Events.PLAYBACK_BITRATE, { width, height, bandwidth: bitrateBps, bitrate: bitrateBps, level: id });
    }

    // Audio and captions

    get audioTracks(): readonly AudioTrack[] {
      return this.stream?.audioTracks ?? [];
    }

    get currentAudioTrack(): AudioTrack | null {
      return this.stream?.currentAudioTrack ?? null;
    }

    switchAudioTrack(id: string): void {
      this.stream?.switchAudioTrack(id);
    }

    onAudioTracks(): void {
      this.trigger(Events.PLAYBACK_AUDIO_AVAILABLE, this.audioTracks);
    }

    onAudioTrackPlayed(): void {
      this.trigger(Events.PLAYBACK_AUDIO_CHANGED, this.currentAudioTrack);
    }

    private readonly tellCaptions = (): void => {
      if (!this.hasClosedCaptionsTracks) return;
      this.trigger(Events.PLAYBACK_SUBTITLE_AVAILABLE);
      // Off until the viewer chooses, as in Clappr's own playback.
      if (!this.captionsTold) this.closedCaptionsTrackId = -1;
      this.captionsTold = true;
    };

    onFailure(failure: StreamFailure): void {
      this.trigger(Events.PLAYBACK_ERROR, this.createError({ ...failure, description: `${this.name}: ${failure.description}` }));
      this.stop();
    }
  };
}
