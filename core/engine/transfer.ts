import type { TransferTruth } from '../model/index.ts';
import type { Draft, SegmentDraft } from './draft.ts';
import type { Demand, SegmentState } from './state.ts';

/** Bytes of the segment were asked for, of whomever. */
export function noteAsked(draft: Draft, segment: SegmentDraft): void {
  if (segment.transfer.firstAskedAtMs === undefined) {
    segment.transfer = { ...segment.transfer, firstAskedAtMs: draft.nowMs };
  }
}

/** Payload of the segment came in and was of use. */
export function noteArrival(draft: Draft, segment: SegmentDraft, bytes: number, fromPeer: boolean): void {
  const { transfer } = segment;
  const sinceMs = transfer.lastByteAtMs ?? transfer.firstAskedAtMs ?? draft.nowMs;
  // A pause in which nothing was under way and nobody waited says nothing of what the viewer's line can do.
  const underWay = transfer.firstByteAtMs === undefined || segment.asked.count > 0 || segment.fetch !== undefined || draft.isDemanded(segment.key);
  segment.transfer = {
    firstAskedAtMs: transfer.firstAskedAtMs ?? draft.nowMs,
    firstByteAtMs: transfer.firstByteAtMs ?? draft.nowMs,
    lastByteAtMs: draft.nowMs,
    busyMs: transfer.busyMs + (underWay ? draft.nowMs - sinceMs : 0),
    peerBytes: transfer.peerBytes + (fromPeer ? bytes : 0),
    originBytes: transfer.originBytes + (fromPeer ? 0 : bytes),
  };
}

/**
 * What to tell the player's bandwidth estimator of a segment: the rate at which its bytes really
 * came in while they were wanted (also when that was before the player asked), and never less than
 * what the origin has been seen to give, since the origin remains there to fall back to, nor than what
 * the viewer's line has been seen to carry of all segments together, which come side by side.
 */
export function truthOf(draft: Draft, segment: SegmentState, demand: Demand): TransferTruth {
  const { transfer, sizeBytes = 0 } = segment;
  const firstByteMs = Math.max(
    0,
    (transfer.firstByteAtMs ?? draft.nowMs) - Math.max(transfer.firstAskedAtMs ?? draft.nowMs, demand.askedAtMs),
  );
  // `busyMs` counts from the request; the time to the first byte is told apart.
  const seenMs = transfer.busyMs - ((transfer.firstByteAtMs ?? 0) - (transfer.firstAskedAtMs ?? 0));
  const seenBps = (sizeBytes * 8000) / Math.max(1, seenMs > 1 ? seenMs : transfer.busyMs);
  const rateBps = Math.max(seenBps, draft.origin.rateBps, draft.download.rateBps);
  return { firstByteMs, transferMs: Math.max(1, (sizeBytes * 8000) / rateBps) };
}
