import { keyAfter } from '../model/index.ts';
import type { Segment } from '../model/index.ts';
import type { Draft } from './draft.ts';
import { mostToldOf } from './stocks.ts';
import * as TUNING from './tuning.ts';

/**
 * Live, the segment that the manifest is going to list next. Players reload their lists one after the
 * other, for as long as a segment lasts, while the first of them hold and tell of a new segment: it
 * can be had of them before this viewer's own list names it. It has no address yet, and so cannot be
 * asked of the origin.
 */
export function upcoming(draft: Draft, listed: readonly Segment[]): readonly Segment[] {
  const [before, last] = listed.slice(-2);
  const key = draft.playback.live && before && last ? keyAfter(before.key, last.key) : undefined;
  if (!last || !key) return [];
  // A list that is older than the last one: it has been named before.
  return [draft.index.get(key) ?? { key, track: last.track, startS: last.startS + last.durationS, durationS: last.durationS, url: '' }];
}

/** Whether the segment is one of the manifest's, or enough neighbours tell of it alike, or one that has proved to be of use; a publisher's digest is of a listed one. */
export function isToldOf(draft: Draft, { key, url }: Segment): boolean {
  if (url !== '') return true;
  const tellers = draft.policy.digests ? undefined : mostToldOf(draft, key)?.holdings;
  if (!tellers) return false;
  return tellers.length >= TUNING.upcomingTellers || tellers.some(({ peer }) => (draft.neighbours.get(peer)?.broughtPieces ?? 0) >= TUNING.trustedPieces);
}
