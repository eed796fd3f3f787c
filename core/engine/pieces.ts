import { pieceBytes } from '../model/index.ts';
import { cancelAsksFor, closeAsk } from './asks.ts';
import { noteDownload } from './download.ts';
import type { Draft } from './draft.ts';
import type { EngineEvent } from './events.ts';
import { takePiece } from './holdings.ts';
import { stopWhenOfNoUse } from './origin.ts';
import { noteService } from './pace.ts';
import { ban, strike } from './trust.ts';

/** A neighbour answered a request with a piece. */
export function onPieceArrived(draft: Draft, event: Extract<EngineEvent, { type: 'pieceArrived' }>): void {
  const neighbour = draft.neighbours.edit(event.peer);
  if (!neighbour) return;
  const ask = neighbour.asks.get(event.requestId);
  if (!ask) {
    ban(draft, event.peer, 'protocol', `piece for request ${event.requestId}, which was not made`);
    return;
  }
  draft.count('p2pBytes', event.lengthBytes);
  noteDownload(draft, event.lengthBytes);
  neighbour.lastUsefulMs = draft.nowMs;
  closeAsk(draft, neighbour, event.requestId);
  if (!ask.cancelled) noteService(neighbour, draft.nowMs - ask.askedAtMs);

  const segment = draft.segments.edit(ask.segment);
  if (!segment?.own || segment.sizeBytes === undefined || segment.originOnly || segment.own.has(ask.index)) return;
  // Asked for when the segment was thought to be longer.
  if (ask.index >= segment.own.length) return;
  const expectedBytes = pieceBytes(segment.sizeBytes, ask.index);
  if (event.lengthBytes !== expectedBytes) {
    // Taken back because the segment turned out to have another length: no fault of the peer's.
    if (ask.cancelled) return;
    draft.count('rejectedPieces', 1);
    strike(draft, event.peer, `piece ${ask.index} of ${ask.segment} has ${event.lengthBytes} bytes instead of ${expectedBytes}`);
    return;
  }
  neighbour.broughtPieces++;
  takePiece(draft, segment, ask.index, event.peer);
  if (segment.asked.has(ask.index)) cancelAsksFor(draft, segment, ask.index);
  stopWhenOfNoUse(draft, segment);
}
