import type { Draft } from './draft.ts';
import type { Fetch } from './state.ts';
import * as TUNING from './tuning.ts';

/** How fast the origin brings it, measured of this very fetch alone, in bit/s; 0: nothing has come yet. */
export function fetchRateBps({ nowMs }: Draft, { bytes, headAtMs }: Fetch): number {
  return headAtMs === undefined ? 0 : (bytes * 8000) / Math.max(1, nowMs - headAtMs);
}

/** How long what the origin has sent already may still take on the viewer's line, at its rate in bit/s. */
export function originAheadMs(rateBps: number): number {
  return Math.min(TUNING.mostOriginAheadMs, (TUNING.originAheadBytes * 8000) / rateBps);
}
