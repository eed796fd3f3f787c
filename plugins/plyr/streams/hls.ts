import type Hls from 'hls.js';
import type { HlsConfig } from 'hls.js';
import type { HlsSeam } from '../../hlsjs/seam.ts';
import { bestOfHeight, distinctHeights } from './stream.ts';
import type { Stream, StreamListener } from './stream.ts';

export interface HlsSource {
  readonly media: HTMLVideoElement;
  readonly src: string;
  readonly config: Partial<HlsConfig>;
}

/** A stream played by hls.js, used as in Plyr's own examples. */
export class HlsStream implements Stream {
  private readonly hls: Hls;

  constructor(
    HlsClass: typeof Hls,
    private readonly seam: HlsSeam,
    { media, src, config }: HlsSource,
    listener: StreamListener,
  ) {
    const hls = (this.hls = new HlsClass(seam.configure(config)));
    seam.bind(hls);
    const { Events, ErrorTypes } = HlsClass;
    hls.on(Events.MANIFEST_PARSED, () => listener.onHeights());
    hls.on(Events.LEVELS_UPDATED, () => listener.onHeights());
    // Everything else that is fatal hls.js has retried already; the element shows that nothing comes.
    hls.on(Events.ERROR, (_event, { fatal, type }) => {
      if (fatal && type === ErrorTypes.MEDIA_ERROR) hls.recoverMediaError();
    });
    hls.loadSource(src);
    hls.attachMedia(media);
  }

  heights() {
    return distinctHeights(this.hls.levels.map((level) => level.height));
  }

  selectHeight(height: number): void {
    const levels = this.hls.levels.map((level) => ({ height: level.height, bitrateBps: level.bitrate }));
    // With the next segment: what is buffered has been paid for.
    this.hls.nextLevel = bestOfHeight(levels, height);
  }

  latencyS() {
    return this.seam.latencyS();
  }

  close(): void {
    this.hls.destroy();
  }
}
