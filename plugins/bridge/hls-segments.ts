import { segmentKey, trackKey } from '../../core/index.ts';
import type { ByteRange, Segment, Track } from '../../core/index.ts';

/** One segment as a media playlist lists it. */
export interface PlaylistEntry {
  /** Media sequence number (RFC 8216, 3). */
  readonly mediaSequence: number;
  /** Discontinuity sequence number (RFC 8216, 6.2.1). */
  readonly discontinuitySequence: number;
  /** Where it begins on the player's timeline, in seconds. */
  readonly startS: number;
  readonly durationS: number;
  /** Absolute URL; it locates the segment and takes no part in its name. */
  readonly url: string;
  readonly byteRange?: ByteRange | undefined;
}

/** @returns a function that makes the segments of one track; the track is hashed once, not per segment. */
export function segmentsOf(track: Track): (entry: PlaylistEntry) => Segment {
  const key = trackKey(track);
  return (entry) => ({
    key: segmentKey(key, entry),
    track: key,
    startS: entry.startS,
    durationS: entry.durationS,
    url: entry.url,
    byteRange: entry.byteRange,
  });
}
