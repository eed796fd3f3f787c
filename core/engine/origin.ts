import type { FetchId, OriginError, SegmentKey } from '../model/index.ts';
import { asFetchId, pieceBytes, pieceCount, pieceSizeBytes } from '../model/index.ts';
import { cancelAsksFor } from './asks.ts';
import { noteDownload } from './download.ts';
import type { Draft, SegmentDraft } from './draft.ts';
import type { EngineEvent } from './events.ts';
import { aloneBps } from './fetch-rate.ts';
import { adoptSize, forgetFailure, takePiece } from './holdings.ts';
import { givingBps } from './election.ts';
import { isOvertaken, runsBeside } from './overtaken.ts';
import type { Fetch } from './state.ts';
import { broadcastIntent } from './tell-intent.ts';
import { isBeingFetched, missingSpan } from './top-up.ts';
import { noteAsked } from './transfer.ts';
import * as TUNING from './tuning.ts';

type Of<Type extends EngineEvent['type']> = Extract<EngineEvent, { type: Type }>;

/** Fewer bytes than this say little of the origin's rate. */
const LEAST_RATE_SAMPLE_BYTES = 16 * 1024;
/** Weight of the newest sample in the origin's smoothed rate and time to the first byte. */
const NEWEST_SHARE = 0.4;

/**
 * Asks the origin for what is missing of the segment, and tells the neighbours so.
 * @param isShared another viewer is fetching it from the beginning: this one begins half-way.
 */
export function startFetch(draft: Draft, segment: SegmentDraft, isShared = isBeingFetched(draft, segment)): void {
  const { firstPiece, endPiece } = missingSpan(draft, segment, isShared);
  const id = asFetchId(draft.nextSerial());
  const uploadBps = givingBps(draft);
  segment.fetch = { id, givingBps: uploadBps, firstPiece, endPiece, nextPiece: firstPiece, startedAtMs: draft.nowMs, headAtMs: undefined, bytes: 0, peerBytesBefore: 0, probe: undefined };
  noteAsked(draft, segment);
  draft.count('httpRequests', 1);
  const { sizeBytes } = segment;
  // Of a segment whose length is not known, all is asked for.
  const unitBytes = pieceSizeBytes(sizeBytes ?? 0);
  draft.emit({ type: 'fetch', fetch: id, segment: segment.key, startByte: firstPiece * unitBytes, endByte: endPiece * unitBytes, sizeBytes });
  broadcastIntent(draft, segment.key, { hops: 0, uploadBps }, undefined);
}

export function abortFetch(draft: Draft, segment: SegmentDraft): void {
  if (!segment.fetch) return;
  draft.emit({ type: 'abortFetch', fetch: segment.fetch.id });
  endFetch(draft, segment, segment.fetch);
}

export function onFetchHead(draft: Draft, event: Of<'fetchHead'>): void {
  const segment = ofFetch(draft, event.segment, event.fetch);
  if (!segment?.fetch) return;
  // All of it comes where a part was asked for; or comes although a part did not.
  if (event.rangeRefused || segment.wholeOnly) draft.origin = { ...draft.origin, rangeAllowed: false };
  const span = event.rangeRefused ? { firstPiece: 0, endPiece: Infinity, nextPiece: 0 } : spanIn(event.sizeBytes, segment.fetch, segment.sizeBytes);
  if (segment.sizeBytes !== event.sizeBytes) cancelAsksFor(draft, segment);
  adoptSize(draft, segment, event.sizeBytes, true);
  segment.fetch = { ...segment.fetch, ...span, headAtMs: draft.nowMs, peerBytesBefore: draft.counters.p2pBytes };
  const firstByteMs = draft.nowMs - segment.fetch.startedAtMs;
  const known = draft.origin.firstByteMs;
  draft.origin = { ...draft.origin, firstByteMs: known ? smooth(known, firstByteMs) : Math.max(1, firstByteMs) };
}

/** The pieces that a fetch brings of a segment which has another length, and so maybe other pieces, than was thought. */
function spanIn(sizeBytes: number, { firstPiece, endPiece }: Fetch, thoughtBytes = sizeBytes): Pick<Fetch, 'firstPiece' | 'endPiece' | 'nextPiece'> {
  const ratio = pieceSizeBytes(thoughtBytes) / pieceSizeBytes(sizeBytes);
  const first = Math.ceil(firstPiece * ratio);
  return { firstPiece: first, endPiece: Math.floor(endPiece * ratio), nextPiece: first };
}

