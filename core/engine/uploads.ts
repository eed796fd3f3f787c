import { MIN_PIECE_BYTES, pieceBytes } from '../model/index.ts';
import type { DeclineReason, PeerId, Request } from '../model/index.ts';
import type { Draft } from './draft.ts';
import { ownUploadBps } from './election.ts';
import { noteGiven, refusalOf } from './spreading.ts';
import { leaveOutStalled } from './stalled-links.ts';
import type { Neighbour, Upload } from './state.ts';
import { ban } from './trust.ts';
import * as TUNING from './tuning.ts';
import { declineQueued, dequeue, enqueue } from './upload-queue.ts';
import { measureUpload, noteBuffered, restUpload, setBuffered } from './upload-rate.ts';

/** The cap's bucket holds this much time's worth of upload. */
const BUCKET_MS = 1_000;

export function onRequest(draft: Draft, peer: PeerId, message: Request): void {
  leaveOutStalled(draft);
  const neighbour = draft.neighbours.get(peer);
  if (!neighbour) return;
  if (neighbour.queue.some(({ requestId }) => requestId === message.requestId)) {
    ban(draft, peer, 'protocol', `request id ${message.requestId} used twice at a time`);
    return;
  }
  const decline = (reason: DeclineReason): void => draft.emit({ type: 'send', peer, message: { type: 'decline', requestId: message.requestId, reason } });
  if (ownUploadBps(draft) === 0) return decline('off');
  const segment = draft.segments.get(message.segment);
  if (!segment?.own?.has(message.index) || segment.sizeBytes === undefined) return decline('missing');
  const upload = {
    requestId: message.requestId,
    segment: message.segment,
    index: message.index,
    bytes: pieceBytes(segment.sizeBytes, message.index),
    deadlineMs: draft.nowMs + message.slackMs,
  };
  const isPressing = message.slackMs < TUNING.pressingSlackMs;
  // Who has run dry already is served no sooner by a long queue, and a swarm in which many have would drown in its queues.
  if (!hasRoom(draft, neighbour, upload, isPressing && message.slackMs > 0)) return decline('busy');
  const refusal = isPressing ? undefined : refusalOf(draft, neighbour, segment, message.index, waitingBytes(draft) > 0);
  if (refusal) return decline(refusal);
  noteGiven(draft, neighbour, message.segment, message.index);
  enqueue(draft, peer, upload);
}

/**
 * A piece is declined at once rather than queued for longer than another peer would take. Who is about to run dry is
 * queued for longer, and only behind what is more urgent still.
 */
function hasRoom(draft: Draft, neighbour: Neighbour, { bytes, deadlineMs }: Upload, runsDry: boolean): boolean {
  if (neighbour.stalledBytes > 0 || neighbour.queue.length >= TUNING.maxWindowPieces) return false;
  const queuedBytes = (runsDry ? moreUrgentBytes(draft, deadlineMs) : waitingBytes(draft)) + bytes;
  const mostQueueMs = runsDry ? TUNING.pressingQueueMs : TUNING.maxUploadQueueMs;
  const rateBps = Math.min(draft.upload.rateBps || Infinity, draft.policy.uploadMaxBps);
  if (rateBps === Infinity) return queuedBytes <= TUNING.initialUploadQueueBytes;
  const queueMs = (queuedBytes * 8000) / rateBps;
  // One piece at a time is served however slow this peer is, and one more waits: else its line would rest until somebody asks again.
  return queuedBytes <= bytes || queueMs <= mostQueueMs || (queuedBytes <= 2 * bytes && queueMs <= TUNING.nextUploadQueueMs);
}

/** What is queued here or in a link, for whomever. */
function waitingBytes({ open }: Draft): number {
  return open.bufferedBytes + open.uploadBytes;
}

/** What is sent before a request of that deadline. */
function moreUrgentBytes({ neighbours, open }: Draft, deadlineMs: number): number {
  let bytes = open.bufferedBytes;
  if (open.uploads === 0) return bytes;
  for (const { queue } of neighbours.current.values()) for (const upload of queue) if (upload.deadlineMs <= deadlineMs) bytes += upload.bytes;
  return bytes;
}

export function onRequestCancelled(draft: Draft, peer: PeerId, requestId: number): void {
  const neighbour = draft.neighbours.edit(peer);
  if (neighbour) declineQueued(draft, neighbour, 'busy', (upload) => upload.requestId === requestId);
}

/** The link has sent: what remains in it is `bufferedBytes`. */
export function onDrained(draft: Draft, peer: PeerId, bufferedBytes: number): void {
  const neighbour = draft.neighbours.edit(peer);
  if (!neighbour) return;
  noteBuffered(draft, neighbour, bufferedBytes);
  measureUpload(draft);
}

/** Hands queued pieces to links that have room, the most urgent first, within the cap. */
export function serveUploads(draft: Draft): void {
  if (draft.open.uploads > 0) {
    refill(draft);
    leaveOutStalled(draft);
    if (ownUploadBps(draft) > 0) serve(draft);
    if (ownUploadBps(draft) === 0) declineAll(draft);
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

function declineAll(draft: Draft): void {
  for (const { peer, queue } of draft.neighbours.current.values()) {
    const neighbour = queue.length > 0 ? draft.neighbours.edit(peer) : undefined;
    if (neighbour) declineQueued(draft, neighbour, 'off', () => true);
  }
}

function mostUrgent(draft: Draft): { peer: PeerId; upload: Upload } | undefined {
  let best: { peer: PeerId; upload: Upload; served: number } | undefined;
  const { open, upload: { rateBps } } = draft;
  const oneLinkBytes = Math.max(MIN_PIECE_BYTES, (rateBps * TUNING.inLinksMs) / 8000);
  if (open.bufferedBytes >= (rateBps > 0 ? oneLinkBytes : TUNING.unmeasuredInLinksBytes)) return undefined;
  const linkBytes = Math.min(TUNING.maxLinkBufferBytes, oneLinkBytes);
  let unseen = open.uploads;
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
