import type { SegmentKey } from '../model/index.ts';
import type { Draft } from './draft.ts';
import { forgetPieces, heldBytes } from './holdings.ts';
import { playheadS } from './playback.ts';
import { tellLost } from './tell.ts';
import type { SegmentState } from './state.ts';
import { TUNING } from './tuning.ts';

/** What is evicted at a time goes this far below the cap, so that not every piece evicts. */
const LOW_MARK = 0.9;
/** Just behind the playhead: a viewer who steps back a little, and neighbours a little behind, want it. */
const KEPT_BEHIND_S = 15;

/** Keeps what is held under the cap: first what nobody lists any more, then the farthest from the playhead. */
export function evict(draft: Draft): void {
  if (draft.counters.cacheBytes > draft.policy.cacheMaxBytes) {
    const goalBytes = draft.policy.cacheMaxBytes * LOW_MARK;
    remove(draft, leastUsefulFirst(draft), () => draft.counters.cacheBytes <= goalBytes);
  }
  if (draft.segments.current.size > TUNING.maxSegments) forgetHearsay(draft);
}

/** Segments that have left the manifest for good: nobody can ask for them any more. */
export function evictUnlisted(draft: Draft, keys: Iterable<SegmentKey>): void {
  const gone: SegmentState[] = [];
  for (const key of keys) {
    const segment = draft.segments.get(key);
    if (segment && isIdle(draft, segment)) gone.push(segment);
  }
  remove(draft, gone, () => false);
  for (const { key } of gone) draft.segments.delete(key);
}

function remove(draft: Draft, candidates: readonly SegmentState[], enough: () => boolean): void {
  const lost: SegmentKey[] = [];
  for (const segment of candidates) {
    if (enough()) break;
    forgetPieces(draft, draft.segment(segment.key));
    if (segment.toldPieces > 0) lost.push(segment.key);
  }
  tellLost(draft, lost);
}

function leastUsefulFirst(draft: Draft): SegmentState[] {
  const positionS = playheadS(draft);
  const usefulness = new Map<SegmentState, number>();
  for (const segment of draft.segments.current.values()) {
    if (heldBytes(segment) === 0 || !isIdle(draft, segment)) continue;
    const startS = draft.index.get(segment.key)?.startS;
    if (startS === undefined) usefulness.set(segment, -Infinity);
    // Behind the playhead: farthest first, before anything that lies ahead.
    else if (startS < positionS - KEPT_BEHIND_S) usefulness.set(segment, startS - positionS);
    else usefulness.set(segment, 1 / (1 + Math.abs(startS - positionS)));
  }
  return [...usefulness].sort(([, a], [, b]) => a - b).map(([segment]) => segment);
}

function isIdle(draft: Draft, segment: SegmentState): boolean {
  if (segment.fetch || segment.verifying || segment.asked.size > 0) return false;
  for (const demand of draft.demands.current.values()) if (demand.segment === segment.key) return false;
  return true;
}

/** Forgets segments of which nothing is held and only an intent was heard. */
function forgetHearsay(draft: Draft): void {
  for (const segment of draft.segments.current.values()) {
    if (heldBytes(segment) === 0 && isIdle(draft, segment)) draft.segments.delete(segment.key);
  }
}
