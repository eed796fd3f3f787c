import type shaka from 'shaka-player';
import type { Tech } from '../host.ts';

/** What Shaka 5 no longer has: there, selecting no track hides the text. */
interface Shaka4Player {
  setTextTrackVisibility?(visible: boolean): void;
}

/**
 * Lists Shaka's subtitles in Video.js's menu. Shaka draws them itself, natively; the tracks in the menu
 * have no cues and only tell which one the viewer wants.
 */
export function bindTextTracks(player: shaka.Player, tech: Tech): () => void {
  const list = tech.textTracks();
  const shown = new Map<string, TextTrack>();

  const update = () => {
    for (const track of player.getTextTracks()) {
      const id = nameOf(track);
      if (shown.has(id)) continue;
      const kind = track.kind === 'caption' ? 'captions' : 'subtitles';
      // Cleaned up by the tech when the source changes (`cleanupAutoTextTracks`).
      const { track: added } = tech.addRemoteTextTrack({ kind, label: track.label || track.language, language: track.language, id }, false);
      shown.set(id, added);
    }
  };

  const choose = () => {
    const wanted = player.getTextTracks().find((track) => shown.get(nameOf(track))?.mode === 'showing');
    if (wanted || !(player as Shaka4Player).setTextTrackVisibility) player.selectTextTrack(wanted ?? null);
    (player as Shaka4Player).setTextTrackVisibility?.(wanted !== undefined);
  };

  player.addEventListener('trackschanged', update);
  list.addEventListener('change', choose);
  return () => {
    player.removeEventListener('trackschanged', update);
    list.removeEventListener('change', choose);
  };
}

function nameOf({ id, language, label }: shaka.extern.TextTrack): string {
  return [id, language, label].join('/');
}
