import type { Intent, PeerId, SegmentKey } from '../model/index.ts';
import type { Draft } from './draft.ts';
import { ownUploadBps } from './election.ts';
import { anyHoldingOf } from './stocks.ts';

/** Tells all neighbours but `except` that the segment is being fetched, here or `hops` away, by somebody who can upload so much. */
export function broadcastIntent(draft: Draft, segment: SegmentKey, { hops, uploadBps }: Pick<Intent, 'hops' | 'uploadBps'>, except: PeerId | undefined): void {
  // Whoever uploads nothing has nothing to announce, and nothing to pass on.
  if (ownUploadBps(draft) === 0) return;
  const message: Intent = { type: 'intent', segment, hops, uploadBps };
  for (const neighbour of draft.neighbours.current.values()) {
    if (neighbour.peer === except) continue;
    // Connected to everyone, it has heard it from the fetcher itself.
    if (hops > 0 && neighbour.degree + 1 >= draft.swarm.size) continue;
    if (anyHoldingOf(draft, segment, neighbour)?.pieces.isFull) continue;
    draft.emit({ type: 'send', peer: neighbour.peer, message });
  }
}
