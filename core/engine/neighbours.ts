import { pieceCount, trackOf } from '../model/index.ts';
import type { Have, Lost, PeerId, Status } from '../model/index.ts';
import type { Draft } from './draft.ts';
import { ownUploadBps } from './election.ts';
import { forgetNeighbour } from './forget-neighbour.ts';
import { VersionedMap } from './versioned-map.ts';
import type { Neighbour } from './state.ts';
import { anyHoldingOf, fileHolding, forgetHoldings, holdingOf, stockOf } from './stocks.ts';
import { tellEverything } from './tell.ts';
import { noteTrack } from './tracks.ts';
import { ban } from './trust.ts';
import * as TUNING from './tuning.ts';

export function onNeighbourJoined(draft: Draft, peer: PeerId): void {
  forgetNeighbour(draft, peer);
  const others = draft.neighbours.values();
  const number = (others[others.length - 1]?.number ?? 0) + 1;
  draft.neighbours.set(peer, newNeighbour(peer, number, draft.nowMs));
  if (ownUploadBps(draft) > 0) tellEverything(draft, peer);
}

export function onNeighbourLeft(draft: Draft, peer: PeerId): void {
  forgetNeighbour(draft, peer);
}

export function onHave(draft: Draft, peer: PeerId, { segment: key, sizeBytes, pieces }: Have): void {
  const neighbour = draft.neighbours.get(peer);
  if (!neighbour) return;
  if (pieces.length !== pieceCount(sizeBytes)) {
    ban(draft, peer, 'protocol', `have: ${pieces.length} pieces in a segment of ${sizeBytes} bytes`);
    return;
  }
  const stock = stockOf(draft, key, sizeBytes);
  const known = stock && holdingOf(stock, neighbour);
  if (!known && !anyHoldingOf(draft, key, neighbour)) {
    if (neighbour.holdings >= TUNING.maxHoldingsPerNeighbour) return;
    const edited = draft.neighbours.edit(peer);
    if (edited) edited.holdings++;
  }
  noteTrack(draft, neighbour, trackOf(key));
  // Cumulative: a peer that held a piece holds it until it says `lost`.
  const merged = known && !pieces.isFull ? known.pieces.union(pieces) : pieces;
  fileHolding(draft, key, sizeBytes, neighbour, { peer, pieces: merged, elsewhere: known?.elsewhere });
}

export function onLost(draft: Draft, peer: PeerId, message: Lost): void {
  forgetHoldings(draft, peer, message.segments);
}

export function onStatus(draft: Draft, peer: PeerId, message: Status): void {
  const neighbour = draft.neighbours.edit(peer);
  if (!neighbour) return;
  neighbour.heardAtMs = draft.nowMs;
  neighbour.uploadBps = message.uploadBps;
  neighbour.positionS = message.positionS;
  neighbour.degree = message.neighbours;
}

function newNeighbour(peer: PeerId, number: number, nowMs: number): Neighbour {
  return {
    peer,
    number,
    sinceMs: nowMs,
    heardAtMs: -Infinity,
    uploadBps: TUNING.assumedUploadBps,
    positionS: 0,
    degree: 0,
    lastUsefulMs: nowMs,
    tracks: new Map(),
    holdings: 0,
    asks: VersionedMap.empty(),
    openAsks: 0,
    pace: { windowPieces: TUNING.initialWindowPieces, serviceMs: 0, quickestMs: Infinity, pausedUntilMs: -Infinity, pauseMs: 0, narrowedAtMs: -Infinity },
    broughtPieces: 0,
    strikes: 0,
    queue: [],
    bufferedBytes: 0,
    movedAtMs: nowMs,
    stalledBytes: 0,
    sentBytes: 0,
  };
}
