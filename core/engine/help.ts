import { pieceSizeBytes, trackOf } from '../model/index.ts';
import type { Bitfield, SegmentKey } from '../model/index.ts';
import type { Draft } from './draft.ts';
import { givingBps } from './election.ts';
import { expectedBytes } from './playback.ts';
import type { SegmentState } from './state.ts';
import { stockOf } from './stocks.ts';
import { mayPlay } from './tracks.ts';
import * as TUNING from './tuning.ts';

/**
 * How long whoever fetches the segment takes to give away what only it has; 0 where all is to be had
 * of several by now, or this viewer could not give it away much faster. What is scarce is what the
 * whole swarm waits for: others pass on what they have far faster than one fetcher gives it out.
 */
export function slowGiverMs(draft: Draft, segment: SegmentState): number {
  const uploadBps = segment.intent?.uploadBps ?? 0;
  if (uploadBps === 0 || givingBps(draft) < uploadBps * TUNING.helperUploadRatio) return 0;
  return (scarceBytes(draft, segment) * 8000) / uploadBps;
}

/** Whether a neighbour that plays the track could give so much more than this viewer, which gives `ownBps`, that it would help, if this one fetched. */
export function hasStronger(draft: Draft, key: SegmentKey, ownBps: number): boolean {
  const neededBps = Math.max(1, ownBps * TUNING.helperUploadRatio);
  const track = trackOf(key);
  for (const neighbour of draft.neighbours.current.values()) {
    if (neighbour.uploadBps >= neededBps && mayPlay(neighbour, track, draft.nowMs)) return true;
  }
  return false;
}

/** What of the missing is held by one neighbour at most. */
function scarceBytes(draft: Draft, segment: SegmentState): number {
  const { key, own, sizeBytes } = segment;
  if (!own || sizeBytes === undefined) return expectedBytes(draft, key);
  return Math.min(sizeBytes, scarcePieces(draft, segment, own).length * pieceSizeBytes(sizeBytes));
}

/** The missing pieces that one neighbour has at most. */
export function scarcePieces(draft: Draft, { key, sizeBytes }: SegmentState, own: Bitfield): readonly number[] {
  const holders = new Uint8Array(own.length);
  for (const { pieces } of stockOf(draft, key, sizeBytes)?.holdings ?? []) pieces.countIn(holders);
  const scarce: number[] = [];
  for (let index = 0; index < own.length; index++) if (!own.has(index) && (holders[index] ?? 0) < 2) scarce.push(index);
  return scarce;
}
