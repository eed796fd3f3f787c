import type shaka from 'shaka-player';
import videojs from 'video.js';
import type { AudioTrack, Tech } from '../host.ts';

type AudioTrackClass = new (options: { id: string; kind: string; label: string; language: string; enabled: boolean }) => AudioTrack;

/** Shows Shaka's audio tracks as the player's. */
export function bindAudioTracks(player: shaka.Player, tech: Tech): () => void {
  const list = tech.audioTracks();
  const shown = new Map<string, AudioTrack>();
  tech.overrideNativeAudioTracks(true);

  const update = () => {
    for (const track of player.getAudioTracks()) {
      const id = nameOf(track);
      if (shown.has(id)) continue;
      const added = new (videojs.AudioTrack as unknown as AudioTrackClass)({
        id,
        kind: track.primary ? 'main' : 'alternative',
        label: track.label || track.language,
        language: track.language,
        enabled: false,
      });
      shown.set(id, added);
      list.addTrack(added);
    }
    mark();
  };

  /** Shaka plays another one. */
  const mark = () => {
    const active = player.getAudioTracks().find((track) => track.active);
    const track = active && shown.get(nameOf(active));
    if (track && !track.enabled) track.enabled = true;
  };

  /** The viewer chose another one. */
  const choose = () => {
    const track = player.getAudioTracks().find((each) => shown.get(nameOf(each))?.enabled);
    if (track && !track.active) player.selectAudioTrack(track);
  };

  player.addEventListener('trackschanged', update);
  player.addEventListener('variantchanged', mark);
  player.addEventListener('adaptation', mark);
  list.addEventListener('change', choose);
  // The tech clears the tracks itself when the source changes (`disposeSourceHandler`).
  return () => {
    list.removeEventListener('change', choose);
    player.removeEventListener('trackschanged', update);
    player.removeEventListener('variantchanged', mark);
    player.removeEventListener('adaptation', mark);
    tech.overrideNativeAudioTracks(false);
  };
}

/** Shaka makes new objects each time, without an id (`util/stream_utils.js`, `getAudioTracks`). */
function nameOf({ language, label, roles, channelsCount, codecs }: shaka.extern.AudioTrack): string {
  return [language, label, roles.join(), channelsCount, codecs].join('/');
}
