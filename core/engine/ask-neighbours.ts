import { hash32, pieceBytes, pieceSizeBytes } from '../model/index.ts';
import type { Bitfield, SegmentKey } from '../model/index.ts';
import { ask, cancelAsksFor } from './asks.ts';
import { mostAsksBeside, probeOf } from './beside.ts';
import { candidatesFor, expectedMs, soonest } from './candidates.ts';
import type { Candidate } from './candidates.ts';
import { downloadRoom, roomBeside } from './download.ts';
import type { Draft } from './draft.ts';
import { fetchRateBps } from './fetch-rate.ts';
import { adoptSize } from './holdings.ts';
import type { Fetch, SegmentState } from './state.ts';
import { mostToldOf, stockOf, stocksOf } from './stocks.ts';
import * as TUNING from './tuning.ts';

/**
 * Whether the neighbours have (more of) what is missing of the segment; or, where this viewer holds
 * all that they do, whether one of them is getting it: its next pieces can be had as they come.
 */
export function supply(draft: Draft, key: SegmentKey): 'there' | 'coming' | 'none' {
  const known = draft.segments.get(key);
  if (known?.originOnly) return 'none';
  const own = known?.own;
  // What is asked for, its neighbour has.
  if (own && known.asked.count > 0) return 'there';
  if (!own) return stocksOf(draft, key).some(({ pieces }) => pieces.count > 0) ? 'there' : 'none';
  const theirs = stockOf(draft, key, known.sizeBytes)?.pieces;
  if (!theirs || theirs.count === 0) return 'none';
  return own.hasAll(theirs) ? 'coming' : 'there';
}

/**
 * Asks neighbours for missing pieces of the segment, as many as their windows take.
 * @param urgent once all are asked for, asks a second neighbour for those that are owed too long (end-game).
 */
export function askNeighbours(draft: Draft, key: SegmentKey, urgent: boolean): void {
  goByMajority(draft, key);
  const known = draft.segments.get(key);
  if (known?.originOnly) return;
  const isAllAsked = known?.own && known.own.count + known.asked.count >= known.own.length;
  if (isAllAsked && !urgent) return;
  const sizeBytes = known?.sizeBytes ?? listedSize(draft, key) ?? mostToldOf(draft, key)?.sizeBytes;
  if (sizeBytes === undefined) return;
  let room = downloadRoom(draft, pieceSizeBytes(sizeBytes));
  if (room <= 0) return;
  const mostAsks = known?.fetch ? mostAsksBeside(draft, known, known.fetch) : Infinity;
  room = Math.min(room, mostAsks - draft.open.asks);
  if (room <= 0) return;
  const stock = stockOf(draft, key, sizeBytes);
  if (!stock) return;
  const candidates = candidatesFor(draft, stock, known && (urgent ? known.own : takenPieces(known)));
  if (candidates.length === 0) return;
  let segment: SegmentState = known ?? draft.segment(key);
  if (segment.sizeBytes === undefined) {
    const edited = draft.segment(key);
    adoptSize(draft, edited, sizeBytes, false);
    segment = edited;
  }
  room = Math.min(room, roomBeside(draft, key));
  if (room <= 0) return;
  let wanted = wantedOrder(draft, segment, candidates);
  if (wanted.length === 0 && urgent && !segment.fetch) wanted = owedTooLong(draft, segment);
  for (const index of wanted) {
    const candidate = soonest(candidates, segment, index);
    if (!candidate) continue;
    // From the end towards where the origin is: what comes next it brings sooner.
    if (segment.fetch && candidate.dueMs + TUNING.originLeadMs > originReachesMs(draft, segment.fetch, index, stock.sizeBytes)) continue;
    const asking = draft.segment(key);
    if (asking.fetch && !asking.fetch.probe && mostAsks < Infinity) asking.fetch = { ...asking.fetch, probe: probeOf(draft, asking.fetch) };
    ask(draft, asking, candidate.neighbour.peer, { index, bytes: pieceBytes(sizeBytes, index) });
    candidate.open++;
    candidate.room--;
    candidate.dueMs = expectedMs(candidate.neighbour, candidate.open, stock.sizeBytes);
    if (--room === 0) return;
  }
}

