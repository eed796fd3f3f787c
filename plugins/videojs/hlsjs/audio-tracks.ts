import type Hls from 'hls.js';
import type { MediaPlaylist } from 'hls.js';
import videojs from 'video.js';
import type { AudioTrack, Tech } from '../host.ts';

type AudioTrackClass = new (options: {
  id: string;
  kind: string;
  label: string;
  language: string;
  enabled: boolean;
}) => AudioTrack;

/**
 * Shows hls.js's audio tracks as the player's. hls.js lists those of one group at a time, the group
 * changing with the quality: a track is known by its name and language, and stays.
 */
export function bindAudioTracks(hls: Hls, tech: Tech): () => void {
  const { Events } = hls.constructor as typeof Hls;
  const list = tech.audioTracks();
  const shown = new Map<string, AudioTrack>();
  tech.overrideNativeAudioTracks(true);

  const update = () => {
    const names = new Set(hls.audioTracks.map(nameOf));
    for (const [name, track] of shown) {
      if (names.has(name)) continue;
      list.removeTrack(track);
      shown.delete(name);
    }
    hls.audioTracks.forEach((media) => {
      const name = nameOf(media);
      if (shown.has(name)) return;
      const track = new (videojs.AudioTrack as unknown as AudioTrackClass)({
        id: name,
        kind: media.default ? 'main' : 'alternative',
        label: media.name,
        language: media.lang ?? '',
        enabled: false,
      });
      shown.set(name, track);
      list.addTrack(track);
    });
    mark();
  };

  /** hls.js plays another one. */
  const mark = () => {
    const current = hls.audioTracks[hls.audioTrack];
    const track = current && shown.get(nameOf(current));
    if (track && !track.enabled) track.enabled = true;
  };

  /** The viewer chose another one. */
  const choose = () => {
    const index = hls.audioTracks.findIndex((media) => shown.get(nameOf(media))?.enabled);
    if (index >= 0 && index !== hls.audioTrack) hls.audioTrack = index;
  };

  hls.on(Events.AUDIO_TRACKS_UPDATED, update);
  hls.on(Events.AUDIO_TRACK_SWITCHING, mark);
  list.addEventListener('change', choose);
  // The tech clears the tracks itself when the source changes (`disposeSourceHandler`).
  return () => {
    list.removeEventListener('change', choose);
    hls.off(Events.AUDIO_TRACKS_UPDATED, update);
    hls.off(Events.AUDIO_TRACK_SWITCHING, mark);
    tech.overrideNativeAudioTracks(false);
  };
}

function nameOf({ name, lang }: MediaPlaylist): string {
  return `${lang ?? ''}/${name}`;
}
