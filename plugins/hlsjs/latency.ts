import type Hls from 'hls.js';

/**
 * Seconds behind live, as hls.js measures it with each `timeupdate`; `undefined` before the first,
 * where hls.js says 0 (its `latency-controller`). On demand hls.js measures, too: callers ask live only.
 */
export function latencyS(hls: Hls): number | undefined {
  return hls.latency || undefined;
}
