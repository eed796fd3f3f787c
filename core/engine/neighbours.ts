import { pieceCount, trackOf } from '../model/index.ts';
import type { Have, Lost, PeerId, Status } from '../model/index.ts';
import type { Draft } from './draft.ts';
import { ownUploadBps } from './election.ts';
import { forgetNeighbour } from './forget-neighbour.ts';
import { VersionedMap } from './versioned-map.ts';
import type { Neighbour } from './state.ts';
import { tellEverything } from './tell.ts';
import { noteTrack } from './tracks.ts';
import { ban } from './trust.ts';
import { TUNING } from './tuning.ts';

export function onNeighbourJoined(draft: Draft, peer: PeerId): void {
  forgetNeighbour(draft, peer);
  draft.neighbours.set(peer, newNeighbour(peer, draft.nowMs));
  if (ownUploadBps(draft) > 0) tellEverything(draft, peer);
}

export function onNeighbourLeft(draft: Draft, peer: PeerId): void {
  forgetNeighbour(draft, peer);
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
  noteTrack(neighbour, trackOf(key), draft.nowMs);
  // Cumulative: a peer that held a piece holds it until it says `lost`.
  const same = known?.sizeBytes === sizeBytes ? known : undefined;
  const merged = same && !pieces.isFull ? same.pieces.union(pieces) : pieces;
  neighbour.holdings = neighbour.holdings.with(key, { sizeBytes, pieces: merged, elsewhere: same?.elsewhere });
}

export function onLost(draft: Draft, peer: PeerId, message: Lost): void {
  const neighbour = draft.neighbours.edit(peer);
  if (!neighbour) return;
  neighbour.holdings = neighbour.holdings.changed(new Map(message.segments.map((segment) => [segment, undefined])));
}

export function onStatus(draft: Draft, peer: PeerId, message: Status): void {
  const neighbour = draft.neighbours.edit(peer);
  if (!neighbour) return;
  neighbour.heardAtMs = draft.nowMs;
  neighbour.uploadBps = message.uploadBps;
  neighbour.positionS = message.positionS;
  neighbour.degree = message.neighbours;
}

function newNeighbour(peer: PeerId, nowMs: number): Neighbour {
  return {
    peer,
    sinceMs: nowMs,
    heardAtMs: -Infinity,
    uploadBps: TUNING.assumedUploadBps,
    positionS: 0,
    degree: 0,
    lastUsefulMs: nowMs,
    tracks: new Map(),
    holdings: VersionedMap.empty(),
    asks: VersionedMap.empty(),
    openAsks: 0,
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
