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
