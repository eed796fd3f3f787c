import { Bitfield, pieceBytes, pieceCount, pieceSizeBytes } from '../model/index.ts';
import type { PeerId, SegmentKey } from '../model/index.ts';
import type { Draft, SegmentDraft } from './draft.ts';
import { withEntry } from './draft.ts';
import { NO_TRANSFER } from './state.ts';
import type { SegmentState } from './state.ts';
import { VersionedMap } from './versioned-map.ts';
import { noteArrival, truthOf } from './transfer.ts';

/** How many bytes of the segment are held. */
export function heldBytes(segment: SegmentState): number {
  const { own, sizeBytes } = segment;
  if (!own || sizeBytes === undefined || own.count === 0) return 0;
  if (own.isFull) return sizeBytes;
  const last = own.length - 1;
  const fullBytes = own.count * pieceSizeBytes(sizeBytes);
  return own.has(last) ? fullBytes - pieceSizeBytes(sizeBytes) + pieceBytes(sizeBytes, last) : fullBytes;
}

export function isWhole(segment: SegmentState | undefined): boolean {
  return segment?.own?.isFull === true && segment.verified;
}

/**
 * Takes a length for the segment. What is held under another length is of another segment (an
 * encoder restart, an advertisement of another viewer) and is forgotten; requests for it must have
 * been taken back.
 */
export function adoptSize(draft: Draft, segment: SegmentDraft, sizeBytes: number, fromOrigin: boolean): void {
  if (segment.sizeBytes !== sizeBytes) {
    forgetPieces(draft, segment);
    segment.sizeBytes = sizeBytes;
    segment.own = segment.asked = segment.askedTwice = Bitfield.empty(pieceCount(sizeBytes));
  }
  segment.sizeFromOrigin ||= fromOrigin;
  const listed = draft.index.get(segment.key);
  if (listed && listed.durationS > 0) {
    draft.trackRates = withEntry(draft.trackRates, listed.track, sizeBytes / listed.durationS);
  }
}

/** A piece of the right length has come in and is kept; `from` is absent where the origin brought it. */
export function takePiece(draft: Draft, segment: SegmentDraft, index: number, from: PeerId | undefined): void {
  const { own, sizeBytes } = segment;
  if (!own || sizeBytes === undefined || index >= own.length || own.has(index)) return;
  const bytes = pieceBytes(sizeBytes, index);
  segment.own = own.with(index);
  if (from) segment.broughtBy = segment.broughtBy.with(index, from);
  noteArrival(draft, segment, bytes, from !== undefined);
  draft.emit({ type: 'keep', segment: segment.key, index });
  draft.count('cacheBytes', bytes);
  draft.untold = withEntry(draft.untold, segment.key, undefined);

  const loadedBytes = heldBytes(segment);
  for (const demand of draft.demands.current.values()) {
    if (demand.segment === segment.key) {
      draft.emit({ type: 'progress', demand: demand.id, loadedBytes, totalBytes: sizeBytes });
    }
  }
  if (segment.own.isFull) whole(draft, segment);
}

function whole(draft: Draft, segment: SegmentDraft): void {
  forgetFailure(segment);
  if (draft.policy.digests && segment.broughtBy.size > 0) {
    segment.verifying = draft.nextSerial();
    draft.emit({ type: 'verify', segment: segment.key, check: segment.verifying });
  } else {
    segment.verified = true;
    deliver(draft, segment);
  }
}

/** Whoever asks for the segment next shall not be told of an earlier failure of the origin. */
export function forgetFailure(segment: SegmentDraft): void {
  segment.originError = undefined;
  segment.originFailures = 0;
  segment.wholeOnly = false;
}

/** Hands a verified segment to everyone in the player who asked for it. */
export function deliver(draft: Draft, segment: SegmentState): void {
  if (segment.sizeBytes === undefined) return;
  for (const demand of draft.demands.current.values()) {
    if (demand.segment !== segment.key) continue;
    draft.demands.delete(demand.id);
    draft.emit({
      type: 'deliver',
      demand: demand.id,
      segment: segment.key,
      sizeBytes: segment.sizeBytes,
      peerBytes: segment.transfer.peerBytes,
      originBytes: segment.transfer.originBytes,
      truth: truthOf(draft, segment, demand),
    });
  }
}

/** Forgets the bytes held of the segment, and that they were ever had. */
export function forgetPieces(draft: Draft, segment: SegmentDraft): void {
  const bytes = heldBytes(segment);
  if (bytes > 0) {
    draft.count('cacheBytes', -bytes);
    draft.emit({ type: 'forget', segment: segment.key });
    segment.transfer = { ...NO_TRANSFER, firstAskedAtMs: segment.asked.count > 0 || segment.fetch ? draft.nowMs : undefined };
  }
  if (segment.sizeBytes !== undefined) segment.own = Bitfield.empty(pieceCount(segment.sizeBytes));
  segment.broughtBy = VersionedMap.empty();
  segment.given = undefined;
  segment.verified = false;
  segment.verifying = undefined;
  if (segment.told.length > 0) draft.lost.push(segment.key);
  segment.told = [];
  untell(draft, segment.key);
}

/** Bytes that had been kept are not there: what is demanded is got again. */
export function onStoreLost(draft: Draft, key: SegmentKey): void {
  const segment = draft.segments.edit(key);
  if (segment) forgetPieces(draft, segment);
}

export function untell(draft: Draft, key: SegmentKey): void {
  if (!draft.untold.has(key)) return;
  const untold = new Map(draft.untold);
  untold.delete(key);
  draft.untold = untold;
}
