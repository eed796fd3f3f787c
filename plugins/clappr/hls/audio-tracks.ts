import type Hls from 'hls.js';
import type { MediaPlaylist } from 'hls.js';
import type { AudioTrack } from '../host.ts';

/** hls.js's audio tracks as Clappr's. */
export function audioTracksOf(hls: Hls | undefined): AudioTrack[] {
  return hls?.audioTracks.map(audioTrackOf) ?? [];
}

export function currentAudioTrackOf(hls: Hls | undefined): AudioTrack | null {
  return audioTracksOf(hls)[hls?.audioTrack ?? -1] ?? null;
}

export function switchAudioTrack(hls: Hls | undefined, id: string): void {
  if (hls) hls.audioTrack = Number(id);
}

/** By their place in the list: hls.js numbers them so, within the group that plays. */
function audioTrackOf({ lang, name, default: isDefault }: MediaPlaylist, index: number): AudioTrack {
  return { id: String(index), language: lang ?? '', kind: isDefault ? 'main' : 'alternative', label: name };
}
