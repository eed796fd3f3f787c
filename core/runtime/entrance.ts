import type { State } from '../engine/index.ts';
import type { Clock } from '../ports/index.ts';

/** Whether the viewer may enter is looked at this often. */
const LOOK_MS = 50;
/** Where it takes longer than this to start, the origin is slow, and peers can be of help. */
const LONGEST_MS = 800;
/** What the first connections cost the page's main thread, and some more. */
const QUIET_MS = 150;
/** Bytes that have come for less than this say little of how fast they come: a page that starts has pauses of its own. */
const LEAST_SAMPLE_MS = 100;

/**
 * Lets the player have its first frame before the viewer enters the swarm: each RTCPeerConnection
 * costs the page's main thread some ten milliseconds, just when the player needs it. Where the player
 * has to wait for its first segment all the same, the main thread has nothing to do: connections that
 * are made meanwhile cost nothing, and stand when the player asks for its second segment.
 * `enter` is called at once where that is so already.
 * @returns a function that calls it off, harmless afterwards.
 */
export function whenPlayerCanSpareIt(clock: Clock, isStarted: () => boolean, state: () => State, enter: () => void): () => void {
  const lastMs = clock.nowMs() + LONGEST_MS;
  let cancel = (): void => undefined;
  const look = (): void => {
    if (clock.nowMs() >= lastMs || isStarted() || waitsForOriginMs(state(), clock.nowMs()) >= QUIET_MS) enter();
    else cancel = clock.after(LOOK_MS, look);
  };
  look();
  return () => cancel();
}

/** How long the player will still have to wait for what the origin is sending; 0: not known. */
function waitsForOriginMs(state: State, nowMs: number): number {
  let longestMs = 0;
  for (const { fetch, sizeBytes } of state.segments.values()) {
    if (fetch?.headAtMs === undefined || sizeBytes === undefined || fetch.bytes === 0) continue;
    const elapsedMs = nowMs - fetch.headAtMs;
    if (elapsedMs >= LEAST_SAMPLE_MS) longestMs = Math.max(longestMs, ((sizeBytes - fetch.bytes) * elapsedMs) / fetch.bytes);
  }
  return longestMs;
}
