import type { Clock } from '../ports/index.ts';

/** Whether the player has something to show is looked at this often. */
const LOOK_MS = 100;
/** Where it takes longer than this to start, the origin is slow, and peers can be of help. */
const LONGEST_MS = 800;

/**
 * Lets the player have its first frame before the viewer enters the swarm: each RTCPeerConnection
 * costs the page's main thread tens of milliseconds, just when the player needs it, and there is
 * nothing to gain yet: what a player starts with has no slack to wait for peers. Once it has
 * started, `enter` is called at once.
 * @returns a function that calls it off, harmless afterwards.
 */
export function whenStarted(clock: Clock, isStarted: () => boolean, enter: () => void): () => void {
  const lastMs = clock.nowMs() + LONGEST_MS;
  let cancel = (): void => undefined;
  const look = (): void => {
    if (clock.nowMs() >= lastMs || isStarted()) enter();
    else cancel = clock.after(LOOK_MS, look);
  };
  look();
  return () => cancel();
}
