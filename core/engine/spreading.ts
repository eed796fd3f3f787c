import { Bitfield } from '../model/index.ts';
import type { SegmentKey } from '../model/index.ts';
import type { Draft } from './draft.ts';
import type { SegmentState } from './state.ts';
import { stockOf } from './stocks.ts';

/**
 * Whether somebody else has the piece by now, or is being given it, while this viewer holds pieces of
 * the segment that nobody else has, as far as its neighbours tell. Whoever asks picks at random among
 * what it needs, so that a fetcher would give each piece some four times before it has given all of
 * them once: and until then, nobody has the segment. Super-seeding (BitTorrent's BEP 16) is for the same.
 */
export function hasScarcerToGive(draft: Draft, { given, key, own, sizeBytes }: SegmentState, index: number): boolean {
  if (!own) return false;
  const theirs = stockOf(draft, key, sizeBytes)?.pieces;
  if (!given?.has(index) && !theirs?.has(index)) return false;
  const spread = given && theirs ? given.union(theirs) : (given ?? theirs);
  return spread?.hasAll(own) === false;
}

/** A neighbour is about to get the piece. */
export function noteGiven(draft: Draft, key: SegmentKey, index: number): void {
  const segment = draft.segments.get(key);
  if (!segment?.own || segment.given?.has(index)) return;
  draft.segment(key).given = (segment.given ?? Bitfield.empty(segment.own.length)).with(index);
}
