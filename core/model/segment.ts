import type { SegmentKey, TrackKey } from './ids.ts';

/** Bytes `start` (inclusive) to `end` (exclusive) of a resource. */
export interface ByteRange {
  readonly start: number;
  readonly end: number;
}

/**
 * What names a segment within its track: HLS by media sequence and discontinuity sequence, DASH by
 * presentation time, both with the byte range where there is one. URLs take no part: hosts and
 * query strings may differ between viewers.
 */
export type SegmentIdentity =
  | { readonly mediaSequence: number; readonly discontinuitySequence: number; readonly byteRange?: ByteRange | undefined }
  | { readonly presentationTimeS: number; readonly byteRange?: ByteRange | undefined };

/** A segment as the manifest lists it. It carries its track from birth. */
export interface Segment {
  readonly key: SegmentKey;
  readonly track: TrackKey;
  /** Where it begins on the player's timeline, in seconds. */
  readonly startS: number;
  readonly durationS: number;
  /** Absolute URL at which this viewer's origin has it. */
  readonly url: string;
  /** Its part of the resource at `url`; absent: all of it. */
  readonly byteRange?: ByteRange | undefined;
}

/** Segment keys longer than this are refused on the wire. */
export const MAX_SEGMENT_KEY_LENGTH = 64;

/** @returns the track that a segment is of; of a key that no `segmentKey` has made, some text. */
export function trackOf(key: SegmentKey): TrackKey {
  return key.slice(0, key.indexOf('/')) as TrackKey;
}

export function segmentKey(track: TrackKey, identity: SegmentIdentity): SegmentKey {
  const position =
    'mediaSequence' in identity
      ? `${identity.mediaSequence}.${identity.discontinuitySequence}`
      : // Milliseconds: players differ in the last bits of their floating-point presentation times.
        `t${Math.round(identity.presentationTimeS * 1000)}`;
  const range = identity.byteRange ? `@${identity.byteRange.start}-${identity.byteRange.end}` : '';
  return `${track}/${position}${range}` as SegmentKey;
}

/** As `segmentKey` makes them, without a byte range: where that one ends, nobody knows before it is listed. */
const KEY = /^(.*\/)(?:(\d+)\.(\d+)|t(\d+))$/;

/**
 * @returns the key of the segment that comes after `last`, if it follows `last` as that one follows
 *   `before`: the next media sequence number, or a presentation time as much later; `undefined` where
 *   that cannot be told. After a discontinuity, or with durations that change, nothing has that key.
 */
export function keyAfter(before: SegmentKey, last: SegmentKey): SegmentKey | undefined {
  const [, trackBefore, sequenceBefore, , timeBefore] = KEY.exec(before) ?? [];
  const [, track, sequence, discontinuity, time] = KEY.exec(last) ?? [];
  if (track === undefined || track !== trackBefore || (time === undefined) !== (timeBefore === undefined)) return undefined;
  const step = Number(sequence ?? time) - Number(sequenceBefore ?? timeBefore);
  if (sequence !== undefined) return step === 1 ? (`${track}${Number(sequence) + 1}.${discontinuity ?? ''}` as SegmentKey) : undefined;
  return step > 0 ? (`${track}t${Number(time) + step}` as SegmentKey) : undefined;
}
