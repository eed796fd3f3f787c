import { pieceSizeBytes } from '../model/index.ts';
import type { SegmentKey } from '../model/index.ts';
import type { Draft } from './draft.ts';
import { mostBesidePart } from './parts.ts';
import { expectedBytes } from './playback.ts';
import { justInTimeAtMs } from './sooner.ts';
import { newSegmentState } from './state.ts';
import * as TUNING from './tuning.ts';

/** A pause this long ends a busy period: nothing was under way, or nobody gave anything. */
const PAUSE_MS = 250;
/** Shorter than this, a busy period says little of the rate. */
const LEAST_SAMPLE_MS = 300;
/** A line that turns out faster is believed sooner than one that turns out slower: givers are slow, too. */
const FASTER_SHARE = 0.5;
const SLOWER_SHARE = 0.1;

/** Bytes of media have come in, from whomever, needed or not: measures what the viewer's own line carries. */
export function noteDownload(draft: Draft, bytes: number): void {
  const { download, nowMs } = draft;
  if (nowMs - download.lastAtMs > PAUSE_MS) {
    draft.download = { ...download, sinceMs: nowMs, lastAtMs: nowMs, bytes: 0 };
    return;
  }
  const sumBytes = download.bytes + bytes;
  const elapsedMs = nowMs - download.sinceMs;
  if (elapsedMs < LEAST_SAMPLE_MS) {
    draft.download = { ...download, lastAtMs: nowMs, bytes: sumBytes };
    return;
  }
  const sampleBps = (sumBytes * 8000) / elapsedMs;
  const share = sampleBps > download.rateBps ? FASTER_SHARE : SLOWER_SHARE;
  const rateBps = download.rateBps === 0 ? sampleBps : download.rateBps + share * (sampleBps - download.rateBps);
  draft.download = { rateBps, sinceMs: nowMs, lastAtMs: nowMs, bytes: 0 };
}

/**
 * How many more pieces of the segment may be asked for while the player waits for one that the origin, over the viewer's line, would
 * bring in time. Where it has only just that time, as it does for the plain player: some of this very segment, while a part
 * of it comes; else none, as whatever peers send meanwhile would make it late. Before, of other segments, as many as the
 * line carries until then. Infinity where the origin is not the one to go by. Once it is clearly
 * late, or has failed, peers may save what can be saved.
 */
export function roomBeside(draft: Draft, asked: SegmentKey): number {
  let room = Infinity;
  for (const { segment: key } of draft.demands.current.values()) {
    const segment = draft.segments.get(key) ?? newSegmentState(key);
    if (segment.own?.isFull || segment.originError) continue;
    const timeMs = justInTimeAtMs(draft, segment) - draft.nowMs;
    if (timeMs <= 0) return key === asked && segment.fetch ? mostBesidePart(draft, segment, segment.fetch) - draft.open.asks : 0;
    if (key === asked) continue;
    const pieces = Math.floor((timeMs * draft.origin.rateBps) / 8000 / pieceSizeBytes(expectedBytes(draft, asked)));
    room = Math.min(room, pieces - (draft.open.asks - segment.asked.count));
  }
  return room;
}

/**
 * How many more pieces of this size may be asked for, of all neighbours together. What is under way fills the
 * viewer's own line for a moment and no longer: more would queue there, delay the urgent behind the
 * less urgent, look like slow neighbours, and be asked for again in vain.
 */
export function downloadRoom(draft: Draft, pieceBytes: number): number {
  const rateBps = Math.max(draft.download.rateBps, draft.origin.rateBps);
  const mostBytes = rateBps === 0 ? TUNING.initialUnderWayBytes : (rateBps * TUNING.maxUnderWayMs) / 8000;
  return Math.max(TUNING.minUnderWayPieces - draft.open.asks, Math.ceil((mostBytes - draft.open.askedBytes) / pieceBytes));
}
