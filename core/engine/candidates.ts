import { pieceSizeBytes } from '../model/index.ts';
import type { Bitfield, SegmentKey } from '../model/index.ts';
import type { Draft } from './draft.ts';
import type { Holding, Neighbour, SegmentState, Stock } from './state.ts';
import { forEachHolder } from './stocks.ts';
import * as TUNING from './tuning.ts';

/** A neighbour that has pieces of the segment, of the length that counts, and may be asked for some now. */
export interface Candidate {
  readonly neighbour: Neighbour;
  readonly pieces: Holding['pieces'];
  /** Requests open at it. */
  open: number;
  /** How many more may be opened now. */
  room: number;
  /** How long a piece asked of it now would take. */
  dueMs: number;
}

const NOBODY: readonly Candidate[] = [];

/** @param taken neighbours that have none but these are left out: most of the time that is everyone. */
export function candidatesFor(draft: Draft, stock: Stock, taken: Bitfield | undefined): readonly Candidate[] {
  if (taken?.hasAll(stock.pieces)) return NOBODY;
  const candidates: Candidate[] = [];
  forEachHolder(draft, stock, (neighbour, holding) => {
    const pieces = obtainable(draft, holding);
    if (taken?.hasAll(pieces)) return;
    const { pausedUntilMs } = neighbour.pace;
    if (pausedUntilMs > draft.nowMs) {
      draft.wakeBy(pausedUntilMs);
      return;
    }
    const open = neighbour.openAsks;
    const room = roomOf(neighbour);
    if (room > 0) candidates.push({ neighbour, pieces, open, room, dueMs: expectedMs(neighbour, open, stock.sizeBytes) });
  });
  return candidates;
}

/** How many more requests may be opened at it. */
export function roomOf({ asks, openAsks, pace }: Neighbour): number {
  return Math.min(Math.floor(pace.windowPieces) - openAsks, TUNING.maxUnansweredAsks - asks.size);
}

/** What it holds, without what it has just sent this viewer elsewhere for. */
function obtainable(draft: Draft, { pieces, elsewhere }: Holding): Holding['pieces'] {
  if (!elsewhere || elsewhere.untilMs <= draft.nowMs) return pieces;
  draft.wakeBy(elsewhere.untilMs);
  return pieces.without(elsewhere.pieces);
}

/** The candidate from which the piece can be expected soonest; of equals, the one with the most room. */
export function soonest(candidates: readonly Candidate[], segment: SegmentState, index: number): Candidate | undefined {
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
export function expectedMs({ pace, uploadBps }: Neighbour, open: number, sizeBytes: number): number {
  const pieceMs = (pieceSizeBytes(sizeBytes) * 8000) / Math.max(uploadBps, 1);
  return Math.max(pace.serviceMs, pieceMs) + open * pieceMs;
}

function hasOpenAsk(neighbour: Neighbour, segment: SegmentKey, index: number): boolean {
  for (const ask of neighbour.asks.values()) if (ask.index === index && ask.segment === segment && !ask.cancelled) return true;
  return false;
}
