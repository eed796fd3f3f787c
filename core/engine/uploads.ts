import { MIN_PIECE_BYTES, pieceBytes } from '../model/index.ts';
import type { DeclineReason, PeerId, Request } from '../model/index.ts';
import type { Draft } from './draft.ts';
import { ownUploadBps } from './election.ts';
import { hasScarcerToGive, noteGiven } from './spreading.ts';
import type { Neighbour, Upload } from './state.ts';
import { ban } from './trust.ts';
import { TUNING } from './tuning.ts';
import { dequeue, enqueue } from './upload-queue.ts';
import { measureUpload, restUpload, setBuffered } from './upload-rate.ts';

/** The cap's bucket holds this much time's worth of upload. */
const BUCKET_MS = 1_000;
export function onRequest(draft: Draft, peer: PeerId, message: Request): void {
  const neighbour = draft.neighbours.edit(peer);
  if (!neighbour) return;
  if (neighbour.queue.some(({ requestId }) => requestId === message.requestId)) {
    ban(draft, peer, 'protocol', `request id ${message.requestId} used twice at a time`);
    return;
  }
  const decline = (reason: DeclineReason): void => draft.emit({ type: 'send', peer, message: { type: 'decline', requestId: message.requestId, reason } });
  if (ownUploadBps(draft) === 0) return decline('off');
  const segment = draft.segments.get(message.segment);
  if (!segment?.own?.has(message.index) || segment.sizeBytes === undefined) return decline('missing');
  const bytes = pieceBytes(segment.sizeBytes, message.index);
  const isPressing = message.slackMs < TUNING.pressingSlackMs;
  // Who has run dry already is served no sooner by a long queue, and a swarm in which many have would drown in its queues.
  const mostQueueMs = isPressing && message.slackMs > 0 ? TUNING.pressingQueueMs : TUNING.maxUploadQueueMs;
  if (!hasRoom(draft, neighbour, bytes, mostQueueMs)) return decline('busy');
  if (!isPressing && waitingBytes(draft) > 0 && hasScarcerToGive(draft, segment, message.index)) return decline('elsewhere');
  noteGiven(draft, neighbour, message.segment, message.index);
  const { requestId, segment: key, index } = message;
  enqueue(draft, neighbour, { requestId, segment: key, index, bytes, deadlineMs: draft.nowMs + message.slackMs });
}

/** A piece is declined at once rather than queued for longer than another peer would take. */
function hasRoom(draft: Draft, neighbour: Neighbour, bytes: number, mostQueueMs: number): boolean {
  if (neighbour.queue.length >= TUNING.maxWindowPieces) return false;
  const queuedBytes = waitingBytes(draft) + bytes;
  const rateBps = Math.min(draft.upload.rateBps || Infinity, draft.policy.uploadMaxBps);
  if (rateBps === Infinity) return queuedBytes <= TUNING.initialUploadQueueBytes;
  // One piece at a time is served however slow this peer is.
  return queuedBytes <= bytes || (queuedBytes * 8000) / rateBps <= mostQueueMs;
}

/** What is queued here or in a link, for whomever. */
function waitingBytes({ open }: Draft): number {
  return open.bufferedBytes + open.uploadBytes;
}

export function onRequestCancelled(draft: Draft, peer: PeerId, requestId: number): void {
  const neighbour = draft.neighbours.get(peer);
  // Every request has one answer, so that the asker can close its books.
  if (neighbour?.queue.some((upload) => upload.requestId === requestId)) drop(draft, peer, 'busy', (upload) => upload.requestId === requestId);
}

/** Declines what waits. */
function drop(draft: Draft, peer: PeerId, reason: DeclineReason, which: (upload: Upload) => boolean): void {
  const neighbour = draft.neighbours.edit(peer);
  if (!neighbour) return;
  for (const upload of neighbour.queue) {
    if (which(upload)) draft.emit({ type: 'send', peer, message: { type: 'decline', requestId: upload.requestId, reason } });
  }
  dequeue(draft, neighbour, which);
}

