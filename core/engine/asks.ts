import { hash32 } from '../model/index.ts';
import type { Bitfield, DeclineReason, PeerId, SegmentKey } from '../model/index.ts';
import type { Draft, NeighbourDraft, SegmentDraft } from './draft.ts';
import { adoptSize } from './holdings.ts';
import { slackMs } from './playback.ts';
import type { Neighbour, SegmentState } from './state.ts';
import { noteAsked } from './transfer.ts';
import { TUNING } from './tuning.ts';

/** A neighbour that has pieces of the segment, of the length that counts. */
interface Candidate {
  readonly peer: PeerId;
  readonly pieces: Bitfield;
  /** How many more requests may be opened at it now. */
  room: number;
  readonly loadShare: number;
}

/** Whether any neighbour can give (more of) what is missing of the segment. */
export function isSourced(draft: Draft, key: SegmentKey): boolean {
  const known = draft.segments.get(key);
  if (known?.originOnly) return false;
  const own = known?.own;
  for (const neighbour of draft.neighbours.current.values()) {
    const holding = neighbour.holdings.get(key);
    if (!holding) continue;
    if (!own || own.length !== holding.pieces.length) {
      if (!own && holding.pieces.count > 0) return true;
      continue;
    }
    if (holding.pieces.isFull) return true;
    for (const index of holding.pieces.indexes()) if (!own.has(index)) return true;
  }
  return false;
}

/**
 * Asks neighbours for missing pieces of the segment, as many as their windows take.
 * @param twice also pieces that are already asked of one neighbour (end-game).
 */
export function askNeighbours(draft: Draft, key: SegmentKey, twice: boolean): void {
  if (draft.segments.get(key)?.originOnly) return;
  const sizeBytes = draft.segments.get(key)?.sizeBytes ?? toldSize(draft, key);
  if (sizeBytes === undefined) return;
  const candidates = candidatesFor(draft, key, sizeBytes);
  if (candidates.length === 0) return;
  const segment = draft.segment(key);
  if (segment.sizeBytes === undefined) adoptSize(draft, segment, sizeBytes, false);
  for (const index of wantedOrder(draft, segment, candidates, twice)) {
    const candidate = leastLoaded(candidates, index);
    if (!candidate) continue;
    ask(draft, segment, candidate.peer, index);
    candidate.room--;
    if (candidates.every(({ room }) => room <= 0)) break;
  }
}

/** The length that most neighbours tell, while the origin has told none. */
function toldSize(draft: Draft, key: SegmentKey): number | undefined {
  const votes = new Map<number, number>();
  let winner: number | undefined;
  for (const neighbour of draft.neighbours.current.values()) {
    const told = neighbour.holdings.get(key)?.sizeBytes;
    if (told === undefined) continue;
    votes.set(told, (votes.get(told) ?? 0) + 1);
    if (winner === undefined || (votes.get(told) ?? 0) > (votes.get(winner) ?? 0)) winner = told;
  }
  return winner;
}

function candidatesFor(draft: Draft, key: SegmentKey, sizeBytes: number): Candidate[] {
  const candidates: Candidate[] = [];
  for (const neighbour of draft.neighbours.current.values()) {
    const holding = neighbour.holdings.get(key);
    if (!holding || holding.sizeBytes !== sizeBytes) continue;
    if (neighbour.pausedUntilMs > draft.nowMs) {
      draft.wakeBy(neighbour.pausedUntilMs);
      continue;
    }
    const open = openAsks(neighbour);
    const room = Math.floor(neighbour.windowPieces) - open;
    if (room > 0) candidates.push({ peer: neighbour.peer, pieces: holding.pieces, room, loadShare: open / neighbour.windowPieces });
  }
  return candidates;
}

function openAsks(neighbour: Neighbour): number {
  let open = 0;
  for (const ask of neighbour.asks.values()) if (!ask.cancelled) open++;
  return open;
}

/**
 * Missing pieces, in the order to ask for them: rarest among the neighbours first, and from a
 * different start at each peer, so that neighbours get different pieces and can trade them. While
 * the origin delivers the segment from its beginning, from the end, so that the two meet.
 */
function wantedOrder(draft: Draft, segment: SegmentState, candidates: readonly Candidate[], twice: boolean): number[] {
  const { own, asked, fetch } = segment;
  if (!own) return [];
  const wanted: number[] = [];
  const start = hash32(draft.self + segment.key) % own.length;
  for (let step = 0; step < own.length; step++) {
    const index = fetch ? own.length - 1 - step : (start + step) % own.length;
    if (own.has(index)) continue;
    if ((asked.get(index) ?? 0) < (twice ? 2 : 1)) wanted.push(index);
  }
  if (fetch || candidates.every(({ pieces }) => pieces.isFull)) return wanted;
  const holders = new Map(wanted.map((index) => [index, candidates.reduce((sum, { pieces }) => sum + (pieces.has(index) ? 1 : 0), 0)]));
  return wanted.sort((a, b) => (holders.get(a) ?? 0) - (holders.get(b) ?? 0));
}

