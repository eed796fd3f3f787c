import { Bitfield, trackOf } from '../model/index.ts';
import type { SegmentKey } from '../model/index.ts';
import type { Draft } from './draft.ts';
import { bitrateBps } from './playback.ts';
import type { Neighbour, SegmentState } from './state.ts';
import { holdingOf, stockOf } from './stocks.ts';
import { mayPlay } from './tracks.ts';

/** No piece has gone to or from a neighbour for so long: it is far behind the live edge, say, and nobody is to wait until it wants what is new. */
const IDLE_MS = 15_000;

/**
 * Whether somebody else has the piece by now, or is being given it, while this viewer holds pieces of
 * the segment that nobody else has, as far as its neighbours tell. Whoever asks picks at random among
 * what it needs, so that a fetcher would give each piece some four times before it has given all of
 * them once: and until then, nobody has the segment. Super-seeding (BitTorrent's BEP 16) is for the same.
 */
export function hasScarcerToGive(draft: Draft, segment: SegmentState, index: number): boolean {
  const { given, key, own, sizeBytes } = segment;
  if (!own || (!given?.has(index) && !stockOf(draft, key, sizeBytes)?.pieces.has(index))) return false;
  const spread = spreadOf(draft, segment, own);
  return spread.has(index) && !spread.hasAll(own);
}

/**
 * Live, whether a neighbour that passes nothing on has to wait for those that do: as long as there are pieces that none of them
 * has, all that is given to it makes everyone late, and itself, too.
 */
export function comesLast(draft: Draft, asker: Neighbour, segment: SegmentState): boolean {
  const { key, own } = segment;
  if (!own || !draft.playback.live || passesOn(draft, asker, key)) return false;
  const track = trackOf(key);
  const isForOthers = draft.neighbours.current.values().some(
    (neighbour) => passesOn(draft, neighbour, key) && mayPlay(neighbour, track, draft.nowMs) && draft.nowMs - neighbour.lastUsefulMs < IDLE_MS,
  );
  return isForOthers && !spreadOf(draft, segment, own).hasAll(own);
}

/** The pieces that somebody has, or is being given, who passes them on. */
function spreadOf(draft: Draft, { given, key, sizeBytes }: SegmentState, own: Bitfield): Bitfield {
  const stock = stockOf(draft, key, sizeBytes);
  let spread = given ?? Bitfield.empty(own.length);
  for (const neighbour of stock ? draft.neighbours.current.values() : []) {
    const holding = stock && passesOn(draft, neighbour, key) ? holdingOf(stock, neighbour) : undefined;
    if (holding) spread = spread.union(holding.pieces);
  }
  return spread;
}

/** A piece that only somebody with hardly any upload was given is as scarce as before. */
function passesOn(draft: Draft, { uploadBps }: Neighbour, key: SegmentKey): boolean {
  return uploadBps > 0 && uploadBps >= bitrateBps(draft, key);
}

/** The neighbour is about to get the piece. */
export function noteGiven(draft: Draft, neighbour: Neighbour, key: SegmentKey, index: number): void {
  const segment = draft.segments.get(key);
  if (!segment?.own || segment.given?.has(index) || !passesOn(draft, neighbour, key)) return;
  draft.segment(key).given = (segment.given ?? Bitfield.empty(segment.own.length)).with(index);
}
