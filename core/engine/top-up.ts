import { MAX_PIECE_BYTES, pieceSizeBytes } from '../model/index.ts';
import type { Bitfield } from '../model/index.ts';
import type { Draft } from './draft.ts';
import { mostAtOnce } from './parts.ts';
import { originTimeMs, slackMs } from './playback.ts';
import { shareOf } from './shares.ts';
import { isAnnounced, isJustInTime, spareMs } from './sooner.ts';
import type { Fetch, SegmentState } from './state.ts';
import { stockOf } from './stocks.ts';
import * as TUNING from './tuning.ts';

type Span = Pick<Fetch, 'firstPiece' | 'endPiece'>;

const WHOLE: Span = { firstPiece: 0, endPiece: Infinity };

/** Fewer bytes than this, held in between, come again with the rest where there is time: a request has its price, too. */
const LEAST_GAP_BYTES = 2 * MAX_PIECE_BYTES;

/**
 * What the origin need not be asked for now: what is held, and, while it would be in time all the same
 * if peers did not keep their word, what they are about to bring; or have, where this viewer takes over
 * from a fetcher that has left, long before it has to.
 */
export function provided(draft: Draft, segment: SegmentState): Bitfield | undefined {
  const { asked, fetcherLeftAtMs, key, own, sizeBytes } = segment;
  const theirs = fetcherLeftAtMs === undefined ? asked : (stockOf(draft, key, sizeBytes)?.pieces ?? asked);
  if (!own || theirs.count === 0 || segment.wholeOnly || !draft.origin.rangeAllowed) return own;
  return leavesToPeersMs(draft, segment) > 0 ? own.union(theirs) : own;
}

/** How long what has been asked of peers can still be left to them; NaN: not known. */
export function leavesToPeersMs(draft: Draft, segment: SegmentState): number {
  const { firstByteMs } = draft.origin;
  const inTimeMs = slackMs(draft, segment.key) - spareMs(draft, segment);
  return spareMs(draft, segment) - firstByteMs - inTimeMs * TUNING.promisedShare - TUNING.splitReserveMs;
}

/**
 * The pieces to ask of the origin: all where nothing is provided or Range is refused, else from the first
 * missing up to a gap of provided ones that there is time to leave out, or to the last missing, or as many as
 * make a part. What is still missing when they are in is asked for then, if no peer has brought it.
 * @param isShared somebody else is fetching it from the beginning: from half-way on, so that nothing comes twice.
 */
export function missingSpan(draft: Draft, segment: SegmentState, isShared: boolean): Span {
  const { own, sizeBytes, wholeOnly } = segment;
  if (!own || sizeBytes === undefined || wholeOnly || !draft.origin.rangeAllowed) return WHOLE;
  const most = mostAtOnce(draft, segment);
  const unitBytes = pieceSizeBytes(sizeBytes);
  const share = isTimeForAll(draft, segment, (own.length - own.count) * unitBytes) ? shareOf(draft, segment, own) : undefined;
  if (share) return share;
  const out = leftOut(draft, segment, own, most);
  if (out.count === 0 && most === Infinity) return WHOLE;
  const missing = upTo(most, missingRuns(out));
  const runs = isShared ? fromHalfWay(missing) : missing;
  const firstPiece = runs[0]?.firstPiece ?? 0;
  const gainfulPieces = gainfulBytes(draft) / unitBytes;
  const largePieces = LEAST_GAP_BYTES / unitBytes;
  const leastPieces = isTimeForAll(draft, segment, ((runs[runs.length - 1]?.endPiece ?? 0) - firstPiece) * unitBytes) ? largePieces : Math.min(largePieces, gainfulPieces);
  const endPiece = endOfFirst(runs, affordableSplits(draft, segment, (out.length - out.count) * unitBytes), gainfulPieces, leastPieces) ?? own.length;
  // To the segment's end the request can do without an end: servers cache that better.
  return { firstPiece, endPiece: endPiece === own.length ? Infinity : endPiece };
}