/** The link has sent: what remains in it is `bufferedBytes`. */
export function onDrained(draft: Draft, peer: PeerId, bufferedBytes: number): void {
  const neighbour = draft.neighbours.edit(peer);
  if (!neighbour) return;
  setBuffered(draft, neighbour, bufferedBytes);
  measureUpload(draft);
}

/** Hands queued pieces to links that have room, the most urgent first, within the cap. */
export function serveUploads(draft: Draft): void {
  if (draft.open.uploads > 0) {
    refill(draft);
    if (ownUploadBps(draft) > 0) serve(draft);
    if (ownUploadBps(draft) === 0) dropAll(draft);
  }
  restUpload(draft);
}

function serve(draft: Draft): void {
  while (draft.open.uploads > 0 && ownUploadBps(draft) > 0) {
    const next = mostUrgent(draft);
    if (!next) return;
    const neighbour = draft.neighbours.edit(next.peer);
    if (!neighbour) return;
    const { upload } = next;
    if (draft.policy.uploadMaxBps !== Infinity) {
      // A piece larger than what the bucket holds in a second goes out when the bucket is full.
      const neededBytes = Math.min(upload.bytes, bucketBytes(draft));
      if (draft.upload.tokensBytes < neededBytes) {
        draft.wakeBy(draft.nowMs + ((neededBytes - draft.upload.tokensBytes) * 8000) / draft.policy.uploadMaxBps + 1);
        return;
      }
    }
    dequeue(draft, neighbour, (other) => other === upload);
    setBuffered(draft, neighbour, neighbour.bufferedBytes + upload.bytes);
    neighbour.sentBytes += upload.bytes;
    neighbour.lastUsefulMs = draft.nowMs;
    draft.upload = {
      ...draft.upload,
      tokensBytes: draft.upload.tokensBytes - upload.bytes,
      busySinceMs: draft.upload.busySinceMs ?? draft.nowMs,
      busyBytes: draft.upload.busyBytes + upload.bytes,
    };
    draft.count('uploadBytes', upload.bytes);
    draft.emit({ type: 'sendPiece', peer: next.peer, requestId: upload.requestId, segment: upload.segment, index: upload.index, lengthBytes: upload.bytes });
  }
}

function dropAll(draft: Draft): void {
  for (const { peer, queue } of draft.neighbours.current.values()) if (queue.length > 0) drop(draft, peer, 'off', () => true);
}

function mostUrgent(draft: Draft): { peer: PeerId; upload: Upload } | undefined {
  let best: { peer: PeerId; upload: Upload; served: number } | undefined;
  const linkBytes = Math.min(TUNING.maxLinkBufferBytes, Math.max(MIN_PIECE_BYTES, (draft.upload.rateBps * TUNING.maxUploadQueueMs) / 8000));
  let unseen = draft.open.uploads;
  for (const { peer, queue, bufferedBytes, sentBytes } of draft.neighbours.current.values()) {
    if (unseen === 0) break;
    unseen -= queue.length;
    if (bufferedBytes >= linkBytes) continue;
    for (const upload of queue) {
      // Among equals, whoever has been given least.
      if (!best || upload.deadlineMs < best.upload.deadlineMs || (upload.deadlineMs === best.upload.deadlineMs && sentBytes < best.served)) {
        best = { peer, upload, served: sentBytes };
      }
    }
  }
  return best;
}

function bucketBytes(draft: Draft): number {
  return (draft.policy.uploadMaxBps * BUCKET_MS) / 8000;
}

function refill(draft: Draft): void {
  const { upload, policy, nowMs } = draft;
  if (policy.uploadMaxBps === Infinity || policy.uploadMaxBps === 0) return;
  const gainedBytes = (policy.uploadMaxBps * (nowMs - upload.refilledAtMs)) / 8000;
  if (gainedBytes <= 0) return;
  draft.upload = { ...upload, tokensBytes: Math.min(bucketBytes(draft), upload.tokensBytes + gainedBytes), refilledAtMs: nowMs };
}
