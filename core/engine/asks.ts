import { Bitfield, hash32, pieceBytes, pieceSizeBytes } from '../model/index.ts';
import type { DeclineReason, PeerId, SegmentKey } from '../model/index.ts';
import { mostAsksBeside, probeOf } from './beside.ts';
import { downloadRoom, isLineTaken } from './download.ts';
import type { Draft, NeighbourDraft, SegmentDraft } from './draft.ts';
import { fetchRateBps } from './fetch-rate.ts';
import { adoptSize } from './holdings.ts';
import { slackMs } from './playback.ts';
import type { Ask, Fetch, Holding, Neighbour, SegmentState, Stock } from './state.ts';
import { fileHolding, forgetHoldings, holdingOf, mostToldOf, stockOf, stocksOf } from './stocks.ts';
import { noteAsked } from './transfer.ts';
import { TUNING } from './tuning.ts';

/** A neighbour that has pieces of the segment, of the length that counts, and may be asked for some now. */
interface Candidate {
  readonly neighbour: Neighbour;
  readonly pieces: Holding['pieces'];
  /** Requests open at it. */
  open: number;
  /** How many more may be opened now. */
  room: number;
  /** How long a piece asked of it now would take. */
  dueMs: number;
}

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
  const known = draft.segments.get(key);
  if (known?.originOnly) return;
  const isAllAsked = known?.own && known.own.count + known.asked.count >= known.own.length;
  if (isAllAsked && !urgent) return;
  const sizeBytes = known?.sizeBytes ?? listedSize(draft, key) ?? mostToldOf(draft, key)?.sizeBytes;
  if (sizeBytes === undefined) return;
  let room = downloadRoom(draft, pieceSizeBytes(sizeBytes));
  if (room <= 0 || isLineTaken(draft)) return;
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

const NOBODY: readonly Candidate[] = [];

/** @param taken neighbours that have none but these are left out: most of the time that is everyone. */
function candidatesFor(draft: Draft, { holdings, pieces: any, sizeBytes }: Stock, taken: Bitfield | undefined): readonly Candidate[] {
  if (taken?.hasAll(any)) return NOBODY;
  const candidates: Candidate[] = [];
  for (const holding of holdings) {
    const pieces = obtainable(holding, draft.nowMs);
    const neighbour = taken?.hasAll(pieces) ? undefined : draft.neighbours.get(holding.peer);
    if (!neighbour) continue;
    const { pausedUntilMs, windowPieces } = neighbour.pace;
    if (pausedUntilMs > draft.nowMs) {
      draft.wakeBy(pausedUntilMs);
      continue;
    }
    const open = neighbour.openAsks;
    const room = Math.min(Math.floor(windowPieces) - open, TUNING.maxUnansweredAsks - neighbour.asks.size);
    if (room > 0) candidates.push({ neighbour, pieces, open, room, dueMs: expectedMs(neighbour, open, sizeBytes) });
  }
  return candidates;
}

/** What it holds, without what it has just sent this viewer elsewhere for. */
function obtainable({ pieces, elsewhere }: Holding, nowMs: number): Holding['pieces'] {
  return elsewhere && elsewhere.untilMs > nowMs ? pieces.without(elsewhere.pieces) : pieces;
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
  for (const { asks, openAsks } of draft.neighbours.current.values()) {
    if (openAsks === 0) continue;
    for (const ask of asks.values()) {
      if (ask.cancelled || ask.segment !== segment.key || segment.askedTwice.has(ask.index)) continue;
      const dueMs = ask.askedAtMs + TUNING.endgameAskAgeMs;
      if (dueMs <= draft.nowMs) owed.push(ask.index);
      else draft.wakeBy(dueMs);
    }
  }
  return owed;
}

/** The candidate from which the piece can be expected soonest; of equals, the one with the most room. */
function soonest(candidates: readonly Candidate[], segment: SegmentState, index: number): Candidate | undefined {
  let best: Candidate | undefined;
  for (const candidate of candidates) {
    const { dueMs, neighbour, pieces, room } = candidate;
    if (room <= 0 || !pieces.has(index)) continue;
    // End-game: the same piece is never asked twice of the same neighbour.
    if (segment.asked.has(index) && hasOpenAsk(neighbour, segment.key, index)) continue;
    if (best && (dueMs > best.dueMs || (dueMs === best.dueMs && room <= best.room))) continue;
    best = candidate;
  }
  return best;
}

