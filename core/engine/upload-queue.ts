import type { Draft, NeighbourDraft } from './draft.ts';
import type { Upload } from './state.ts';

/** The neighbour's request waits to be served. */
export function enqueue(draft: Draft, neighbour: NeighbourDraft, upload: Upload): void {
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