export function onFetchPieces(draft: Draft, { fetch, firstIndex, lengthsBytes, segment }: Of<'fetchPieces'>): void {
  lengthsBytes.forEach((lengthBytes, place) => {
    draft.count('httpBytes', lengthBytes);
    noteDownload(draft, lengthBytes);
    // The fetch may end with any of them.
    takeFetched(draft, ofFetch(draft, segment, fetch), firstIndex + place, lengthBytes);
  });
}

function takeFetched(draft: Draft, segment: SegmentDraft | undefined, index: number, lengthBytes: number): void {
  if (!segment?.fetch || segment.sizeBytes === undefined) return;
  if (index >= pieceCount(segment.sizeBytes) || lengthBytes !== pieceBytes(segment.sizeBytes, index)) return;
  segment.fetch = { ...segment.fetch, nextPiece: index + 1, bytes: segment.fetch.bytes + lengthBytes };
  takePiece(draft, segment, index, undefined);
  if (segment.asked.has(index)) cancelAsksFor(draft, segment, index);
  if (runsBeside(draft, segment, segment.fetch)) {
    abortFetch(draft, segment);
    startFetch(draft, segment, true);
    return;
  }
  stopWhenOfNoUse(draft, segment);
}

/** Ends a fetch whose remaining pieces have all come from elsewhere, or so many that it is of no use for now. */
export function stopWhenOfNoUse(draft: Draft, segment: SegmentDraft): void {
  const { fetch, own } = segment;
  if (!fetch || !own) return;
  if (isOvertaken(draft, segment, fetch)) {
    abortFetch(draft, segment);
    return;
  }
  const end = Math.min(fetch.endPiece, own.length);
  for (let index = fetch.nextPiece; index < end; index++) if (!own.has(index)) return;
  // The last piece is in, so the body ends by itself: an abort would only cost the connection.
  if (fetch.nextPiece < end) abortFetch(draft, segment);
}

export function onFetchDone(draft: Draft, event: Of<'fetchDone'>): void {
  const segment = ofFetch(draft, event.segment, event.fetch);
  if (segment?.fetch) endFetch(draft, segment, segment.fetch);
}

export function onFetchFailed(draft: Draft, event: Of<'fetchFailed'>): void {
  const segment = ofFetch(draft, event.segment, event.fetch);
  const fetch = segment?.fetch;
  if (!segment || !fetch) return;
  endFetch(draft, segment, fetch);
  const ranged = fetch.firstPiece > 0 || fetch.endPiece !== Infinity;
  if (ranged && event.error.kind !== 'truncated') {
    // It may be our Range, not the segment, that failed (CORS, 416, a cache that errs): ask for all of it.
    segment.wholeOnly = true;
    return;
  }
  segment.originFailures++;
  if (event.error.kind === 'truncated' && segment.originFailures <= TUNING.truncatedRetries) return;
  segment.originError = event.error;
}

/** Tells everyone who asked that the origin cannot deliver the segment. */
export function failDemands(draft: Draft, segment: SegmentDraft, error: OriginError): void {
  forgetFailure(segment);
  for (const demand of draft.demands.current.values()) {
    if (demand.segment !== segment.key) continue;
    draft.demands.delete(demand.id);
    draft.emit({ type: 'fail', demand: demand.id, segment: segment.key, error });
  }
}

/** The segment, if this very fetch is the one under way: a late event must not touch its successor. */
function ofFetch(draft: Draft, key: SegmentKey, id: FetchId): SegmentDraft | undefined {
  return draft.segments.get(key)?.fetch?.id === id ? draft.segments.edit(key) : undefined;
}

function endFetch(draft: Draft, segment: SegmentDraft, fetch: Fetch): void {
  segment.fetch = undefined;
  if (fetch.headAtMs === undefined || fetch.bytes < LEAST_RATE_SAMPLE_BYTES) return;
  const sampleBps = aloneBps(draft, segment.key, fetch);
  const known = draft.origin.rateBps;
  draft.origin = { ...draft.origin, rateBps: known ? smooth(known, sampleBps) : sampleBps };
}

function smooth(known: number, sample: number): number {
  return known + NEWEST_SHARE * (sample - known);
}
