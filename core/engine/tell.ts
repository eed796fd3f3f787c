import { MAX_LOST } from '../model/index.ts';
import type { Bitfield, Have, Lost, PeerId } from '../model/index.ts';
import { withEntry } from './draft.ts';
import type { Draft } from './draft.ts';
import { ownUploadBps, roundedUploadBps } from './election.ts';
import { untell } from './holdings.ts';
import { isScarce } from './spreading.ts';
import type { SegmentState } from './state.ts';
import { holdingOf, stockOf } from './stocks.ts';
import * as TUNING from './tuning.ts';

/** Tells the neighbours of pieces that have come in: at once when a segment is whole, else in batches. */
export function tellNews(draft: Draft): void {
  if (draft.untold.size === 0) return;
  const silent = ownUploadBps(draft) === 0;
  for (const [key, decidedMs] of draft.untold) {
    const segment = draft.segments.get(key);
    const news = segment && newsOf(segment);
    if (!segment || !news || news.count === 0 || silent) {
      untell(draft, key);
      continue;
    }
    // Decided on when a piece has come, and again when it is due: what others have matters, and takes long to count.
    const isDecided = decidedMs !== undefined && decidedMs > draft.nowMs;
    const dueMs = isDecided ? decidedMs : segment.toldAtMs + intervalMs(draft, segment, news);
    if (dueMs > draft.nowMs) {
      if (dueMs !== decidedMs) draft.untold = withEntry(draft.untold, key, dueMs);
      draft.wakeBy(dueMs);
      continue;
    }
    tell(draft, segment);
    untell(draft, key);
  }
}

/** Much news is told sooner than little, and what hardly anyone else has soonest. */
function intervalMs(draft: Draft, segment: SegmentState, news: Bitfield): number {
  if (segment.own?.isFull) return 0;
  if (draft.playback.live && isScarce(draft, segment, news)) return TUNING.announceScarceMs;
  return news.count / news.length >= TUNING.announceShare ? TUNING.announceIntervalMs : TUNING.announceLittleMs;
}

/** What has come in since the neighbours were told. */
function newsOf({ own, told }: SegmentState): Bitfield | undefined {
  return told ? own?.without(told) : own;
}

function tell(draft: Draft, segment: SegmentState): void {
  const message = haveOf(segment);
  if (!message) return;
  const stock = stockOf(draft, segment.key, message.sizeBytes);
  for (const neighbour of draft.neighbours.current.values()) {
    const theirs = stock && holdingOf(stock, neighbour);
    if (!theirs?.pieces.hasAll(message.pieces)) draft.emit({ type: 'send', peer: neighbour.peer, message });
  }
  const edited = draft.segment(segment.key);
  edited.told = segment.own;
  edited.toldAtMs = draft.nowMs;
}

/** Tells a newcomer all that is held. */
export function tellEverything(draft: Draft, peer: PeerId): void {
  for (const segment of draft.segments.values()) {
    const message = segment.own && segment.own.count > 0 ? haveOf(segment) : undefined;
    if (message) draft.emit({ type: 'send', peer, message });
    if (segment.fetch) draft.emit({ type: 'send', peer, message: { type: 'intent', segment: segment.key, hops: 0, uploadBps: segment.fetch.givingBps } });
  }
}

/** Tells everyone of the segments that are no longer held. */
export function tellLost(draft: Draft): void {
  const { lost } = draft;
  for (let from = 0; from < lost.length; from += MAX_LOST) {
    const message: Lost = { type: 'lost', segments: lost.slice(from, from + MAX_LOST) };
    for (const { peer } of draft.neighbours.current.values()) {
      draft.emit({ type: 'send', peer, message });
    }
  }
}

/** Makes news of all that is held: uploading is allowed again, and was told of before in vain. */
export function retellEverything(draft: Draft): void {
  const untold = new Map(draft.untold);
  for (const { key, own } of draft.segments.values()) {
    if (!own || own.count === 0) continue;
    draft.segment(key).told = undefined;
    untold.set(key, undefined);
  }
  draft.untold = untold;
}

/** Has the neighbours told when this viewer's upload capacity is another. */
export function tellCapacity(draft: Draft): void {
  const toldBps = roundedUploadBps(draft);
  if (toldBps === draft.upload.toldBps) return;
  draft.upload = { ...draft.upload, toldBps };
  draft.emit({ type: 'tellStatus' });
}

/** The same message for everyone: it is encoded once. */
function haveOf({ key, sizeBytes, own }: SegmentState): Have | undefined {
  return sizeBytes === undefined || !own ? undefined : { type: 'have', segment: key, sizeBytes, pieces: own };
}
