import type Hls from 'hls.js';
import type { HlsConfig } from 'hls.js';
import type { ClapprHost } from '../host.ts';
import type { Library } from '../library.ts';
import { createStreamPlayback } from '../playback.ts';
import type { P2PPlaybackClass } from '../playback.ts';
import { startSharing } from '../sharing.ts';
import { hasMediaSource, isHls } from '../streams.ts';
import { HlsSeam } from './seam.ts';
import { HlsStream } from './stream.ts';

/** A playback on hls.js for a Clappr that has none: @clappr/core alone, or one given another hls.js. */
export function createHlsPlayback(host: ClapprHost, library: Library<typeof Hls>): P2PPlaybackClass {
  return createStreamPlayback(host, {
    name: 'hls',
    library,
    canPlay: (src, mimeType) => isHls(src, mimeType) && (library.now()?.isSupported() ?? hasMediaSource()),
    connect(HlsClass, options, i18n) {
      const seam: HlsSeam = new HlsSeam(() => sharing.engine);
      const sharing = startSharing(options.p2p, { language: options.language, i18n, latencyS: () => seam.latencyS() });
      const { hlsjsConfig = {}, hlsUseNextLevel = false } = options.playback ?? {};
      const streamOptions = { config: hlsjsConfig as Partial<HlsConfig>, smoothSwitch: hlsUseNextLevel };
      return {
        sharing,
        open: (media, src, listener) => new HlsStream(HlsClass, streamOptions, seam, { media, src }, listener),
        end: () => sharing.end(),
      };
    },
  });
}
