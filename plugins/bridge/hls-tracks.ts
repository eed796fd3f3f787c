import { trackKey } from '../../core/index.ts';
import type { Track } from '../../core/index.ts';

/**
 * Names HLS tracks by what the multivariant playlist says, and by nothing else: what an engine
 * measured, normalised or filtered after parsing differs between players, and two names for one
 * rendition are two halves of a swarm that never meet.
 */

/** Attributes of `#EXT-X-STREAM-INF` as written (RFC 8216, 4.3.4.2), quotes removed. */
export interface VariantAttributes {
  readonly BANDWIDTH?: string | number | undefined;
  readonly CODECS?: string | undefined;
  /** `1280x720`. */
  readonly RESOLUTION?: string | undefined;
}

/** Attributes of `#EXT-X-MEDIA` as written (RFC 8216, 4.3.4.1), quotes removed. */
export interface RenditionAttributes {
  readonly 'GROUP-ID'?: string | undefined;
  readonly LANGUAGE?: string | undefined;
  readonly NAME?: string | undefined;
}

/** A line of a multivariant playlist that leads to a media playlist. */
export interface ListedPlaylist {
  readonly type: 'main' | 'audio' | 'text';
  readonly url: string;
  /** As written, quotes removed. */
  readonly attributes: VariantAttributes & RenditionAttributes;
}

/**
 * Names the media playlists of a multivariant one, by their URLs. One that is listed several times (the same
 * picture with several groups of sound, the same sound in several groups) is one track, and is named alike
 * whichever of its entries a player plays and in whatever order it keeps them: as a rendition before a
 * variant, by the lowest bandwidth, and among those by the key.
 */
export function tracksOf(listed: readonly ListedPlaylist[]): ReadonlyMap<string, Track> {
  const tracks = new Map<string, Track>();
  for (const { type, url, attributes } of listed) {
    const track = type === 'main' ? variantTrack(attributes) : renditionTrack(type, attributes);
    const known = tracks.get(url);
    if (!known || comesBefore(track, known)) tracks.set(url, track);
  }
  return tracks;
}

function comesBefore(track: Track, other: Track): boolean {
  if ((track.type === 'main') !== (other.type === 'main')) return other.type === 'main';
  const { bitrateBps = 0 } = track;
  const { bitrateBps: othersBps = 0 } = other;
  return bitrateBps === othersBps ? trackKey(track) < trackKey(other) : bitrateBps < othersBps;
}

/**
 * @returns the main track of a variant; for a media playlist without a multivariant one, pass `{}`.
 */
export function variantTrack(attributes: VariantAttributes): Track {
  const bitrateBps = Number(attributes.BANDWIDTH);
  const size = /^(\d+)x(\d+)$/i.exec(attributes.RESOLUTION ?? '');
  return {
    type: 'main',
    codecs: attributes.CODECS || undefined,
    width: size ? Number(size[1]) : undefined,
    height: size ? Number(size[2]) : undefined,
    bitrateBps: bitrateBps > 0 ? bitrateBps : undefined,
  };
}

/**
 * @returns the track of an alternative rendition. The group is part of its name: the members of
 *   several groups share NAME and LANGUAGE and differ in nothing but their bytes (the same English
 *   audio at 64 and at 128 kbit/s).
 */
export function renditionTrack(type: 'audio' | 'text', attributes: RenditionAttributes): Track {
  return {
    type,
    language: attributes.LANGUAGE || undefined,
    name: [attributes['GROUP-ID'] ?? '', attributes.NAME ?? ''].join('/'),
  };
}
