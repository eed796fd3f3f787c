import type Hls from 'hls.js';
import { HlsSeam } from '../../hlsjs/seam.ts';
import { SUPPORTED_VERSION } from '../host.ts';
import type { ClapprOptions, Html5VideoClass, Translator } from '../host.ts';
import type { P2PPlaybackClass } from '../playback.ts';
import { startSharing } from '../sharing.ts';
import type { Sharing } from '../sharing.ts';

/** Clappr's own hls.js playback (`@clappr/hlsjs-playback`) with P2P; in all else it stays what it is. */
export function extendHlsPlayback(HlsjsPlayback: Html5VideoClass): P2PPlaybackClass {
  return class P2PHlsPlayback extends HlsjsPlayback {
    readonly sharing: Sharing;

    constructor(options: ClapprOptions, i18n?: Translator, playerError?: unknown) {
      // hls.js, and with it the seam, comes only after construction.
      const seam = new HlsSeam(() => this.sharing.engine);
      super(withSeam(options, seam), i18n, playerError);
      this.sharing = startSharing(options.p2p, { language: options.language, i18n, latencyS: () => seam.latencyS() });
    }

    get supportedVersion() {
      return SUPPORTED_VERSION;
    }

    get p2p() {
      return this.sharing.engine;
    }

    override destroy(): void {
      super.destroy();
      this.sharing.end();
    }
  };
}

/** Uses what the playback documents: options for hls.js, and listeners on it. */
function withSeam(options: ClapprOptions, seam: HlsSeam): ClapprOptions {
  // Clappr takes the options themselves where they have no `playback` (`html5_video.js`, constructor).
  const playback = options.playback ?? (options as NonNullable<ClapprOptions['playback']>);
  const bind = {
    eventName: 'hlsManifestLoading',
    callback(this: unknown) {
      // hls.js calls its listeners on itself.
      seam.bind(this as Hls);
    },
  };
  return {
    ...options,
    playback: { ...playback, hlsjsConfig: seam.configure(playback.hlsjsConfig ?? {}) },
    hlsPlayback: {
      ...options.hlsPlayback,
      customListeners: [...(options.hlsPlayback?.customListeners ?? []), bind],
    },
  };
}
