import type { SegmentKey } from '../model/index.ts';
import type { Draft } from './draft.ts';
import { forgetPieces, heldBytes } from './holdings.ts';
import { playheadS } from './playback.ts';
import type { SegmentState } from './state.ts';
import * as TUNING from './tuning.ts';

/** What is evicted at a time goes this far below the cap, so that not every piece evicts. */
const LOW_MARK = 0.9;
/** Just behind the playhead: a viewer who steps back a little, and neighbours a little behind, want it. */
const KEPT_BEHIND_S = 15;

/** Keeps what is held under the cap: first what nobody lists any more, then the farthest from the playhead. */
export function evict(draft: Draft): void {
  if (draft.counters.cacheBytes > draft.policy.cacheMaxBytes) {
    const goalBytes = draft.policy.cacheMaxBytes * LOW_MARK;
    for (const { key } of leastUsefulFirst(draft)) {
      if (draft.counters.cacheBytes <= goalBytes) break;
      forgetPieces(draft, draft.segment(key));
    }
  }
  if (draft.segments.size >= TUNING.maxSegments) makeRoom(draft);
}

/** At the limit further intents would go unheard: forgets what is not held, and if need be the least useful. */
export function makeRoom(draft: Draft): void {
  for (const segment of draft.segments.values()) {
    if (heldBytes(segment) === 0 && isIdle(draft, segment.key)) draft.segments.delete(segment.key);
  }
  const excess = draft.segments.size - TUNING.maxSegments * LOW_MARK;
  for (const { key } of excess > 0 ? leastUsefulFirst(draft).slice(0, excess) : []) forgetSegment(draft, key);
}

/** Forgets all about a segment: it has left the manifest for good, say, and nobody can ask for it any more. */
export function forgetSegment(draft: Draft, key: SegmentKey): void {
  const segment = draft.segments.edit(key);
  if (!segment) return;
  forgetPieces(draft, segment);
  draft.segments.delete(key);
}

function leastUsefulFirst(draft: Draft): SegmentState[] {
  const positionS = playheadS(draft);
  const usefulness = new Map<SegmentState, number>();
  for (const segment of draft.segments.values()) {
    if (heldBytes(segment) === 0 || !isIdle(draft, segment.key)) continue;
    const startS = draft.index.get(segment.key)?.startS;
    if (startS === undefined) usefulness.set(segment, -Infinity);
    // Behind the playhead: farthest first, before anything that lies ahead.
    else if (startS < positionS - KEPT_BEHIND_S) usefulness.set(segment, startS - positionS);
    else usefulness.set(segment, 1 / (1 + Math.abs(startS - positionS)));
  }
  return [...usefulness].sort(([, a], [, b]) => a - b).map(([segment]) => segment);
}

/** Whether nobody in the player waits for the segment, and nothing of it is under way. */
export function isIdle(draft: Draft, key: SegmentKey): boolean {
  const segment = draft.segments.get(key);
  if (segment && (segment.fetch || segment.verifying !== undefined || segment.asked.count > 0)) return false;
  for (const demand of draft.demands.current.values()) if (demand.segment === key) return false;
  return true;
}
