import { Bitfield, trackOf } from '../model/index.ts';
import type { DeclineReason, SegmentKey } from '../model/index.ts';
import type { Draft } from './draft.ts';
import { bitrateBps } from './playback.ts';
import type { Neighbour, SegmentState } from './state.ts';
import { holdingOf, stockOf } from './stocks.ts';
import { mayPlay } from './tracks.ts';
import * as TUNING from './tuning.ts';

/**
 * Who is given what of a segment that is not with everyone yet. The whole swarm waits for the piece that
 * spreads most slowly, and doubles it every fifth of a second at best.
 */

/** No piece has gone to or from a neighbour for so long: it is far behind the live edge, say, and nobody is to wait until it wants what is new. */
const IDLE_MS = 15_000;

/** Why the asker, who is in no hurry, has to look elsewhere for the piece while others wait for this viewer's uplink; `undefined`: it has not. */
export function refusalOf(draft: Draft, asker: Neighbour, segment: SegmentState, index: number): DeclineReason | undefined {
  const copies = copiesOf(draft, segment);
  if (leavesItToStronger(draft, asker, segment, copies)) return 'busy';
  return hasScarcerToGive(draft, asker, segment, index, copies) ? 'elsewhere' : undefined;
}

/**
 * Live, whether a neighbour that passes nothing on has to wait for those that do: as long as there are pieces that none of them
 * has, all that is given to it makes everyone late, and itself, too.
 */
export function comesLast(draft: Draft, asker: Neighbour, segment: SegmentState): boolean {
  const { key, own } = segment;
  if (!own || !draft.playback.live || passesOn(draft, asker, key)) return false;
  if (!draft.neighbours.current.values().some((neighbour) => passesOn(draft, neighbour, key) && takesPart(draft, neighbour, key))) return false;
  return fewestOf(copiesOf(draft, segment), own) === 0;
}

/** Whether some of these pieces, which this viewer has, are with hardly anyone else, as far as its neighbours tell: they have to spread at once. */
export function isScarce(draft: Draft, segment: SegmentState, pieces: Bitfield): boolean {
  return fewestOf(copiesOf(draft, segment), pieces) < TUNING.scarceCopies;
}

/**
 * Live, whether the segment is new to this viewer's neighbourhood, and there are enough neighbours with faster uplinks that
 * want it, too: what one of them is given it passes on many times while others pass it on once.
 */
function leavesItToStronger(draft: Draft, asker: Neighbour, segment: SegmentState, copies: Uint8Array): boolean {
  const { key, own, sizeBytes } = segment;
  if (!own || !draft.playback.live || copies.reduce((sum, count) => sum + count, 0) >= own.count * TUNING.youngCopies) return false;
  const stock = stockOf(draft, key, sizeBytes);
  let stronger = 0;
  for (const neighbour of draft.neighbours.current.values()) {
    const wantsIt = takesPart(draft, neighbour, key) && !(stock && holdingOf(stock, neighbour)?.pieces.isFull);
    if (wantsIt && neighbour.uploadBps > asker.uploadBps) stronger++;
  }
  return stronger >= TUNING.strongerFirst;
}

/**
 * Whether this viewer holds pieces that the asker needs, and that fewer have, or are being given, by far than have this one.
 * Whoever asks picks what is rare among its own neighbours, and at random among equals, so that a fetcher would give each
 * piece some four times before it has given all of them once, and pieces whose first takers are slow would
 * stay with them for seconds: and until then, nobody has the segment. Super-seeding (BitTorrent's BEP 16) is for the same.
 */
function hasScarcerToGive(draft: Draft, asker: Neighbour, { key, own, sizeBytes }: SegmentState, index: number, copies: Uint8Array): boolean {
  const askedCopies = copies[index] ?? 0;
  if (!own || askedCopies === 0) return false;
  const stock = stockOf(draft, key, sizeBytes);
  const theirs = stock && holdingOf(stock, asker)?.pieces;
  return askedCopies >= TUNING.scarcerRatio * fewestOf(copies, theirs ? own.without(theirs) : own);
}

/** By piece, how many neighbours have it who pass it on, and whether it is being given to one. */
function copiesOf(draft: Draft, { given, key, own, sizeBytes }: SegmentState): Uint8Array {
  const copies = new Uint8Array(own?.length ?? 0);
  given?.countIn(copies);
  const stock = stockOf(draft, key, sizeBytes);
  for (const neighbour of stock ? draft.neighbours.current.values() : []) {
    if (stock && passesOn(draft, neighbour, key)) holdingOf(stock, neighbour)?.pieces.countIn(copies);
  }
  return copies;
}

/** How many copies there are of the piece that has fewest; Infinity: of none. */
function fewestOf(copies: Uint8Array, pieces: Bitfield): number {
  let fewest = Infinity;
  for (let index = 0; index < copies.length; index++) if (pieces.has(index)) fewest = Math.min(fewest, copies[index] ?? 0);
  return fewest;
}

/** Whether the neighbour wants what is new of the segment's track, and soon. */
function takesPart(draft: Draft, neighbour: Neighbour, key: SegmentKey): boolean {
  return mayPlay(neighbour, trackOf(key), draft.nowMs) && draft.nowMs - neighbour.lastUsefulMs < IDLE_MS;
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
