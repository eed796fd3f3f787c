import type { PeerId } from '../model/index.ts';

/** Neighbours that a viewer looks for; in a smaller swarm, all the others. */
export const WANTED_NEIGHBOURS = 20;
/** Neighbours that a viewer has at most: room for newcomers that it did not look for. */
export const MAX_NEIGHBOURS = 26;

/** Offers worth making while the swarm's size is unknown. */
const FIRST_OFFERS = 5;

/** How many more neighbours to look for. `swarmSize` includes this viewer; 0: unknown. */
export function neighboursWanted(connected: number, connecting: number, swarmSize: number): number {
  const reachable = swarmSize === 0 ? FIRST_OFFERS : swarmSize - 1;
  return Math.max(0, Math.min(WANTED_NEIGHBOURS, reachable) - connected - connecting);
}

/**
 * Of two connections that a pair is making at the same time, whether this side's own offer is the
 * one that both keep.
 */
export function keepsOurs(self: PeerId, other: PeerId): boolean {
  return self < other;
}
