import { weightedScore } from '../model/index.ts';
import type { PeerId } from '../model/index.ts';
import type { State } from './state.ts';

/** Neighbours that a viewer looks for; in a smaller swarm, all the others. */
export const WANTED_NEIGHBOURS = 20;
/** Neighbours that a viewer has at most: room for newcomers that it did not look for. */
export const MAX_NEIGHBOURS = 26;

/**
 * Offers made while the swarm's size is unknown. Each is an RTCPeerConnection made while the player has hardly
 * begun, which comes first; the first neighbours introduce the others.
 */
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

/** A neighbour with fewer neighbours of its own than this is not let go: it might be left alone. */
const LEAST_DEGREE = 6;
/** A neighbour is given this long to become useful. */
const PROBATION_MS = 10_000;
/** Without a piece either way for so long a neighbour is of no use. */
const USELESS_AFTER_MS = 60_000;

/** The neighbour to let go when somebody new asks for a place: the one that was useful the longest time ago. */
export function dispensable(state: Pick<State, 'neighbours'>, nowMs: number): PeerId | undefined {
  let worst: { peer: PeerId; lastUsefulMs: number } | undefined;
  for (const { peer, degree, sinceMs, lastUsefulMs } of state.neighbours.values()) {
    if (degree < LEAST_DEGREE || nowMs - sinceMs < PROBATION_MS) continue;
    if (!worst || lastUsefulMs < worst.lastUsefulMs) worst = { peer, lastUsefulMs };
  }
  return worst?.peer;
}

/** The neighbour to try another one in place of, if any: one at a time, and only when the neighbourhood is full. */
export function useless(state: Pick<State, 'neighbours' | 'swarm'>, nowMs: number): PeerId | undefined {
  const { neighbours, swarm } = state;
  if (neighbours.size < WANTED_NEIGHBOURS || swarm.size <= neighbours.size + 1) return undefined;
  const peer = dispensable(state, nowMs);
  const neighbour = peer && neighbours.get(peer);
  return neighbour && nowMs - neighbour.lastUsefulMs > USELESS_AFTER_MS ? peer : undefined;
}

/** One is told of so many at a time: of all neighbours of all its neighbours it could try only a part. Eight were too few: see README.md beside this. */
const INTRODUCED_AT_ONCE = 14;

/**
 * The neighbours to introduce one to that looks for some, the first to be tried first: those that have room, in an
 * order drawn by how much they can give. A newcomer is about to run dry with the few neighbours that it
 * has, and the order differs from one to the next, so that no neighbour gets them all.
 * @param nowMs the order differs from one time to the next, too: those who could not be reached are not told of for ever.
 */
export function introducedTo(peer: PeerId, { neighbours }: Pick<State, 'neighbours'>, nowMs: number): PeerId[] {
  const drawn = neighbours.values().filter((other) => other.peer !== peer).map((other) => ({
    peer: other.peer,
    full: other.degree >= MAX_NEIGHBOURS ? 1 : 0,
    score: weightedScore(`${other.peer}${peer}${nowMs}`, Math.max(other.uploadBps, 1)),
  }));
  return drawn
    .sort((one, other) => one.full - other.full || one.score - other.score)
    .slice(0, INTRODUCED_AT_ONCE)
    .map((other) => other.peer);
}
