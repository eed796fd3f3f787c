import type Hls from 'hls.js';
import type { ErrorData, HlsConfig, LevelDetails } from 'hls.js';
import { latencyS } from '../../hlsjs/latency.ts';
import type { HlsSeam } from '../../hlsjs/seam.ts';
import type { AudioTrack, Level } from '../host.ts';
import type { Stream, StreamListener } from '../stream.ts';
import { audioTracksOf, currentAudioTrackOf, switchAudioTrack } from './audio-tracks.ts';

export interface HlsStreamOptions {
  readonly config: Partial<HlsConfig>;
  /** Switch with the next segment rather than at once. */
  readonly smoothSwitch: boolean;
}

/** Media errors that are mended; more in one stream mean that it cannot be played here. */
const MAX_RECOVERIES = 3;

/** A stream played by hls.js. */
export class HlsStream implements Stream {
  live = false;
  private readonly hls: Hls;
  private details: LevelDetails | undefined;
  private recoveries = 0;

  constructor(
    HlsClass: typeof Hls,
    private readonly options: HlsStreamOptions,
    seam: HlsSeam,
    source: { readonly media: HTMLVideoElement; readonly src: string },
    private readonly listener: StreamListener,
  ) {
    const hls = (this.hls = new HlsClass(seam.configure(options.config)));
    seam.bind(hls);
    const { Events } = HlsClass;
    hls.on(Events.MANIFEST_PARSED, () => listener.onLevels());
    hls.on(Events.LEVELS_UPDATED, () => listener.onLevels());
    hls.on(Events.LEVEL_UPDATED, (_event, { details }) => this.follow(details));
    hls.on(Events.LEVEL_SWITCHED, (_event, { level }) => this.tellLevel(level));
    hls.on(Events.AUDIO_TRACKS_UPDATED, () => listener.onAudioTracks());
    hls.on(Events.AUDIO_TRACK_SWITCHED, () => listener.onAudioTrackPlayed());
    hls.on(Events.ERROR, (_event, error) => this.mend(error));
    hls.loadSource(source.src);
    hls.attachMedia(source.media);
  }

  range() {
    const startS = this.details?.fragments[0]?.start ?? 0;
    return { startS, endS: Math.max(startS, this.hls.liveSyncPosition ?? this.details?.edge ?? 0) };
  }

  latencyS() {
    return this.live ? latencyS(this.hls) : undefined;
  }

  get levels(): Level[] {
    // The label is that of Clappr's own playback.
    return this.hls.levels.map((level, id) => ({ id, level, label: `${level.bitrate / 1000}Kbps` }));
  }

  selectLevel(id: number): void {
    if (this.options.smoothSwitch) this.hls.nextLevel = id;
    else this.hls.currentLevel = id;
  }

  get audioTracks(): AudioTrack[] {
    return audioTracksOf(this.hls);
  }

  get currentAudioTrack(): AudioTrack | null {
    return currentAudioTrackOf(this.hls);
  }

  switchAudioTrack(id: string): void {
    switchAudioTrack(this.hls, id);
  }

  close(): void {
    this.hls.destroy();
  }

  private follow(details: LevelDetails): void {
    this.details = details;
    this.live = details.live;
    this.listener.onTimeline();
  }

  private tellLevel(id: number): void {
    const level = this.hls.levels[id];
    if (level) this.listener.onLevelPlayed({ id, width: level.width, height: level.height, bitrateBps: level.bitrate });
  }

  /** hls.js retries by itself; what it calls fatal can be mended only where media, not the network, fail. */
  private mend(error: ErrorData): void {
    if (!error.fatal) return;
    const { ErrorTypes } = this.hls.constructor as typeof Hls;
    if (error.type === ErrorTypes.MEDIA_ERROR && this.recoveries++ < MAX_RECOVERIES) {
      this.hls.recoverMediaError();
      return;
    }
    this.listener.onFailure({ code: `${error.type}_${error.details}`, description: error.error.message, raw: error });
  }
}
