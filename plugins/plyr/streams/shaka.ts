import type shaka from 'shaka-player';
import type { P2PEngine } from '../../../core/index.ts';
import { bindShaka, latencyS, QualityChoice } from '../../shaka/index.ts';
import { bestOfHeight, distinctHeights } from './stream.ts';
import type { Stream, StreamListener } from './stream.ts';

export interface ShakaSource {
  readonly media: HTMLVideoElement;
  readonly src: string;
  readonly config: object;
}

/** A stream played by Shaka (4.16 or 5). */
export class ShakaStream implements Stream {
  private readonly player: shaka.Player;
  private readonly unbind: () => void;
  private readonly quality: QualityChoice<shaka.extern.VideoTrack>;
  private closed = false;

  constructor(namespace: typeof shaka, engine: P2PEngine, source: ShakaSource, listener: StreamListener) {
    namespace.polyfill.installAll();
    const player = (this.player = new namespace.Player());
    player.configure(source.config);
    this.quality = new QualityChoice(player);
    this.unbind = bindShaka(player, namespace, engine);
    player.addEventListener('trackschanged', () => listener.onHeights());
    this.load(source).catch((error: unknown) => {
      if (!this.closed) console.error('[playswarm] Shaka cannot play this source.', error);
    });
  }

  heights() {
    return distinctHeights(this.player.getVideoTracks().map((track) => track.height));
  }

  selectHeight(height: number): void {
    const tracks = this.player.getVideoTracks();
    const track = tracks[bestOfHeight(tracks.map((each) => ({ height: each.height, bitrateBps: each.bandwidth })), height)];
    this.quality.set(track && [track]);
  }

  latencyS() {
    return latencyS(this.player);
  }

  close(): void {
    this.closed = true;
    // At once: the player takes its time to end, and the engine is the next stream's by then.
    this.unbind();
    void this.player.destroy();
  }

  private async load({ media, src }: ShakaSource): Promise<void> {
    // Asked for before there was something to play, and forgotten by the element as the source is set.
    const wantsToPlay = media.autoplay || !media.paused;
    await this.player.attach(media);
    await this.player.load(src);
    if (wantsToPlay && media.paused && !this.closed) media.play().catch(() => {});
  }
}
