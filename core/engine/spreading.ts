import { Bitfield, trackOf } from '../model/index.ts';
import type { DeclineReason, SegmentKey, TrackKey } from '../model/index.ts';
import type { Draft } from './draft.ts';
import { bitrateBps } from './playback.ts';
import type { Neighbour, SegmentState } from './state.ts';
import { forEachHolder, holdingOf, stockOf } from './stocks.ts';
import { mayPlay } from './tracks.ts';
import * as TUNING from './tuning.ts';

/**
 * Who is given what of a segment that is not with everyone yet. The whole swarm waits for the piece that
 * spreads most slowly, and doubles it every fifth of a second at best.
 */

/** No piece has gone to or from a neighbour for so long: it is far behind the live edge, say, and nobody is to wait until it wants what is new. */
const IDLE_MS = 15_000;

/**
 * Why the asker, who is in no hurry, has to look elsewhere for the piece; `undefined`: it has not.
 * @param isBusy others wait for this viewer's uplink.
 */
export function refusalOf(draft: Draft, asker: Neighbour, segment: SegmentState, index: number, isBusy: boolean): DeclineReason | undefined {
  const mayComeLast = isOutdone(draft, asker, segment);
  if (!isBusy && !mayComeLast) return undefined;
  const copies = copiesOf(segment, spreadOf(draft, segment));
  if (mayComeLast && segment.own && fewestOf(copies, segment.own) === 0) return 'busy';
  if (isBusy && leavesItToStronger(draft, asker, segment, copies)) return 'busy';
  return isBusy && hasScarcerToGive(draft, asker, segment, index, copies) ? 'elsewhere' : undefined;
}

/**
 * Live, whether the neighbour passes nothing on where others do, and has to wait for those as long as there are pieces that none of
 * them has: until then all that is given to it makes everyone late, and itself, too.
 */
function isOutdone(draft: Draft, asker: Neighbour, { key }: SegmentState): boolean {
  const rateBps = bitrateBps(draft, key);
  if (!draft.playback.live || passesOn(asker, rateBps)) return false;
  const track = trackOf(key);
  return draft.neighbours.current.values().some((neighbour) => passesOn(neighbour, rateBps) && takesPart(draft, neighbour, track));
}

/** Whether some of these pieces, which this viewer has, are with hardly anyone else, as far as its neighbours tell: they have to spread at once. */
export function isScarce(draft: Draft, segment: SegmentState, pieces: Bitfield): boolean {
  const spread = spreadOf(draft, segment);
  return spread.whole < TUNING.scarceCopies && fewestOf(copiesOf(segment, spread), pieces) < TUNING.scarceCopies;
}

/**
 * Live, whether the segment is new to this viewer's neighbourhood, and there are enough neighbours with faster uplinks that
 * want it, too: what one of them is given it passes on many times while others pass it on once.
 */
function leavesItToStronger(draft: Draft, asker: Neighbour, segment: SegmentState, copies: Uint8Array): boolean {
  const { key, own, sizeBytes } = segment;
  if (!own || !draft.playback.live || copies.reduce((sum, count) => sum + count, 0) >= own.count * TUNING.youngCopies) return false;
  const stock = stockOf(draft, key, sizeBytes);
  const track = trackOf(key);
  let stronger = 0;
  for (const neighbour of draft.neighbours.current.values()) {
    if (neighbour.uploadBps <= asker.uploadBps || !takesPart(draft, neighbour, track)) continue;
    if (!(stock && holdingOf(stock, neighbour)?.pieces.isFull)) stronger++;
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

/** What the neighbours hold of a segment who pass it on: how many of them all of it, and what the others. */
interface Spread {
  readonly whole: number;
  readonly parts: readonly Bitfield[];
}

function spreadOf(draft: Draft, { key, sizeBytes }: SegmentState): Spread {
  const stock = stockOf(draft, key, sizeBytes);
  const rateBps = bitrateBps(draft, key);
  const parts: Bitfield[] = [];
  let whole = 0;
  if (stock) {
    forEachHolder(draft, stock, (neighbour, { pieces }) => {
      if (!passesOn(neighbour, rateBps)) return;
      if (pieces.isFull) whole++;
      else parts.push(pieces);
    });
  }
  return { whole, parts };
}

/** By piece, how many neighbours have it who pass it on, and whether it is being given to one. */
function copiesOf({ given, own }: SegmentState, { whole, parts }: Spread): Uint8Array {
  const copies = new Uint8Array(own?.length ?? 0).fill(whole);
  given?.countIn(copies);
  for (const pieces of parts) pieces.countIn(copies);
  return copies;
}

/** How many copies there are of the piece that has fewest; Infinity: of none. */
function fewestOf(copies: Uint8Array, pieces: Bitfield): number {
  let fewest = Infinity;
  for (let index = 0; index < copies.length; index++) if (pieces.has(index)) fewest = Math.min(fewest, copies[index] ?? 0);
  return fewest;
}

/** Whether the neighbour wants what is new of the track, and soon. */
function takesPart(draft: Draft, neighbour: Neighbour, track: TrackKey): boolean {
  return mayPlay(neighbour, track, draft.nowMs) && draft.nowMs - neighbour.lastUsefulMs < IDLE_MS;
}

/** A piece that only somebody with hardly any upload was given, for its segment's bitrate, is as scarce as before. */
function passesOn({ uploadBps }: Neighbour, rateBps: number): boolean {
  return uploadBps > 0 && uploadBps >= rateBps;
}

/** The neighbour is about to get the piece. */
export function noteGiven(draft: Draft, neighbour: Neighbour, key: SegmentKey, index: number): void {
  const segment = draft.segments.get(key);
  if (!segment?.own || segment.given?.has(index) || !passesOn(neighbour, bitrateBps(draft, key))) return;
  draft.segment(key).given = (segment.given ?? Bitfield.empty(segment.own.length)).with(index);
}
