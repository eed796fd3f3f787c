import { PIECE_BYTES } from '../model/index.ts';
import type { Draft } from './draft.ts';

/** So little in a link is as good as nothing: links do not tell when the last of it is out. */
const IDLE_BYTES = PIECE_BYTES / 2;
/** Less says little of the upload rate: the last piece may have gone out long before its link told. */
const LEAST_SAMPLE_MS = 50;
const LEAST_SAMPLE_BYTES = PIECE_BYTES / 2;
/** What was measured so much time of uploading ago counts a third. */
const MEMORY_MS = 2_000;

/**
 * A link has told what is left in it. Links tell one after the other of what they sent at the same
 * time, so that single samples are far too low and far too high: bytes and time are summed up, and
 * only their sums are divided.
 */
export function measureUpload(draft: Draft): void {
  const { nowMs, upload } = draft;
  if (upload.busySinceMs === undefined) return;
  let bufferedBytes = 0;
  for (const neighbour of draft.neighbours.current.values()) bufferedBytes += neighbour.bufferedBytes;
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
  if (draft.upload.busySinceMs !== undefined && !isAnySending(draft)) draft.upload = { ...draft.upload, busySinceMs: undefined, busyBytes: 0 };
}

function isAnySending(draft: Draft): boolean {
  for (const { bufferedBytes } of draft.neighbours.current.values()) if (bufferedBytes > IDLE_BYTES) return true;
  return false;
}
