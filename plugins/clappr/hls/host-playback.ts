import type Hls from 'hls.js';
import { HlsSeam } from '../../hlsjs/seam.ts';
import { SUPPORTED_VERSION } from '../host.ts';
import type { AudioTrack, ClapprHost, ClapprOptions, Html5VideoClass, Translator } from '../host.ts';
import type { P2PPlaybackClass } from '../playback.ts';
import { startSharing } from '../sharing.ts';
import type { Sharing } from '../sharing.ts';
import { audioTracksOf, currentAudioTrackOf, switchAudioTrack } from './audio-tracks.ts';

/**
 * Clappr's own hls.js playback (`@clappr/hlsjs-playback`) with P2P, and with the audio tracks that
 * Clappr's interface has and this one leaves out; in all else it stays what it is.
 */
export function extendHlsPlayback({ Events }: ClapprHost, HlsjsPlayback: Html5VideoClass): P2PPlaybackClass {
  return class P2PHlsPlayback extends HlsjsPlayback {
    readonly sharing: Sharing;
    private readonly seam: HlsSeam;

    constructor(options: ClapprOptions, i18n?: Translator, playerError?: unknown) {
      // hls.js, and with it the seam, is only made after construction.
      const seam = new HlsSeam(() => this.sharing.engine);
      super(withSeam(options, seam, (hls) => this.followAudio(hls)), i18n, playerError);
      this.seam = seam;
      this.sharing = startSharing(options.p2p, { language: options.language, i18n, latencyS: () => seam.latencyS() });
    }

    get supportedVersion() {
      return SUPPORTED_VERSION;
    }

    get p2p() {
      return this.sharing.engine;
    }

    get audioTracks(): AudioTrack[] {
      return audioTracksOf(this.seam.hls);
    }

    get currentAudioTrack(): AudioTrack | null {
      return currentAudioTrackOf(this.seam.hls);
    }

    switchAudioTrack(id: string): void {
      switchAudioTrack(this.seam.hls, id);
    }

    override destroy(): void {
      super.destroy();
      this.sharing.end();
    }

    private followAudio(hls: Hls): void {
      const { Events: HlsEvents } = hls.constructor as typeof Hls;
      hls.on(HlsEvents.AUDIO_TRACKS_UPDATED, () => this.trigger(Events.PLAYBACK_AUDIO_AVAILABLE, this.audioTracks));
      hls.on(HlsEvents.AUDIO_TRACK_SWITCHED, () => this.trigger(Events.PLAYBACK_AUDIO_CHANGED, this.currentAudioTrack));
    }
  };
}

/** Uses what the playback documents: options for hls.js, and listeners on it. */
function withSeam(options: ClapprOptions, seam: HlsSeam, onNewHls: (hls: Hls) => void): ClapprOptions {
  // Clappr takes the options themselves where they have no `playback` (`html5_video.js`, constructor).
  const playback = options.playback ?? (options as NonNullable<ClapprOptions['playback']>);
  const bind = {
    eventName: 'hlsManifestLoading',
    callback(this: unknown) {
      // hls.js calls its listeners on itself.
      const hls = this as Hls;
      if (seam.bind(hls)) onNewHls(hls);
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