/**
 * How long a piece asked of it now would take: what its pieces have taken lately, and the ones already
 * asked of it first. A slow neighbour is as quickly found idle as a fast one, and every piece that waits
 * at one is late for all who would have it from here.
 */
function expectedMs({ pace, uploadBps }: Neighbour, open: number, sizeBytes: number): number {
  const pieceMs = (pieceSizeBytes(sizeBytes) * 8000) / Math.max(uploadBps, 1);
  return Math.max(pace.serviceMs, pieceMs) + open * pieceMs;
}

function hasOpenAsk(neighbour: Neighbour, segment: SegmentKey, index: number): boolean {
  for (const ask of neighbour.asks.values()) if (ask.index === index && ask.segment === segment && !ask.cancelled) return true;
  return false;
}

function ask(draft: Draft, segment: SegmentDraft, peer: PeerId, { bytes, index }: Pick<Ask, 'bytes' | 'index'>): void {
  const neighbour = draft.neighbours.edit(peer);
  if (!neighbour) return;
  const requestId = draft.nextSerial();
  neighbour.asks = neighbour.asks.with(requestId, { segment: segment.key, index, bytes, askedAtMs: draft.nowMs, cancelled: false });
  neighbour.openAsks++;
  draft.open.asks++;
  draft.open.askedBytes += bytes;
  draft.open.asksDueMs = Math.min(draft.open.asksDueMs, draft.nowMs + TUNING.minAskTimeoutMs);
  if (segment.asked.has(index)) segment.askedTwice = segment.askedTwice.with(index);
  else segment.asked = segment.asked.with(index);
  noteAsked(draft, segment);
  const slack = Math.min(0xffff, Math.round(slackMs(draft, segment.key)));
  draft.emit({ type: 'send', peer, message: { type: 'request', requestId, segment: segment.key, index, slackMs: slack } });
}

/** The neighbour answered the request, one way or the other, or was given up on. */
export function closeAsk(draft: Draft, neighbour: NeighbourDraft, requestId: number): void {
  const open = neighbour.asks.get(requestId);
  if (!open) return;
  neighbour.asks = neighbour.asks.without(requestId);
  if (!open.cancelled) releaseAsk(draft, neighbour, open);
}

function releaseAsk(draft: Draft, neighbour: NeighbourDraft, { bytes, index, segment: key }: Ask): void {
  neighbour.openAsks--;
  draft.open.asks--;
  draft.open.askedBytes -= bytes;
  const segment = draft.segments.edit(key);
  if (!segment) return;
  const released = Bitfield.of(segment.asked.length, [index]);
  if (segment.askedTwice.has(index)) segment.askedTwice = segment.askedTwice.without(released);
  else segment.asked = segment.asked.without(released);
}

/** Takes back all requests for a piece (or, without `index`, for the segment). */
export function cancelAsksFor(draft: Draft, segment: SegmentDraft, index?: number): void {
  if (segment.asked.count === 0) return;
  for (const { peer, asks, openAsks } of draft.neighbours.current.values()) {
    if (openAsks === 0) continue;
    for (const [requestId, open] of asks) {
      if (open.segment !== segment.key || open.cancelled || (index !== undefined && open.index !== index)) continue;
      cancel(draft, peer, requestId);
    }
  }
}

/** The request stays in the books until it is answered: its piece may be under way already. */
function cancel(draft: Draft, peer: PeerId, requestId: number): void {
  const neighbour = draft.neighbours.edit(peer);
  const open = neighbour?.asks.get(requestId);
  if (!neighbour || !open || open.cancelled) return;
  neighbour.asks = neighbour.asks.with(requestId, { ...open, cancelled: true });
  releaseAsk(draft, neighbour, open);
  draft.emit({ type: 'send', peer, message: { type: 'cancel', requestId } });
}

