import type { PeerId } from '../model/index.ts';
import { closeAsk } from './asks.ts';
import type { Draft } from './draft.ts';
import { forgetHoldings } from './stocks.ts';
import { dequeue } from './upload-queue.ts';
import { setBuffered } from './upload-rate.ts';

/** The neighbour is gone: what was asked of it is to be had elsewhere, what it said counts no more. */
export function forgetNeighbour(draft: Draft, peer: PeerId): void {
  const neighbour = draft.neighbours.edit(peer);
  if (!neighbour) return;
  for (const requestId of [...neighbour.asks.keys()]) closeAsk(draft, neighbour, requestId);
  dequeue(draft, neighbour, () => true);
  setBuffered(draft, neighbour, 0);
  forgetHoldings(draft, peer, draft.stocks.keys());
  draft.neighbours.delete(peer);
  for (const segment of draft.segments.values()) {
    if (segment.intent?.from === peer) {
      const edited = draft.segment(segment.key);
      if (draft.playback.live && segment.intent.hops === 0) edited.fetcherLeftAtMs = draft.nowMs;
      // Nobody else may know that it was being fetched: the next in rank takes over.
      edited.intent = undefined;
    }
    // It may have been the only one who was given them.
    if (segment.given) draft.segment(segment.key).given = undefined;
  }
}
