import type { DeclineReason, PeerId } from '../model/index.ts';
import type { Draft, NeighbourDraft } from './draft.ts';
import type { Upload } from './state.ts';

/** The neighbour's request waits to be served. */
export function enqueue(draft: Draft, peer: PeerId, upload: Upload): void {
  const neighbour = draft.neighbours.edit(peer);
  if (!neighbour) return;
  neighbour.queue = [...neighbour.queue, upload];
  draft.open.uploads++;
  draft.open.uploadBytes += upload.bytes;
}

/** Takes requests of the neighbour's out of what waits. */
export function dequeue(draft: Draft, neighbour: NeighbourDraft, which: (upload: Upload) => boolean): void {
  neighbour.queue = neighbour.queue.filter((upload) => {
    if (!which(upload)) return true;
    draft.open.uploads--;
    draft.open.uploadBytes -= upload.bytes;
    return false;
  });
}

/** Declines requests of the neighbour's that wait: each has one answer, so that the asker can close its books. */
export function declineQueued(draft: Draft, neighbour: NeighbourDraft, reason: DeclineReason, which: (upload: Upload) => boolean): void {
  for (const upload of neighbour.queue) {
    if (which(upload)) draft.emit({ type: 'send', peer: neighbour.peer, message: { type: 'decline', requestId: upload.requestId, reason } });
  }
  dequeue(draft, neighbour, which);
}
