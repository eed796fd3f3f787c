import type { Draft } from './draft.ts';
import { fetchRateBps, hasGrown, mediaBytes, originAheadMs } from './fetch-rate.ts';
import { bitrateBps } from './playback.ts';
import type { Fetch, Probe, SegmentState } from './state.ts';
import * as TUNING from './tuning.ts';

/**
 * How many requests may be open at peers while the origin sends the viewer's first segment.
 *
 * It comes at the rate of the viewer's own line, or at what an origin that others ask, too, has left. What
 * peers send comes on top in the second case. In the first it takes the place of what the origin sends, and the second segment,
 * for which such a line has only just the time, stands in a queue behind what comes twice. One is told from the
 * other by trying: peers are asked for a few pieces, and for more once all together is faster than the origin alone was.
 * Not where the origin is done before long: it has sent all by the time that strangers have answered, and what they send comes twice.
 */
export function mostAsksBeside(draft: Draft, segment: SegmentState, fetch: Fetch): number {
  if (fetch.probe) return hasGrown(draft, fetch.probe) ? Infinity : openAtFirst(draft, fetch.probe);
  if (!mayFillLine(draft, segment, fetch)) return Infinity;
  return restMs(draft, segment, fetch) >= originAheadMs(fetchRateBps(draft, fetch)) + TUNING.probeLeastRestMs ? TUNING.probePieces : 0;
}

/** What to keep of the moment when the first of them are asked. */
export function probeOf(draft: Draft, fetch: Fetch): Probe {
  return { atMs: draft.nowMs, rateBps: fetchRateBps(draft, fetch), bytes: mediaBytes(draft), peerBytes: draft.counters.p2pBytes };
}

/** How long the origin will still take. */
function restMs(draft: Draft, { sizeBytes = 0 }: SegmentState, fetch: Fetch): number {
  return ((sizeBytes - fetch.bytes) * 8000) / fetchRateBps(draft, fetch);
}

/** Whether the rate at which the first segment comes may be the line's: fit for what plays, and no more than that. */
function mayFillLine(draft: Draft, { key, sizeBytes }: SegmentState, fetch: Fetch): boolean {
  if (draft.origin.rateBps > 0 || sizeBytes === undefined) return false;
  const rateBps = fetchRateBps(draft, fetch);
  return rateBps >= bitrateBps(draft, key) * TUNING.fitLineRatio && (sizeBytes * 8000) / rateBps >= TUNING.slowOriginMs;
}

/** The probe lasts for a moment; peers that were slow to answer are still believed afterwards, by what they bring. */
function openAtFirst(draft: Draft, { atMs }: Probe): number {
  return draft.nowMs - atMs < TUNING.probeMs ? TUNING.probePieces : 0;
}
