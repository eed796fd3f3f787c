import { MAX_PIECE_BYTES, MIN_PIECE_BYTES } from '../model/index.ts';
import type { Draft, NeighbourDraft } from './draft.ts';

/** So little in a link is as good as nothing: links do not tell when the last of it is out. */
const IDLE_BYTES = MIN_PIECE_BYTES / 2;
/** Less says little of the upload rate: the last piece may have gone out long before its link told. */
const LEAST_SAMPLE_MS = 50;
const LEAST_SAMPLE_BYTES = MAX_PIECE_BYTES / 2;
/** What was measured so much time of uploading ago counts a third. */
const MEMORY_MS = 2_000;

/** So much is in the neighbour's link now. */
export function setBuffered(draft: Draft, neighbour: NeighbourDraft, bufferedBytes: number): void {
  if (bufferedBytes < neighbour.bufferedBytes || neighbour.bufferedBytes === 0) neighbour.movedAtMs = draft.nowMs;
  draft.open.bufferedBytes += bufferedBytes - neighbour.bufferedBytes;
  if (neighbour.bufferedBytes > 0) draft.open.sending--;
  if (bufferedBytes > 0) draft.open.sending++;
  neighbour.bufferedBytes = bufferedBytes;
}

/** The neighbour's link has told what it holds. */
export function noteBuffered(draft: Draft, neighbour: NeighbourDraft, toldBytes: number): void {
  const bufferedBytes = toldBytes > IDLE_BYTES ? toldBytes : 0;
  if (neighbour.stalledBytes > 0 && bufferedBytes >= neighbour.stalledBytes) return;
  neighbour.stalledBytes = 0;
  setBuffered(draft, neighbour, bufferedBytes);
}

/**
 * A link has told what is left in it. Links tell one after the other of what they sent at the same
 * time, so that single samples are far too low and far too high: bytes and time are summed up, and
 * only their sums are divided.
 */
export function measureUpload(draft: Draft): void {
  const { nowMs, upload } = draft;
  if (upload.busySinceMs === undefined) return;
  const { bufferedBytes } = draft.open;
  const elapsedMs = nowMs - upload.busySinceMs;
  const sentBytes = upload.busyBytes - bufferedBytes;
  if (elapsedMs <= 0 || sentBytes <= 0) return;
  const kept = Math.exp(-elapsedMs / MEMORY_MS);
  const measuredMs = upload.measuredMs * kept + elapsedMs;
  const measuredBytes = upload.measuredBytes * kept + sentBytes;
  const telling = measuredMs >= LEAST_SAMPLE_MS && measuredBytes >= LEAST_SAMPLE_BYTES;
  draft.upload = {
    ...upload,
    rateBps: telling ? (measuredBytes * 8000) / measuredMs : upload.rateBps,
    busySinceMs: nowMs,
    busyBytes: bufferedBytes,
    measuredMs,
    measuredBytes,
  };
}

/** With nothing left to send, time says nothing of how fast this viewer is. */
export function restUpload(draft: Draft): void {
  if (draft.upload.busySinceMs !== undefined && draft.open.sending === 0) draft.upload = { ...draft.upload, busySinceMs: undefined, busyBytes: 0 };
}
