import type { SegmentKey } from '../model/index.ts';
import type { Draft } from './draft.ts';
import { bitrateBps } from './playback.ts';
import type { Fetch, Probe } from './state.ts';
import * as TUNING from './tuning.ts';

/** How fast the origin brings it, or would if peers took none of the line, measured of this very fetch alone, in bit/s; 0: nothing has come yet. */
export function fetchRateBps(draft: Draft, fetch: Fetch): number {
  const { bytes, headAtMs } = fetch;
  return headAtMs === undefined ? 0 : ((bytes + inItsPlaceBytes(draft, fetch)) * 8000) / Math.max(1, draft.nowMs - headAtMs);
}

/** What peers have brought in place of what the origin would have sent in that time: all, where all together is no faster than the origin alone was. */
function inItsPlaceBytes(draft: Draft, { probe }: Fetch): number {
  return !probe || hasGrown(draft, probe) ? 0 : draft.counters.p2pBytes - probe.peerBytes;
}

/**
 * What a fetch that has ended says of the origin's rate. Where all together came about as fast as the origin alone was known to, and that is
 * fit for what plays, it is the viewer's line that was full, and peers' bytes took the place of the origin's.
 */
export function aloneBps(draft: Draft, key: SegmentKey, fetch: Fetch): number {
  const rateBps = fetchRateBps(draft, fetch);
  const knownBps = draft.origin.rateBps;
  const peerBytes = draft.counters.p2pBytes - fetch.peerBytesBefore;
  const togetherBps = (rateBps * (fetch.bytes + peerBytes)) / fetch.bytes;
  const isLineFull = togetherBps >= knownBps * TUNING.lineFullShare && togetherBps <= knownBps * TUNING.probeGrowth;
  return isLineFull && knownBps >= bitrateBps(draft, key) * TUNING.fitLineRatio ? Math.max(rateBps, Math.min(togetherBps, knownBps)) : rateBps;
}

/** Whether more comes since peers have been asked, too. */
export function hasGrown(draft: Draft, { atMs, bytes, rateBps }: Probe): boolean {
  const elapsedMs = draft.nowMs - atMs;
  return elapsedMs >= TUNING.probeMs && ((mediaBytes(draft) - bytes) * 8000) / elapsedMs >= rateBps * TUNING.probeGrowth;
}

export function mediaBytes({ counters }: Draft): number {
  return counters.httpBytes + counters.p2pBytes;
}

/** How long what the origin has sent already may still take on the viewer's line, at its rate in bit/s. */
export function originAheadMs(rateBps: number): number {
  return Math.min(TUNING.mostOriginAheadMs, (TUNING.originAheadBytes * 8000) / rateBps);
}
