import type { Segment } from '../model/index.ts';
import { askNeighbours } from './ask-neighbours.ts';
import { fetchRateBps } from './fetch-rate.ts';
import type { Draft } from './draft.ts';
import { bitrateBps, slackMs } from './playback.ts';
import * as TUNING from './tuning.ts';
import { isToldOf } from './upcoming.ts';

/** A track that nothing was asked of for so long is no longer played. */
const TRACK_IDLE_MS = 15_000;
/** Read-ahead leaves this share of the cache for what the player asks for. */
const CACHE_SHARE = 0.8;

/**
 * Takes segments beyond those that the player has asked for from neighbours that hold them whole.
 * Never from the origin: what may not be watched must cost nothing there. Live, it is the newest
 * segment while the player still waits for the one before, and the one that the list does not name
 * yet: else one late segment makes all that follow late, since whoever waits for it neither takes nor
 * gives the next.
 */
export function readAhead(draft: Draft): void {
  const { policy, counters } = draft;
  if (!policy.download || isStartingUp(draft) || counters.cacheBytes > policy.cacheMaxBytes * CACHE_SHARE) return;
  for (const [track, { segment, atMs }] of draft.frontier) {
    if (draft.nowMs - atMs > TRACK_IDLE_MS) continue;
    const listed = draft.listed.get(track) ?? [];
    const from = indexAfter(listed, draft.index.get(segment));
    for (let place = from; place < from + TUNING.readAheadSegments; place++) {
      const next = listed[place];
      if (!next || slackMs(draft, next.key) > TUNING.readAheadS * 1000) break;
      if (!draft.segments.get(next.key)?.own?.isFull && isToldOf(draft, next)) askNeighbours(draft, next.key, false);
    }
  }
}

/** The very first segment is on its way from the origin, or has just been handed over: nothing must delay what is shown first, nor what is asked for next. */
function isStartingUp(draft: Draft): boolean {
  if (!draft.playback.waiting) return false;
  if (draft.demands.size === 0) return true;
  if (draft.origin.rateBps > 0) return false;
  for (const { segment: key } of draft.demands.current.values()) {
    const fetch = draft.segments.get(key)?.fetch;
    if (fetch && fetchRateBps(draft, fetch) >= bitrateBps(draft, key) * TUNING.fitLineRatio) return true;
  }
  return false;
}

/** Binary search: lists of hours are long, and this runs on every decision. */
function indexAfter(listed: readonly Segment[], frontier: Segment | undefined): number {
  if (!frontier) return listed.length;
  let low = 0;
  let high = listed.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((listed[middle]?.startS ?? Infinity) <= frontier.startS) low = middle + 1;
    else high = middle;
  }
  return low;
}
