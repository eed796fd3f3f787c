import { MAX_LOST } from '../model/index.ts';
import type { Have, Lost, PeerId } from '../model/index.ts';
import type { Draft } from './draft.ts';
import { roundedUploadBps } from './election.ts';
import type { SegmentState } from './state.ts';

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
    draft.segment(key).told = [];
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
export function haveOf({ key, sizeBytes, own }: SegmentState): Have | undefined {
  return sizeBytes === undefined || !own ? undefined : { type: 'have', segment: key, sizeBytes, pieces: own };
}
