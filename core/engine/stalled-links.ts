import type { Draft } from './draft.ts';
import * as TUNING from './tuning.ts';
import { declineQueued } from './upload-queue.ts';
import { setBuffered } from './upload-rate.ts';

/**
 * What links hold goes out before anything else does: one that sends nothing any more, since its peer
 * has vanished or does not read, would keep this viewer from uploading to anyone, for the half minute
 * that browsers take to give a connection up. Until it moves it is given nothing, and counts for nothing.
 */
export function leaveOutStalled(draft: Draft): void {
  const { open, upload } = draft;
  if (open.sending === 0) return;
  const patienceMs = TUNING.stalledLinkMs + (upload.rateBps > 0 ? (open.bufferedBytes * 8000) / upload.rateBps : 0);
  for (const { bufferedBytes, movedAtMs, peer } of draft.neighbours.current.values()) {
    if (bufferedBytes === 0) continue;
    const dueMs = movedAtMs + patienceMs;
    if (dueMs >= draft.nowMs) {
      if (open.uploads > 0) draft.wakeBy(dueMs + 1);
      continue;
    }
    const neighbour = draft.neighbours.edit(peer);
    if (!neighbour) continue;
    setBuffered(draft, neighbour, 0);
    neighbour.stalledBytes = bufferedBytes;
    // The time until now says nothing of how fast this viewer is.
    draft.upload = { ...draft.upload, busySinceMs: draft.nowMs, busyBytes: open.bufferedBytes };
    declineQueued(draft, neighbour, 'busy', () => true);
  }
}
