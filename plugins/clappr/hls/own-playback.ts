import type { HlsConfig } from 'hls.js';
import { isHls } from '../../hlsjs/library.ts';
import type { HlsLibrary } from '../../hlsjs/library.ts';
import { HlsSeam } from '../../hlsjs/seam.ts';
import type { ClapprHost } from '../host.ts';
import { createStreamPlayback } from '../playback.ts';
import type { P2PPlaybackClass } from '../playback.ts';
import { hasMediaSource } from '../streams.ts';
import { HlsStream } from './stream.ts';

/** A playback on hls.js for a Clappr that has none: @clappr/core alone, or one given another hls.js. */
export function createHlsPlayback(host: ClapprHost, library: HlsLibrary): P2PPlaybackClass {
  return createStreamPlayback(host, {
    name: 'hls',
    library,
    canPlay: (src, mimeType) => isHls(src, mimeType) && (library.now()?.isSupported() ?? hasMediaSource()),
    connect(HlsClass, { playback = {} }, engine) {
      const seam = new HlsSeam(() => engine);
      const { hlsjsConfig = {}, hlsUseNextLevel = false } = playback;
      const streamOptions = { config: hlsjsConfig as Partial<HlsConfig>, smoothSwitch: hlsUseNextLevel };
      return {
        open: (media, src, listener) => new HlsStream(HlsClass, streamOptions, seam, { media, src }, listener),
        // Its streams let go as they close.
        end: () => undefined,
      };
    },
  });
}
