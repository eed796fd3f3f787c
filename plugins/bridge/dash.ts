import { segmentKey, trackKey } from '../../core/index.ts';
import type { ByteRange, Segment, Track, TrackType } from '../../core/index.ts';

/** A Representation as the MPD states it (ISO/IEC 23009-1, 5.3.5), inherited attributes included. */
export interface RepresentationAttributes {
  readonly type: Exclude<TrackType, 'main'>;
  readonly id?: string | null | undefined;
  /** `@bandwidth`, in bit/s. */
  readonly bandwidthBps?: number | undefined;
  readonly width?: number | undefined;
  readonly height?: number | undefined;
}

/**
 * Names a DASH track. `@id` is unique within a Period (5.3.5.2) and tells apart what shares all else,
 * such as the film's sound and its commentary; bandwidth and size keep two encodings of one film
 * apart whose packager counts ids from 0. Codecs and language take no part: players normalise them.
 */
export function representationTrack({ type, id, bandwidthBps, width, height }: RepresentationAttributes): Track {
  return {
    type,
    name: id ?? undefined,
    bitrateBps: positive(bandwidthBps),
    width: positive(width),
    height: positive(height),
  };
}

/** One segment as an MPD addresses it: by template, list or index. */
export interface TimedEntry {
  /** On the presentation's timeline, which starts at `MPD@availabilityStartTime` where the MPD is dynamic (5.3.1.2). */
  readonly presentationTimeS: number;
  /** Where it begins on the player's timeline, in seconds. */
  readonly startS: number;
  readonly durationS: number;
  /** Absolute URL; it locates the segment and takes no part in its name. */
  readonly url: string;
  readonly byteRange?: ByteRange | undefined;
}

/** @returns a function that makes the segments of one track; the track is hashed once, not per segment. */
export function timedSegmentsOf(track: Track): (entry: TimedEntry) => Segment {
  const key = trackKey(track);
  return (entry) => ({
    key: segmentKey(key, { presentationTimeS: entry.presentationTimeS, byteRange: entry.byteRange }),
    track: key,
    startS: entry.startS,
    durationS: entry.durationS,
    url: entry.url,
    byteRange: entry.byteRange,
  });
}

function positive(value: number | undefined): number | undefined {
  return value !== undefined && value > 0 ? value : undefined;
}
