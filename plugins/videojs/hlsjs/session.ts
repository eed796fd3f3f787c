import type Hls from 'hls.js';
import type { HlsConfig, LevelDetails } from 'hls.js';
import { bindEngine, createFragmentLoader } from '../../hlsjs/index.ts';
import type { HlsBinding } from '../../hlsjs/index.ts';
import { latencyS } from '../../hlsjs/latency.ts';
import { createTimeRanges } from '../host.ts';
import type { PlaybackJob, PlaybackSession, PlayerSide } from '../playback.ts';
import { bindAudioTracks } from './audio-tracks.ts';
import { bindErrors } from './errors.ts';
import { bindQualityLevels } from './quality-levels.ts';
import { bindTextTracks } from './text-tracks.ts';

/** One source, played by hls.js in Video.js's media element. */
export class HlsSession implements PlaybackSession {
  private readonly hls: Hls;
  private readonly unbind: (() => void)[] = [];
  private live: LevelDetails | undefined;
  private disposed = false;

  constructor(HlsClass: typeof Hls, config: Partial<HlsConfig>, job: PlaybackJob) {
    const { source, tech, engine, player } = job;
    const startLater = tech.preload() === 'none' && !tech.autoplay();
    let binding: HlsBinding | undefined = undefined;
    const hls = (this.hls = new HlsClass({
      // Video.js shows its live controls for an infinite duration only (`LiveTracker`).
      liveDurationInfinity: true,
      // Video.js draws text tracks itself, except where the browser must (Safari).
      renderTextTracksNatively: tech.featuresNativeTextTracks,
      autoStartLoad: !startLater,
      ...config,
      fLoader: createFragmentLoader(() => binding, config.fLoader),
    }));
    binding = bindEngine(hls, engine);

    const { Events } = HlsClass;
    hls.on(Events.LEVEL_UPDATED, (_event, { details }) => (this.live = details.live ? details : undefined));
    // Video.js clears the player's error at the media element's `loadstart`: one that comes before waits for it.
    const started = new Promise<void>((resolve) => tech.one('loadstart', resolve));
    const fail: PlayerSide['fail'] = (code, message) => void started.then(() => player.fail(code, message));
    this.unbind.push(bindErrors(hls, fail), bindAudioTracks(hls, tech));
    const qualityLevels = player.qualityLevels();
    if (qualityLevels) this.unbind.push(bindQualityLevels(hls, qualityLevels));
    if (!tech.featuresNativeTextTracks) this.unbind.push(bindTextTracks(hls, tech));

    if (startLater && config.autoStartLoad === undefined) {
      tech.one('play', () => {
        if (!this.disposed) hls.startLoad();
      });
    }
    hls.loadSource(source.src);
    hls.attachMedia(tech.el());
  }

  latencyS(): number | undefined {
    return this.live && !this.disposed ? latencyS(this.hls) : undefined;
  }

  /**
   * Live: up to where hls.js would play, not to the end of the playlist. Video.js takes the end for
   * the live edge, and both lights "live" and seeks there (`LiveTracker`, `SeekToLive`).
   */
  seekable(): TimeRanges {
    const media = this.hls.media;
    if (!this.live) return media?.seekable ?? createTimeRanges();
    const startS = this.live.fragments[0]?.start ?? 0;
    const endS = this.hls.liveSyncPosition ?? this.live.edge;
    return createTimeRanges([[startS, Math.max(startS, endS)]]);
  }

  dispose(): void {
    if (this.disposed) return;
    this.disposed = true;
    for (const unbind of this.unbind) unbind();
    this.hls.destroy();
  }
}
