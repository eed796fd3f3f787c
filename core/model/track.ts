import { hash66Text } from './hash.ts';
import type { TrackKey } from './ids.ts';

/** What a track carries. `main` is muxed audio and video, or video alone in HLS. */
export type TrackType = 'main' | 'video' | 'audio' | 'text';

/**
 * A track by what it is, never by its index: indexes differ between players, with codec filtering
 * and between redundant hosts. Absent members are those that the manifest does not state.
 */
export interface Track {
  readonly type: TrackType;
  /** Codecs as the manifest states them (RFC 6381), in the manifest's order. */
  readonly codecs?: string | undefined;
  readonly width?: number | undefined;
  readonly height?: number | undefined;
  /** The manifest's bandwidth of the rendition, in bit/s. */
  readonly bitrateBps?: number | undefined;
  /** BCP 47 language tag. */
  readonly language?: string | undefined;
  readonly name?: string | undefined;
}

/** Names a track so that every player on every engine names the same rendition alike. */
export function trackKey(track: Track): TrackKey {
  const codecs = (track.codecs ?? '')
    .split(',')
    .map((codec) => codec.trim().toLowerCase())
    .filter((codec) => codec !== '')
    .sort()
    .join(',');
  const parts = [
    // VHS and hls.js call the same rendition `main` and `video`: the distinction is the player's, not the content's.
    track.type === 'video' ? 'main' : track.type,
    codecs,
    track.width ?? '',
    track.height ?? '',
    track.bitrateBps ?? '',
    track.language ?? '',
    track.name ?? '',
  ];
  return hash66Text(parts.join('|')) as TrackKey;
}
