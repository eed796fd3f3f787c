import { pieceSizeBytes } from '../model/index.ts';
import type { Draft } from './draft.ts';
import { spareMs } from './sooner.ts';
import type { Fetch, SegmentState } from './state.ts';
import { stockOf } from './stocks.ts';
import * as TUNING from './tuning.ts';

/**
 * Of what neighbours have, the origin is asked at the last moment for a part: while it comes, peers bring what they can
 * of the others, and the next is asked for when it is in. A line carries the bytes of both as fast, so
 * that the segment is later by nothing but the time of a request, where no peer's piece comes in that.
 * @returns how many of the missing pieces to ask for now; Infinity: all, since nobody brings them or there is no time for another request.
 */
export function mostAtOnce(draft: Draft, segment: SegmentState): number {
  const { own, sizeBytes } = segment;
  if (!draft.policy.download || !own || sizeBytes === undefined || !haveTheRest(draft, segment) || isLetDown(segment)) return Infinity;
  const unitBytes = pieceSizeBytes(sizeBytes);
  if (!(spareBytes(draft, segment) >= TUNING.leastSparePieces * unitBytes)) return Infinity;
  const missing = own.length - own.count;
  const pieces = Math.max(Math.ceil(missing * TUNING.partShare), TUNING.leastPartPieces, Math.ceil((draft.origin.rateBps * TUNING.leastPartMs) / 8000 / unitBytes));
  return pieces <= missing * TUNING.mostPartShare ? pieces : Infinity;
}

/**
 * How many requests may be open at peers while the origin brings a part just in time: for half of the pieces that no part
 * holds yet, since what does not come of them is still to be had in a later one; of the last few, for as
 * many as may come twice.
 */
export function mostBesidePart(draft: Draft, segment: SegmentState, { endPiece, nextPiece }: Fetch): number {
  const { own, sizeBytes } = segment;
  if (!own || sizeBytes === undefined || endPiece >= own.length) return 0;
  const laterPieces = own.length - own.count - (endPiece - nextPiece);
  const safePieces = laterPieces >= 2 * TUNING.leastPartPieces ? laterPieces / 2 : 0;
  return Math.floor(Math.max(safePieces, spareBytes(draft, segment) / pieceSizeBytes(sizeBytes)));
}

/** Whether neighbours have all that is missing of the segment. */
export function haveTheRest(draft: Draft, { key, own, sizeBytes }: SegmentState): boolean {
  const theirs = stockOf(draft, key, sizeBytes)?.pieces;
  return own !== undefined && theirs !== undefined && own.union(theirs).isFull;
}

/** A part has come, and meanwhile nothing from peers, nor is anything about to. */
function isLetDown({ asked, own, transfer }: SegmentState): boolean {
  return own !== undefined && own.count > 0 && transfer.peerBytes === 0 && asked.count === 0;
}

/** What may come twice, from a peer and from the origin, without making the segment late: with time for one more request; NaN: not known. */
function spareBytes(draft: Draft, segment: SegmentState): number {
  const { firstByteMs, rateBps } = draft.origin;
  return ((spareMs(draft, segment) - firstByteMs * TUNING.originTimeMargin) * rateBps) / 8000;
}
