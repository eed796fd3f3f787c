import type { AudioTrack, ClapprHost, PlaybackClass } from '../host.ts';
import type { QualityPlayback } from './quality.ts';

export interface TracksPlayback extends QualityPlayback {
  followCaptions(): void;
  leaveCaptions(): void;
  onAudioTracks(): void;
  onAudioTrackPlayed(): void;
}

/** Audio tracks and captions. */
export function withTracks({ Events }: ClapprHost, Base: PlaybackClass<QualityPlayback>): PlaybackClass<TracksPlayback> {
  return class extends Base {
    private captionsTold = false;

    followCaptions(): void {
      this.captionsTold = false;
      this.el.textTracks.addEventListener('addtrack', this.tellCaptions);
    }

    leaveCaptions(): void {
      this.el.textTracks.removeEventListener('addtrack', this.tellCaptions);
    }

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
  };
}
