import type Hls from 'hls.js';
import type { CuesParsedData, NonNativeTextTracksData } from 'hls.js';
import type { Tech } from '../host.ts';

/**
 * Shows hls.js's subtitles and captions as text tracks that Video.js draws. hls.js, told not to
 * render (`renderTextTracksNatively: false`), tells of the tracks and hands over the parsed cues
 * (`timeline-controller.ts`), and loads the subtitles of one track: the one that is shown.
 */
export function bindTextTracks(hls: Hls, tech: Tech): () => void {
  const { Events } = hls.constructor as typeof Hls;
  const captions = new Map<string, TextTrack>();
  let subtitles: readonly TextTrack[] = [];
  const list = tech.textTracks();

  const found = (_event: string, { tracks }: NonNativeTextTracksData) => {
    const added: TextTrack[] = [];
    for (const { _id: id, kind, label, default: isDefault, closedCaptions, subtitleTrack } of tracks) {
      const language = (subtitleTrack ?? closedCaptions)?.lang ?? '';
      // Cleaned up by the tech when the source changes (`cleanupAutoTextTracks`).
      const { track } = tech.addRemoteTextTrack({ kind, label, language, default: isDefault }, false);
      if (id === undefined) added.push(track);
      else captions.set(id, track);
    }
    if (added.length > 0) subtitles = added;
    choose();
  };

  const parsed = (_event: string, { type, track: name, cues }: CuesParsedData) => {
    const track = type === 'captions' ? captions.get(name) : subtitles[subtitleIndex(hls, name)];
    for (const cue of cues as readonly VTTCue[]) track?.addCue(cue);
  };

  /** A hidden track is read by scripts: it needs its cues, too. */
  const choose = () => {
    let index = subtitles.findIndex((track) => track.mode === 'showing');
    if (index < 0) index = subtitles.findIndex((track) => track.mode === 'hidden');
    if (hls.subtitleTrack !== index) hls.subtitleTrack = index;
  };

  hls.on(Events.NON_NATIVE_TEXT_TRACKS_FOUND, found);
  hls.on(Events.CUES_PARSED, parsed);
  list.addEventListener('change', choose);
  return () => {
    list.removeEventListener('change', choose);
    hls.off(Events.NON_NATIVE_TEXT_TRACKS_FOUND, found);
    hls.off(Events.CUES_PARSED, parsed);
  };
}

/** hls.js names the track of subtitle cues `subtitles<index>`, and the default one `default`. */
function subtitleIndex(hls: Hls, name: string): number {
  return name === 'default'
    ? hls.subtitleTracks.findIndex((track) => track.default)
    : Number(name.slice('subtitles'.length));
}