/** One neighbour's word is enough to begin with, not to stay with its length once more of them tell another one: it would have to be fetched. */
function goByMajority(draft: Draft, key: SegmentKey): void {
  const known = draft.segments.get(key);
  if (known?.sizeBytes === undefined || known.sizeFromOrigin || known.fetch || stocksOf(draft, key).length < 2) return;
  const most = mostToldOf(draft, key);
  const agreeing = stockOf(draft, key, known.sizeBytes)?.holdings.length ?? 0;
  if (!most || most.sizeBytes === known.sizeBytes || most.holdings.length <= agreeing) return;
  const segment = draft.segment(key);
  cancelAsksFor(draft, segment);
  adoptSize(draft, segment, most.sizeBytes, false);
}

/** How long until a fetch under way brings the piece, at the rate that was measured, at first of this very fetch; Infinity: unknown, or never. */
function originReachesMs(draft: Draft, fetch: Fetch, index: number, sizeBytes: number): number {
  const { endPiece, headAtMs, nextPiece } = fetch;
  if (index < nextPiece || index >= endPiece) return Infinity;
  const { origin } = draft;
  const rateBps = origin.rateBps || fetchRateBps(draft, fetch);
  if (rateBps === 0) return Infinity;
  return (headAtMs === undefined ? origin.firstByteMs : 0) + ((index + 1 - nextPiece) * pieceSizeBytes(sizeBytes) * 8000) / rateBps;
}

/** The length of a segment that is a byte range: nobody need tell it, and nobody can tell another. */
function listedSize(draft: Draft, key: SegmentKey): number | undefined {
  const range = draft.index.get(key)?.byteRange;
  return range && Number.isFinite(range.end) ? range.end - range.start : undefined;
}

/** The pieces that are held or asked for. */
function takenPieces({ own, asked }: SegmentState): Bitfield | undefined {
  return own && asked.count > 0 ? own.union(asked) : own;
}

/**
 * Missing pieces that can be had, in the order to ask for them: rarest among the neighbours first, and from a
 * different start at each peer, so that neighbours get different pieces and can trade them. While
 * the origin delivers the segment from its beginning, from the end, so that the two meet.
 */
function wantedOrder(draft: Draft, segment: SegmentState, candidates: readonly Candidate[]): number[] {
  const { own, fetch } = segment;
  const taken = takenPieces(segment);
  if (!own || !taken || candidates.every(({ pieces }) => taken.hasAll(pieces))) return [];
  const wanted: number[] = [];
  const start = hash32(draft.self + segment.key) % own.length;
  for (let step = 0; step < own.length; step++) {
    const index = fetch ? own.length - 1 - step : (start + step) % own.length;
    if (!taken.has(index)) wanted.push(index);
  }
  if (candidates.every(({ pieces }) => pieces.isFull)) return wanted;
  const holders = new Uint8Array(own.length);
  for (const { pieces } of candidates) for (const index of wanted) if (pieces.has(index)) holders[index] = (holders[index] ?? 0) + 1;
  const held = wanted.filter((index) => (holders[index] ?? 0) > 0);
  return fetch ? held : held.sort((a, b) => (holders[a] ?? 0) - (holders[b] ?? 0));
}

/** Pieces that one neighbour has owed for so long that a second one is worth the waste. */
function owedTooLong(draft: Draft, segment: SegmentState): number[] {
  const owed: number[] = [];
  for (const { asks, openAsks, pace } of draft.neighbours.current.values()) {
    if (openAsks === 0) continue;
    for (const ask of asks.values()) {
      if (ask.cancelled || ask.segment !== segment.key || segment.askedTwice.has(ask.index)) continue;
      // Where uplinks are short, all pieces take long, and to ask twice for them would take what is short.
      const dueMs = ask.askedAtMs + Math.max(TUNING.endgameAskAgeMs, pace.serviceMs * TUNING.endgameServices);
      if (dueMs <= draft.nowMs) owed.push(ask.index);
      else draft.wakeBy(dueMs);
    }
  }
  return owed;
}