/** Of a part, all is left out that has been asked of peers, as long as that is not all: there is a later one for what they do not bring. */
function leftOut(draft: Draft, segment: SegmentState, own: Bitfield, most: number): Bitfield {
  const promised = own.union(segment.asked);
  return most < Infinity && !promised.isFull ? promised : (provided(draft, segment) ?? own);
}

/** Whether a fetcher that neighbours have told of goes on bringing it, piece by piece, and there is time to leave it a part. */
export function isBeingFetched(draft: Draft, segment: SegmentState): boolean {
  const { lastByteAtMs } = segment.transfer;
  if (!isAnnounced(draft, segment) || lastByteAtMs === undefined || draft.nowMs - lastByteAtMs > TUNING.atWorkMs || isJustInTime(draft, segment)) return false;
  return stockOf(draft, segment.key, segment.sizeBytes)?.pieces.isFull === false;
}

/** The longest run from its middle on, and what comes after it; all of them where that would be too little to share. */
function fromHalfWay(runs: readonly Span[]): readonly Span[] {
  const pieces = runs.map((run) => run.endPiece - run.firstPiece);
  const most = Math.max(...pieces);
  const place = pieces.indexOf(most);
  const longest = runs[place];
  if (!longest || most < TUNING.leastSharedPieces) return runs;
  return [{ ...longest, firstPiece: longest.firstPiece + Math.floor(most / 2) }, ...runs.slice(place + 1)];
}

function missingRuns(own: Bitfield): Span[] {
  const runs: { firstPiece: number; endPiece: number }[] = [];
  for (let index = 0; index < own.length; index++) {
    if (own.has(index)) continue;
    const last = runs[runs.length - 1];
    if (last?.endPiece === index) last.endPiece++;
    else runs.push({ firstPiece: index, endPiece: index + 1 });
  }
  return runs;
}

/** The first of the runs, and so many pieces of them. */
function upTo(pieces: number, runs: readonly Span[]): readonly Span[] {
  const first: Span[] = [];
  let left = pieces;
  for (const { firstPiece, endPiece } of runs) {
    if (left <= 0) break;
    first.push({ firstPiece, endPiece: Math.min(endPiece, firstPiece + left) });
    left -= endPiece - firstPiece;
  }
  return first;
}

/** Whether so many bytes would be in time, what is held in between included: the moment to ask is of what is missing alone. */
function isTimeForAll(draft: Draft, { key }: SegmentState, bytes: number): boolean {
  const listed = draft.index.get(key);
  return listed === undefined || originTimeMs(draft, listed, bytes) <= slackMs(draft, key);
}

/** How many requests more than one the slack pays for, each with its own wait for a first byte. */
function affordableSplits(draft: Draft, segment: SegmentState, missingBytes: number): number {
  const { rateBps, firstByteMs } = draft.origin;
  if (rateBps === 0 || firstByteMs === 0) return 0;
  const onceMs = firstByteMs + (missingBytes * 8000) / rateBps;
  return Math.floor((slackMs(draft, segment.key) - TUNING.splitReserveMs - onceMs * TUNING.originTimeMargin) / (firstByteMs * TUNING.originTimeMargin));
}

/** A gap of so many bytes takes longer to come again than to be left out: that costs another wait for a first byte. */
function gainfulBytes({ origin: { firstByteMs, rateBps } }: Draft): number {
  return rateBps === 0 || firstByteMs === 0 ? Infinity : (firstByteMs * TUNING.originTimeMargin * rateBps) / 8000;
}

/** Splits are made at the longest gaps, and wherever one saves time. @returns where the first part ends. */
function endOfFirst(runs: readonly Span[], splits: number, gainfulPieces: number, leastPieces: number): number | undefined {
  const gaps = runs
    .slice(1)
    .map((run, index) => ({ index, pieces: run.firstPiece - (runs[index]?.endPiece ?? 0) }))
    .filter(({ pieces }) => pieces >= leastPieces)
    .sort((a, b) => b.pieces - a.pieces)
    .filter(({ pieces }, place) => place < splits || pieces >= gainfulPieces);
  const first = gaps.length > 0 ? Math.min(...gaps.map(({ index }) => index)) : runs.length - 1;
  return runs[first]?.endPiece;
}
