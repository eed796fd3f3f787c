import type { Segment, TrackKey } from '../model/index.ts';
import { withEntry } from './draft.ts';
import type { Draft } from './draft.ts';
import { forgetSegment, isIdle } from './eviction.ts';
import { upcoming } from './upcoming.ts';

/** Segments by which a neighbour may lag behind. */
const GRACE_SEGMENTS = 4;
/** So many are let go at a time: all neighbours are told, and have to look through what they know. */
const LET_GO_SEGMENTS = 4;

/** The manifest lists these segments of the track now. */
export function onListed(draft: Draft, track: TrackKey, inManifest: readonly Segment[]): void {
  const segments = [...inManifest, ...upcoming(draft, inManifest)];
  const index = new Map(draft.index);
  for (const segment of segments) index.set(segment.key, segment);
  draft.index = index;

  const listed = new Set(segments.map(({ key }) => key));
  const left = [...(draft.departed.get(track) ?? []), ...(draft.listed.get(track) ?? [])].filter(({ key }) => !listed.has(key));
  const past = left.filter((segment) => isPast(segment, segments[0]) && isIdle(draft, segment.key));
  const gone = new Set(past.length >= LET_GO_SEGMENTS ? past : []);
  for (const { key } of gone) {
    index.delete(key);
    forgetSegment(draft, key);
  }
  draft.departed = withEntry(draft.departed, track, left.filter((segment) => !gone.has(segment)));
  draft.listed = withEntry(draft.listed, track, segments);
}

/**
 * Neighbours may be some reloads behind, and still want what has just left this viewer's list; so
 * may the player itself. A segment is let go only once the list begins well beyond it: a list that
 * is empty, or begins earlier (the viewer switches, not the content), lets nothing go.
 */
function isPast(segment: Segment, first: Segment | undefined): boolean {
  return first !== undefined && segment.startS + segment.durationS * GRACE_SEGMENTS <= first.startS;
}
