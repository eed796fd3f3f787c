import { Bitfield } from '../model/index.ts';
import type { PeerId } from '../model/index.ts';
import type { Draft, NeighbourDraft, SegmentDraft } from './draft.ts';
import { fetchRateBps, originAheadMs } from './fetch-rate.ts';
import { slackMs } from './playback.ts';
import type { Ask } from './state.ts';
import { noteAsked } from './transfer.ts';
import * as TUNING from './tuning.ts';

/** The books of what is asked of neighbours: every request is in them until it is answered. */

export function ask(draft: Draft, segment: SegmentDraft, peer: PeerId, { bytes, index }: Pick<Ask, 'bytes' | 'index'>): void {
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
  const aheadMs = behindOriginMs(draft);
  for (const { peer, asks, openAsks, pace } of draft.neighbours.current.values()) {
    if (openAsks === 0) continue;
    const patienceMs = Math.min(Math.max(TUNING.minAskTimeoutMs, 4 * pace.serviceMs), TUNING.mostAskTimeoutMs) + aheadMs;
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

/** How long a piece may wait in this viewer's line behind what the origin has sent already: to ask for it again would only bring it twice. */
function behindOriginMs(draft: Draft): number {
  for (const { fetch } of draft.segments.values()) {
    const rateBps = fetch ? draft.origin.rateBps || fetchRateBps(draft, fetch) : 0;
    if (rateBps > 0) return originAheadMs(rateBps);
  }
  return 0;
}
