import type shaka from 'shaka-player';
import { bindShaka, latencyS } from '../../shaka/index.ts';
import { createTimeRanges } from '../host.ts';
import type { PlaybackJob, PlaybackSession } from '../playback.ts';
import { bindAudioTracks } from './audio-tracks.ts';
import { freed, leave } from './handover.ts';
import { bindQualityLevels } from './quality-levels.ts';
import { bindTextTracks } from './text-tracks.ts';

/** One source, played by Shaka in Video.js's media element. */
export class ShakaSession implements PlaybackSession {
  private readonly player: shaka.Player;
  private readonly unbind: (() => void)[];
  private disposed = false;

  constructor(
    private readonly library: typeof shaka,
    config: object,
    private readonly job: PlaybackJob,
  ) {
    const { tech, engine, player } = job;
    library.polyfill.installAll();
    this.player = new library.Player();
    this.player.configure(config);
    const qualityLevels = player.qualityLevels();
    this.unbind = [
      bindShaka(this.player, library, engine),
      bindAudioTracks(this.player, tech),
      bindTextTracks(this.player, tech),
      ...(qualityLevels ? [bindQualityLevels(this.player, qualityLevels)] : []),
    ];
    this.player.addEventListener('error', (event) => this.judge((event as Event & { detail: shaka.util.Error }).detail));
    this.load().catch((error: shaka.util.Error) => this.judge(error));
  }

  latencyS(): number | undefined {
    return this.disposed ? undefined : latencyS(this.player);
  }

  /** On demand the element's own. */
  seekable(): TimeRanges {
    if (!this.isLive()) return this.job.tech.el().seekable;
    const { start, end } = this.player.seekRange();
    return createTimeRanges([[start, Math.max(start, end)]]);
  }

  /** Video.js shows its live controls for an infinite duration only (`LiveTracker`); Shaka sets a very long one. */
  duration(): number {
    return this.isLive() ? Infinity : this.job.tech.el().duration;
  }

  dispose(): void {
    if (this.disposed) return;
    this.disposed = true;
    for (const unbind of this.unbind) unbind();
    leave(this.job.tech.el(), () => this.player.destroy());
  }

  private isLive(): boolean {
    return !this.disposed && this.player.isLive();
  }

  private async load(): Promise<void> {
    const { source, tech } = this.job;
    await freed(tech.el());
    if (this.disposed) return;
    await this.player.attach(tech.el());
    if (tech.preload() === 'none' && !tech.autoplay()) await new Promise<void>((resolve) => tech.one('play', resolve));
    if (this.disposed) return;
    await this.player.load(new URL(source.src, document.baseURI).href, null, source.type);
  }

  private judge(error: shaka.util.Error): void {
    const { Severity, Category } = this.library.util.Error;
    if (this.disposed || error.severity !== Severity.CRITICAL) return;
    const code = error.category === Category.NETWORK ? 2 : error.category === Category.MANIFEST ? 4 : 3;
    this.job.player.fail(code, `Shaka ${error.code}: ${error.message}`);
  }
}
