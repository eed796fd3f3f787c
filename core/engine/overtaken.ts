import { pieceSizeBytes } from '../model/index.ts';
import type { Draft } from './draft.ts';
import { fetchRateBps } from './fetch-rate.ts';
import type { Fetch, SegmentState } from './state.ts';
import { TUNING } from './tuning.ts';

/**
 * Whether peers have overtaken the fetch: what it is going to bring for a good while has come from them,
 * since one of them fetches the same and is ahead. As long as both go on, each gets half of what an overrun origin
 * gives, and all that the one behind gets of it comes twice.
 */
export function isOvertaken(draft: Draft, { own, sizeBytes, wholeOnly }: SegmentState, fetch: Fetch): boolean {
  // What cannot be asked for from the first missing piece on would all have to come again.
  if (!own || sizeBytes === undefined || fetch.headAtMs === undefined || wholeOnly || !draft.origin.rangeAllowed) return false;
  const pieces = Math.ceil((fetchRateBps(draft, fetch) * TUNING.overtakenMs) / 8000 / pieceSizeBytes(sizeBytes));
  const end = fetch.nextPiece + Math.max(TUNING.minOvertakenPieces, pieces);
  if (end > Math.min(fetch.endPiece, own.length)) return false;
  for (let index = fetch.nextPiece; index < end; index++) if (!own.has(index)) return false;
  return true;
}
