import { hashUnit, MAX_PIECE_BYTES, trackOf, weightedScore } from '../model/index.ts';
import type { PeerId, SegmentKey } from '../model/index.ts';
import type { Draft } from './draft.ts';
import type { State } from './state.ts';
import { bitrateBps } from './playback.ts';
import { mayPlay } from './tracks.ts';
import * as TUNING from './tuning.ts';

/** A peer that uploads nothing can still fetch for itself, but last. */
const LEAST_UPLOAD_BPS = 10_000;

/** The peer with the lowest one is first. */
function score(peer: PeerId, segment: SegmentKey, uploadBps: number): number {
  return weightedScore(peer + segment, weight(uploadBps));
}

/**
 * The square of the upload capacity, in Mbit/s: whoever fetches must give every piece away at least
 * once, so that a slow fetcher makes the whole swarm late, while a fast one does no more than it can.
 */
function weight(uploadBps: number): number {
  return (Math.max(uploadBps, LEAST_UPLOAD_BPS) / 1e6) ** 2;
}

/** Own upload capacity as far as it is known and allowed, in bit/s; 0: nothing is uploaded (any more). */
export function ownUploadBps(draft: Pick<State, 'policy' | 'upload' | 'counters'>): number {
  const { policy, upload, counters } = draft;
  if (policy.uploadMaxBps === 0 || counters.uploadBytes + MAX_PIECE_BYTES > policy.uploadMaxBytes) return 0;
  return Math.min(policy.uploadMaxBps, upload.rateBps || TUNING.assumedUploadBps);
}

/** A capacity is told anew when it is off by this many doublings: the neighbours' figure must be this viewer's own. */
const TELLING_OCTAVES = 0.75;

/**
 * Own upload capacity as the neighbours are to know it, in bit/s: a power of two that stays as it is
 * while the capacity moves about it.
 */
export function roundedUploadBps(draft: Pick<State, 'policy' | 'upload' | 'counters'>): number {
  const ownBps = ownUploadBps(draft);
  const { toldBps } = draft.upload;
  if (ownBps === 0 || ownBps === toldBps) return ownBps;
  if (toldBps > 0 && Math.abs(Math.log2(ownBps / toldBps)) < TELLING_OCTAVES) return toldBps;
  return 2 ** Math.round(Math.log2(ownBps));
}

/**
 * This peer's place in the election of who asks the origin for the segment; 0 is first.
 *
 * Among neighbours that play the track it is the exact rank. The ranks of strangers cannot be known, but how many of them
 * come first can be expected, if they are like the neighbours: one of weight w has a lower score than
 * s with a probability of 1 - exp(-w * s). So one place below 1 is expected, however large the swarm
 * is. A fetcher whose capacity is small beside the stream's bitrate counts for part of one: then
 * another one helps.
 * @param strangers how many that are no neighbours take part.
 */
export function electionPlace(draft: Draft, segment: SegmentKey, strangers = Math.max(0, draft.swarm.size - 1 - draft.neighbours.size)): number {
  // Weighed by what was told, as everyone else weighs it: else two would think themselves first, or none.
  const ownScore = score(draft.self, segment, draft.upload.toldBps);
  const track = trackOf(segment);
  const neighbours = draft.neighbours.current;
  const neededBps = strangers === 0 ? 0 : TUNING.fetcherUploadRatio * bitrateBps(draft, segment);
  let ahead = 0;
  let likelyAhead = 0;
  for (const neighbour of neighbours.values()) {
    if (!mayPlay(neighbour, track, draft.nowMs)) continue;
    const { peer, uploadBps } = neighbour;
    const counts = uploadBps >= neededBps ? 1 : uploadBps / neededBps;
    if (score(peer, segment, uploadBps) < ownScore) ahead += counts;
    likelyAhead += counts * (1 - Math.exp(-weight(uploadBps) * ownScore));
  }
  if (strangers === 0) return ahead;
  return ahead + (strangers * likelyAhead) / neighbours.size;
}

/** How fast this viewer can give away what it fetches: no faster than it comes. */
export function givingBps({ origin, upload }: Pick<State, 'origin' | 'upload'>): number {
  return Math.min(upload.toldBps, origin.rateBps || Infinity);
}

/**
 * On demand: how many seconds behind this peer the one plays that comes first in rank, among those
 * that play the track up to `reachS` behind, give, and so will ask for the segment within that time; 0: itself.
 */
export function firstCompanionLagS(draft: Draft, segment: SegmentKey, ownPositionS: number, reachS: number): number {
  let firstScore = score(draft.self, segment, draft.upload.toldBps);
  let firstLagS = 0;
  const track = trackOf(segment);
  for (const neighbour of draft.neighbours.current.values()) {
    const { peer, uploadBps, positionS, heardAtMs } = neighbour;
    if (uploadBps === 0 || !mayPlay(neighbour, track, draft.nowMs)) continue;
    const lagS = ownPositionS - (positionS + (draft.nowMs - heardAtMs) / 1000);
    if (lagS < 0 || lagS > reachS) continue;
    const companionScore = score(peer, segment, uploadBps);
    if (companionScore >= firstScore) continue;
    firstScore = companionScore;
    firstLagS = lagS;
  }
  return firstLagS;
}

/**
 * Which of two that fetch the same segment goes on, when neither has bytes yet. Unweighted, so that
 * both come to the same answer whatever they believe of each other's capacity.
 */
export function yieldsTo(self: PeerId, other: PeerId, segment: SegmentKey): boolean {
  return hashUnit(other + segment) < hashUnit(self + segment);
}