function leastLoaded(candidates: readonly Candidate[], index: number): Candidate | undefined {
  let best: Candidate | undefined;
  for (const candidate of candidates) {
    if (candidate.room <= 0 || !candidate.pieces.has(index)) continue;
    if (!best || candidate.loadShare < best.loadShare || (candidate.loadShare === best.loadShare && candidate.room > best.room)) best = candidate;
  }
  return best;
}

function ask(draft: Draft, segment: SegmentDraft, peer: PeerId, index: number): void {
  const neighbour = draft.neighbours.edit(peer);
  if (!neighbour) return;
  if (segment.asked.has(index)) {
    // End-game: the same piece is never asked twice of the same neighbour.
    for (const open of neighbour.asks.values()) {
      if (open.segment === segment.key && open.index === index && !open.cancelled) return;
    }
  }
  const requestId = draft.nextSerial();
  neighbour.asks.set(requestId, { segment: segment.key, index, askedAtMs: draft.nowMs, cancelled: false });
  segment.asked.set(index, (segment.asked.get(index) ?? 0) + 1);
  noteAsked(draft, segment);
  const slack = Math.min(0xffff, Math.round(slackMs(draft, segment.key)));
  draft.emit({ type: 'send', peer, message: { type: 'request', requestId, segment: segment.key, index, slackMs: slack } });
}

/** The neighbour answered the request, one way or the other, or was given up on. */
export function closeAsk(draft: Draft, neighbour: NeighbourDraft, requestId: number): void {
  const open = neighbour.asks.get(requestId);
  if (!open) return;
  neighbour.asks.delete(requestId);
  if (!open.cancelled) releaseAsk(draft, open.segment, open.index);
}

function releaseAsk(draft: Draft, key: SegmentKey, index: number): void {
  const segment = draft.segments.edit(key);
  const left = (segment?.asked.get(index) ?? 0) - 1;
  if (left > 0) segment?.asked.set(index, left);
  else segment?.asked.delete(index);
}

/** Takes back all requests for a piece (or, without `index`, for the segment). */
export function cancelAsksFor(draft: Draft, segment: SegmentDraft, index?: number): void {
  for (const { peer, asks } of draft.neighbours.current.values()) {
    for (const [requestId, open] of asks) {
      if (open.segment !== segment.key || open.cancelled || (index !== undefined && open.index !== index)) continue;
      cancel(draft, peer, requestId);
    }
  }
}

function cancel(draft: Draft, peer: PeerId, requestId: number): void {
  const neighbour = draft.neighbours.edit(peer);
  const open = neighbour?.asks.get(requestId);
  if (!neighbour || !open || open.cancelled) return;
  neighbour.asks.set(requestId, { ...open, cancelled: true });
  releaseAsk(draft, open.segment, open.index);
  draft.emit({ type: 'send', peer, message: { type: 'cancel', requestId } });
}

/** Gives up on pieces that are overdue: one slow neighbour must not hold a segment up. */
export function expireAsks(draft: Draft): void {
  for (const { peer, asks, serviceMs } of draft.neighbours.current.values()) {
    const patienceMs = Math.max(TUNING.minAskTimeoutMs, 4 * serviceMs);
    for (const [requestId, open] of asks) {
      if (open.cancelled) continue;
      const dueMs = open.askedAtMs + patienceMs;
      if (dueMs > draft.nowMs) {
        // Requests are in order of their age: the others at this neighbour are due later.
        draft.wakeBy(dueMs);
        break;
      }
      cancel(draft, peer, requestId);
      const neighbour = draft.neighbours.edit(peer);
      if (!neighbour) break;
      neighbour.windowPieces = 1;
      neighbour.pausedUntilMs = draft.nowMs + patienceMs;
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
    neighbour.windowPieces = Math.max(1, neighbour.windowPieces / 2);
    neighbour.pausedUntilMs = draft.nowMs + TUNING.busyPauseMs;
    draft.wakeBy(neighbour.pausedUntilMs);
    return;
  }
  const holdings = new Map(neighbour.holdings);
  if (reason === 'off') holdings.clear();
  else holdings.delete(open.segment);
  neighbour.holdings = holdings;
}

/**
 * Grows and shrinks how much is asked of a neighbour at a time, by how long its pieces take: as
 * long as they come within the target they are not queueing (delay-based control, as in LEDBAT, RFC 6817).
 */
export function noteService(neighbour: NeighbourDraft, serviceMs: number): void {
  neighbour.serviceMs = neighbour.serviceMs === 0 ? serviceMs : neighbour.serviceMs * 0.8 + serviceMs * 0.2;
  neighbour.quickestMs = Math.min(neighbour.quickestMs, serviceMs);
  const queuedMs = serviceMs - neighbour.quickestMs;
  neighbour.windowPieces =
    queuedMs <= TUNING.targetQueueMs
      ? Math.min(TUNING.maxWindowPieces, neighbour.windowPieces + 1)
      : Math.max(1, neighbour.windowPieces - Math.min(1, queuedMs / TUNING.targetQueueMs - 1));
}