/** Gives up on pieces that are overdue: one slow neighbour must not hold a segment up. */
export function expireAsks(draft: Draft): void {
  const { open } = draft;
  if (open.asksDueMs > draft.nowMs) {
    draft.wakeBy(open.asksDueMs);
    return;
  }
  open.asksDueMs = Infinity;
  for (const { peer, asks, openAsks, pace } of draft.neighbours.current.values()) {
    if (openAsks === 0) continue;
    const patienceMs = Math.max(TUNING.minAskTimeoutMs, 4 * pace.serviceMs);
    for (const [requestId, open] of asks) {
      if (open.cancelled) continue;
      const dueMs = open.askedAtMs + patienceMs;
      if (dueMs > draft.nowMs) {
        // Requests are in order of their age: the others at this neighbour are due later.
        draft.wakeBy(dueMs);
        draft.open.asksDueMs = Math.min(draft.open.asksDueMs, dueMs);
        break;
      }
      cancel(draft, peer, requestId);
      const neighbour = draft.neighbours.edit(peer);
      if (!neighbour) break;
      neighbour.pace = { ...neighbour.pace, windowPieces: 1, pausedUntilMs: draft.nowMs + patienceMs };
    }
  }
}

export function onDeclined(draft: Draft, peer: PeerId, requestId: number, reason: DeclineReason): void {
  const neighbour = draft.neighbours.edit(peer);
  const open = neighbour?.asks.get(requestId);
  if (!neighbour || !open) return;
  closeAsk(draft, neighbour, requestId);
  if (open.cancelled) return;
  if (reason === 'busy') {
    // With so much open, it is a fast one, and its queue is of this viewer's own making: all that it declines of one burst is
    // one reason to ask less, and each piece that comes makes room for another one. A pause would let its line run dry.
    const isOurQueue = neighbour.openAsks >= TUNING.initialWindowPieces;
    if (!isOurQueue || open.askedAtMs > neighbour.pace.narrowedAtMs) {
      neighbour.pace = { ...neighbour.pace, windowPieces: Math.max(1, neighbour.pace.windowPieces / 2), narrowedAtMs: draft.nowMs };
    }
    if (isOurQueue) return;
    const pausedUntilMs = draft.nowMs + TUNING.busyPauseMs;
    neighbour.pace = { ...neighbour.pace, pausedUntilMs };
    draft.wakeBy(pausedUntilMs);
    return;
  }
  if (reason === 'elsewhere') {
    sentElsewhere(draft, neighbour, open);
    return;
  }
  forgetHoldings(draft, peer, reason === 'off' ? draft.stocks.keys() : [open.segment]);
}

/** The neighbour has pieces that nobody else has to give first: this one is to be had of others, or later. */
function sentElsewhere(draft: Draft, neighbour: Neighbour, { segment, index }: Ask): void {
  const stock = stocksOf(draft, segment).find((one) => holdingOf(one, neighbour));
  const holding = stock && holdingOf(stock, neighbour);
  if (!holding) return;
  const { elsewhere, pieces } = holding;
  const known = elsewhere && elsewhere.untilMs > draft.nowMs ? elsewhere.pieces : Bitfield.empty(pieces.length);
  const untilMs = draft.nowMs + TUNING.elsewhereMs;
  fileHolding(draft, segment, stock.sizeBytes, neighbour, { ...holding, elsewhere: { pieces: known.with(index), untilMs } });
  draft.wakeBy(untilMs);
}

/**
 * Grows and shrinks how much is asked of a neighbour at a time, by how long its pieces take: as
 * long as they come within the target they are not queueing (delay-based control, as in LEDBAT, RFC 6817).
 */
export function noteService(neighbour: NeighbourDraft, serviceMs: number): void {
  const { pace } = neighbour;
  const quickestMs = Math.min(pace.quickestMs, serviceMs);
  const queuedMs = serviceMs - quickestMs;
  neighbour.pace = {
    ...pace,
    windowPieces:
      queuedMs <= TUNING.targetQueueMs
        ? Math.min(TUNING.maxWindowPieces, pace.windowPieces + 1)
        : Math.max(1, pace.windowPieces - Math.min(1, queuedMs / TUNING.targetQueueMs - 1)),
    serviceMs: pace.serviceMs === 0 ? serviceMs : pace.serviceMs * 0.8 + serviceMs * 0.2,
    quickestMs,
  };
}
