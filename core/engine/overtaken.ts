import { pieceSizeBytes } from '../model/index.ts';
import type { Draft } from './draft.ts';
import { yieldsTo } from './election.ts';
import { fetchRateBps, originAheadMs } from './fetch-rate.ts';
import { bitrateBps } from './playback.ts';
import { isAnnounced, spareMs } from './sooner.ts';
import type { Fetch, SegmentState } from './state.ts';
import { anyHoldingOf } from './stocks.ts';
import * as TUNING from './tuning.ts';

/**
 * Whether peers have overtaken the fetch: what it is going to bring for a good while has come from them,
 * since one of them fetches the same and is ahead. As long as both go on, each gets half of what an overrun origin
 * gives, and all that the one behind gets of it comes twice.
 */
export function isOvertaken(draft: Draft, segment: SegmentState, fetch: Fetch): boolean {
  const { own, sizeBytes, wholeOnly } = segment;
  // What cannot be asked for from the first missing piece on would all have to come again.
  if (!own || sizeBytes === undefined || fetch.headAtMs === undefined || wholeOnly || !draft.origin.rangeAllowed) return false;
  if (isOnTheLine(draft, segment)) return false;
  const pieces = Math.ceil((fetchRateBps(draft, fetch) * TUNING.overtakenMs) / 8000 / pieceSizeBytes(sizeBytes));
  const end = fetch.nextPiece + Math.max(TUNING.overtakenPieces, pieces);
  if (end > Math.min(fetch.endPiece, own.length)) return false;
  for (let index = fetch.nextPiece; index < end; index++) if (!own.has(index)) return false;
  return true;
}

/** Whether there is no time for what a fit origin has sent already: that comes all the same, and what is asked for instead waits behind it. */
function isOnTheLine(draft: Draft, segment: SegmentState): boolean {
  const { rateBps } = draft.origin;
  return rateBps >= bitrateBps(draft, segment.key) * TUNING.fitLineRatio && spareMs(draft, segment) < originAheadMs(rateBps);
}

/**
 * Whether a neighbour has begun to fetch the same from an overrun origin at about the same moment, and it is this viewer
 * who gives way: side by side, each would get half of what the origin gives, and both all of the same bytes. A rate
 * fit for what plays may be that of the viewer's own line, which the other one's fetch does not burden.
 */
export function runsBeside(draft: Draft, segment: SegmentState, fetch: Fetch): boolean {
  const { intent, own, sizeBytes } = segment;
  const unitBytes = pieceSizeBytes(sizeBytes ?? 0);
  if (!own || sizeBytes === undefined || own.length - own.count < TUNING.leastSharedPieces) return false;
  if (fetch.firstPiece > 0 || fetch.bytes < 2 * unitBytes || fetch.bytes > TUNING.overtakenPieces * unitBytes) return false;
  if (!intent || intent.hops > 0 || !isAnnounced(draft, segment) || segment.wholeOnly || !draft.origin.rangeAllowed) return false;
  // What peers bring meanwhile makes a fetch slow, too, and not the origin.
  const rateBps = Math.max(fetchRateBps(draft, fetch), draft.origin.rateBps);
  const isOverrun = (sizeBytes * 8000) / rateBps >= TUNING.slowOriginMs && rateBps < bitrateBps(draft, segment.key) * TUNING.fitLineRatio;
  if (!isOverrun || !yieldsTo(draft.self, intent.from, segment.key)) return false;
  const other = draft.neighbours.get(intent.from);
  const aheadPieces = other ? (anyHoldingOf(draft, segment.key, other)?.pieces.count ?? 0) - fetch.nextPiece : Infinity;
  return aheadPieces < TUNING.overtakenPieces;
}
