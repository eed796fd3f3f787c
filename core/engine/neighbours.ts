import { Bitfield, pieceCount } from '../model/index.ts';
import type { Have, Lost, PeerId, Status } from '../model/index.ts';
import { ownUploadBps } from './election.ts';
import type { Draft } from './draft.ts';
import type { Neighbour } from './state.ts';
import { tellEverything } from './tell.ts';
import { ban } from './trust.ts';
import { TUNING } from './tuning.ts';

export function onNeighbourJoined(draft: Draft, peer: PeerId): void {
  draft.neighbours.set(peer, newNeighbour(peer, draft.nowMs));
  if (ownUploadBps(draft) > 0) tellEverything(draft, peer);
}

export function onNeighbourLeft(draft: Draft, peer: PeerId): void {
  const neighbour = draft.neighbours.get(peer);
  if (!neighbour) return;
  for (const open of neighbour.asks.values()) {
    if (open.cancelled) continue;
    const segment = draft.segments.edit(open.segment);
    const left = (segment?.asked.get(open.index) ?? 0) - 1;
    if (left > 0) segment?.asked.set(open.index, left);
    else segment?.asked.delete(open.index);
  }
  draft.neighbours.delete(peer);
  for (const segment of draft.segments.current.values()) {
    // Nobody else may know that it was being fetched: the next in rank takes over.
    if (segment.intent?.from === peer) draft.segment(segment.key).intent = undefined;
  }
}

export function onHave(draft: Draft, peer: PeerId, { segment: key, sizeBytes, pieces }: Have): void {
  const neighbour = draft.neighbours.edit(peer);
  if (!neighbour) return;
  if (pieces.length !== pieceCount(sizeBytes)) {
    ban(draft, peer, 'protocol', `have: ${pieces.length} pieces in a segment of ${sizeBytes} bytes`);
    return;
  }
  const known = neighbour.holdings.get(key);
  if (!known && neighbour.holdings.size >= TUNING.maxHoldingsPerNeighbour) return;
  const holdings = new Map(neighbour.holdings);
  // Cumulative: a peer that held a piece holds it until it says `lost`.
  const merged = known?.sizeBytes === sizeBytes && !pieces.isFull ? known.pieces.union(pieces) : pieces;
  holdings.set(key, { sizeBytes, pieces: merged.isFull ? Bitfield.full(merged.length) : merged });
  neighbour.holdings = holdings;
}

export function onLost(draft: Draft, peer: PeerId, message: Lost): void {
  const neighbour = draft.neighbours.edit(peer);
  if (!neighbour) return;
  const holdings = new Map(neighbour.holdings);
  for (const segment of message.segments) holdings.delete(segment);
  neighbour.holdings = holdings;
}

export function onStatus(draft: Draft, peer: PeerId, message: Status): void {
  const neighbour = draft.neighbours.edit(peer);
  if (!neighbour) return;
  neighbour.heard = true;
  neighbour.uploadBps = message.uploadBps;
  neighbour.positionS = message.positionS;
  neighbour.degree = message.neighbours;
}

function newNeighbour(peer: PeerId, nowMs: number): Neighbour {
  return {
    peer,
    sinceMs: nowMs,
    heard: false,
    uploadBps: TUNING.assumedUploadBps,
    positionS: 0,
    degree: 0,
    lastUsefulMs: nowMs,
    holdings: new Map(),
    asks: new Map(),
    windowPieces: TUNING.initialWindowPieces,
    serviceMs: 0,
    quickestMs: Infinity,
    pausedUntilMs: -Infinity,
    strikes: 0,
    queue: [],
    bufferedBytes: 0,
    receivedBytes: 0,
    sentBytes: 0,
  };
}
