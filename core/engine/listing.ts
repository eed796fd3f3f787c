import type { Segment, SegmentKey, TrackKey } from '../model/index.ts';
import { withEntry } from './draft.ts';
import type { Draft } from './draft.ts';
import { evictUnlisted } from './eviction.ts';

/** The manifest lists these segments of the track now. */
export function onListed(draft: Draft, track: TrackKey, segments: readonly Segment[]): void {
  const before = draft.listed.get(track) ?? [];
  const index = new Map(draft.index);
  for (const segment of before) index.delete(segment.key);
  for (const segment of segments) index.set(segment.key, segment);
  const left = before.filter((segment) => !index.has(segment.key));
  draft.index = index;
  draft.listed = withEntry(draft.listed, track, segments);
  evictLeft(draft, track, left, segments[0]);
}

/**
 * Neighbours may be one reload behind, and still want what has just left this viewer's list: a
 * segment is let go only once the list begins as far beyond it as the list is long.
 */
function evictLeft(draft: Draft, track: TrackKey, left: readonly Segment[], first: Segment | undefined): void {
  const departed = [...(draft.departed.get(track) ?? []), ...left];
  const keepFrom = departed.findIndex((segment) => first !== undefined && segment.startS + segment.durationS * GRACE_SEGMENTS > first.startS);
  const gone = keepFrom < 0 ? departed : departed.slice(0, keepFrom);
  if (departed.length === 0) return;
  draft.departed = withEntry(draft.departed, track, keepFrom < 0 ? [] : departed.slice(keepFrom));
  evictUnlisted(draft, gone.map(({ key }): SegmentKey => key));
}

/** Segments by which a neighbour may lag behind. */
const GRACE_SEGMENTS = 4;
