import type { Bitfield, Have, SegmentKey } from '../model/index.ts';
import { withEntry } from './draft.ts';
import type { Draft } from './draft.ts';
import { ownUploadBps } from './election.ts';
import { untell } from './holdings.ts';
import { isScarce } from './spreading.ts';
import type { SegmentState } from './state.ts';
import { holdingOf, stockOf } from './stocks.ts';
import { haveOf } from './tell.ts';
import * as TUNING from './tuning.ts';

/**
 * Tells the neighbours of pieces that have come in: everyone of a segment's first ones, and when it is whole, at once; in between
 * in batches, one group of neighbours after the other. Whoever hears of a piece asks for it, and an
 * uplink serves only a few at a time: told to all, most would ask in vain.
 */
export function tellNews(draft: Draft): void {
  if (draft.untold.size === 0) return;
  const silent = ownUploadBps(draft) === 0;
  for (const [key, decidedMs] of draft.untold) {
    if (silent) untell(draft, key);
    // Decided on when a piece has come, and again when it is due: what others have matters, and takes long to count.
    else if (decidedMs !== undefined && decidedMs > draft.nowMs) draft.wakeBy(decidedMs);
    else tellNewsOf(draft, key);
  }
}

function tellNewsOf(draft: Draft, key: SegmentKey): void {
  for (let segment = draft.segments.get(key); segment; segment = draft.segments.get(key)) {
    const message = haveOf(segment);
    const group = message ? nextGroup(segment, message.pieces) : undefined;
    if (!message || group === undefined) break;
    const dueMs = segment.toldAtMs + intervalMs(draft, segment, message.pieces, group);
    if (dueMs > draft.nowMs) {
      draft.untold = withEntry(draft.untold, key, dueMs);
      draft.wakeBy(dueMs);
      return;
    }
    tell(draft, segment, message, group);
  }
  untell(draft, key);
}

/** The group for which there is news that was told longest ago; `undefined`: all have been told. */
function nextGroup({ told, toldGroup }: SegmentState, own: Bitfield): number | undefined {
  if (own.count === 0) return undefined;
  for (let step = 1; step <= TUNING.newsGroups; step++) {
    const group = (toldGroup + step) % TUNING.newsGroups;
    if (!told[group]?.hasAll(own)) return group;
  }
  return undefined;
}

/** Much news is told sooner than little, and what hardly anyone else has soonest. */
function intervalMs(draft: Draft, segment: SegmentState, own: Bitfield, group: number): number {
  if (own.isFull) return 0;
  const told = segment.told[group];
  const news = told ? own.without(told) : own;
  if (draft.playback.live && isScarce(draft, segment, news)) return TUNING.announceScarceMs;
  return news.count / news.length >= TUNING.announceShare ? TUNING.announceIntervalMs : TUNING.announceLittleMs;
}

/** Tells groups from this one on, until it is so many neighbours; of what is the first of a segment, or where time is short, all of them. */
function tell(draft: Draft, segment: SegmentState, message: Have, from: number): void {
  const { pieces, segment: key, sizeBytes } = message;
  const atOnce = segment.told.length === 0 || isShort(draft, key) ? Infinity : TUNING.newsAtOnce;
  const stock = stockOf(draft, key, sizeBytes);
  const told = Array.from({ length: TUNING.newsGroups }, (_, group) => segment.told[group]);
  const neighbours = draft.neighbours.current.values();
  let tellings = 0;
  let last = from;
  for (let step = 0; step < TUNING.newsGroups && tellings < atOnce; step++) {
    const group = (from + step) % TUNING.newsGroups;
    if (told[group]?.hasAll(pieces)) continue;
    told[group] = pieces;
    last = group;
    for (const neighbour of neighbours) {
      if (neighbour.number % TUNING.newsGroups !== group) continue;
      const theirs = stock && holdingOf(stock, neighbour);
      if (theirs?.pieces.hasAll(pieces)) continue;
      draft.emit({ type: 'send', peer: neighbour.peer, message });
      tellings++;
    }
  }
  const edited = draft.segment(key);
  edited.told = told;
  edited.toldGroup = last;
  edited.toldAtMs = draft.nowMs;
}

/** Whether the player waits for it, and had little slack when it asked. */
function isShort(draft: Draft, key: SegmentKey): boolean {
  return draft.demands.current.values().some((demand) => demand.isShort && demand.segment === key);
}
