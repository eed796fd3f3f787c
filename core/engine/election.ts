import { hashUnit } from '../model/index.ts';
import type { PeerId, SegmentKey } from '../model/index.ts';
import type { Draft } from './draft.ts';
import type { State } from './state.ts';
import { TUNING } from './tuning.ts';

/** A peer that uploads nothing can still fetch for itself, but last. */
const LEAST_WEIGHT_BPS = 1_000;

/**
 * Weighted rendezvous hashing (Thaler & Ravishankar 1998; weights after Schindelhauer & Schomaker
 * 2005): the peer with the lowest score is first, with a probability in proportion to its weight.
 * Scores are exponentially distributed with the weight as rate.
 */
function score(peer: PeerId, segment: SegmentKey, weightBps: number): number {
  return -Math.log(hashUnit(peer + segment)) / Math.max(weightBps, LEAST_WEIGHT_BPS);
}

/** Own upload capacity as an election weighs it, in bit/s. */
export function ownUploadBps(draft: Pick<State, 'policy' | 'upload' | 'counters'>): number {
  const { policy, upload, counters } = draft;
  if (policy.uploadMaxBps === 0 || counters.uploadBytes >= policy.uploadMaxBytes) return 0;
  return Math.min(policy.uploadMaxBps, upload.rateBps || TUNING.assumedUploadBps);
}

/**
 * This peer's place in the election of who asks the origin for the segment; 0 is first.
 *
 * In a full mesh it is the exact rank. In a larger swarm the ranks of strangers cannot be known, but
 * their expected number can: others with a lower score number about `size * mean weight * score`.
 * Divided by the number of fetchers wanted, places below 1 are expected to be that many.
 */
export function electionPlace(draft: Draft, segment: SegmentKey): number {
  const ownWeightBps = Math.max(ownUploadBps(draft), LEAST_WEIGHT_BPS);
  const ownScore = score(draft.self, segment, ownWeightBps);
  const neighbours = draft.neighbours.current;
  if (draft.swarm.size <= neighbours.size + 1) {
    let rank = 0;
    for (const neighbour of neighbours.values()) {
      if (score(neighbour.peer, segment, neighbour.uploadBps) < ownScore) rank++;
    }
    return rank;
  }
  let weightsBps = ownWeightBps;
  for (const neighbour of neighbours.values()) weightsBps += Math.max(neighbour.uploadBps, LEAST_WEIGHT_BPS);
  const meanWeightBps = weightsBps / (neighbours.size + 1);
  return (draft.swarm.size * meanWeightBps * ownScore) / TUNING.expectedFetchers;
}

/**
 * Which of two that fetch the same segment goes on, when neither has bytes yet. Unweighted, so that
 * both come to the same answer whatever they believe of each other's capacity.
 */
export function yieldsTo(self: PeerId, other: PeerId, segment: SegmentKey): boolean {
  return hashUnit(other + segment) < hashUnit(self + segment);
}
