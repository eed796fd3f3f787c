import type { supply } from './ask-neighbours.ts';
import type { Draft } from './draft.ts';
import { heldBytes } from './holdings.ts';
import { bitrateBps, expectedBytes, slackMs } from './playback.ts';
import type { Demand, SegmentState } from './state.ts';
import * as TUNING from './tuning.ts';

/** An intent older than this announces nothing any more. */
const INTENT_LIFE_MS = 15_000;

/** Whether somebody has said, not too long ago, that it fetches the segment. */
export function isAnnounced(draft: Draft, segment: SegmentState): boolean {
  return segment.intent !== undefined && draft.nowMs - segment.intent.atMs < INTENT_LIFE_MS;
}

/** How long the origin takes for the segment, as measured, where that is long enough for peers to be sooner; else `undefined`. */
export function slowOriginMs(draft: Draft, segment: SegmentState): number | undefined {
  if (draft.origin.rateBps === 0) return undefined;
  const takesMs = measuredMs(draft, expectedBytes(draft, segment.key));
  return takesMs >= TUNING.slowOriginMs ? takesMs : undefined;
}

/**
 * Until when it is of no use to ask a slow origin, even with no slack left: as long as peers that have
 * the segment, or fetch it, go on bringing it, and no slower than the origin would. It would answer
 * everyone who has run dry later still, and nobody would recover.
 * -Infinity: the origin is not slow, nobody is at it, or it comes too slowly.
 */
export function peersAreSoonerUntilMs(draft: Draft, demand: Demand, segment: SegmentState, supplied: ReturnType<typeof supply>): number {
  const takesMs = slowOriginMs(draft, segment);
  if (takesMs === undefined || (supplied === 'none' && !isAnnounced(draft, segment))) return -Infinity;
  const missingBytes = missingBytesOf(draft, segment);
  const patienceMs = Math.max(draft.origin.firstByteMs * TUNING.firstBytePatience, takesMs * TUNING.originTimePatience);
  const { firstByteAtMs, lastByteAtMs, busyMs, peerBytes, originBytes } = segment.transfer;
  if (firstByteAtMs !== undefined && lastByteAtMs !== undefined) {
    const soFarMs = busyMs + draft.nowMs - lastByteAtMs;
    const atThisRateMs = (soFarMs * missingBytes) / (peerBytes + originBytes);
    if (soFarMs > patienceMs && atThisRateMs > measuredMs(draft, missingBytes)) return -Infinity;
  }
  return Math.max(demand.askedAtMs, segment.intent?.atMs ?? 0, lastByteAtMs ?? 0) + patienceMs;
}

/**
 * Whether the origin has only just the time to bring what is missing, as it does for the plain player:
 * then nothing must come in between. It is the viewer's own line that is narrow, but fit for what
 * plays: an origin that gives less than that is overrun, and more requests would make it worse.
 */
export function isJustInTime(draft: Draft, segment: SegmentState): boolean {
  return justInTimeAtMs(draft, segment) <= draft.nowMs;
}

/** From when on that is so, unless more of it comes before; Infinity: it is not going to be. */
export function justInTimeAtMs(draft: Draft, segment: SegmentState): number {
  if (draft.origin.rateBps < bitrateBps(draft, segment.key) * TUNING.fitLineRatio) return Infinity;
  const spare = spareMs(draft, segment);
  if (!(spare > -TUNING.lineLateMs)) return Infinity;
  return draft.nowMs + spare - measuredMs(draft, missingBytesOf(draft, segment)) * TUNING.lineReserveShare;
}

/** How much earlier than needed the origin would bring what is missing, asked now, at what was measured and with no margin; NaN: not measured. */
export function spareMs(draft: Draft, segment: SegmentState): number {
  return draft.origin.rateBps === 0 ? NaN : slackMs(draft, segment.key) - measuredMs(draft, missingBytesOf(draft, segment));
}

function missingBytesOf(draft: Draft, segment: SegmentState): number {
  return Math.max(0, expectedBytes(draft, segment.key) - heldBytes(segment));
}

function measuredMs({ origin }: Draft, bytes: number): number {
  return origin.firstByteMs + (bytes * 8000) / origin.rateBps;
}
