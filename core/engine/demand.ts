import { pieceSizeBytes } from '../model/index.ts';
import type { DemandId, SegmentKey } from '../model/index.ts';
import { askNeighbours, supply } from './ask-neighbours.ts';
import { cancelAsksFor } from './asks.ts';
import { downloadRoom } from './download.ts';
import { withEntry } from './draft.ts';
import type { Draft } from './draft.ts';
import { deliver, forgetFailure, isWhole } from './holdings.ts';
import { abortFetch, failDemands, startFetch } from './origin.ts';
import { haveTheRest } from './parts.ts';
import { slackMs } from './playback.ts';
import { isShortOfSlack } from './shares.ts';
import { newSegmentState } from './state.ts';
import type { Demand, SegmentState } from './state.ts';
import { leavesToPeersMs, provided } from './top-up.ts';
import * as TUNING from './tuning.ts';
import { lastMomentMs, originTurnMs } from './turn.ts';

export function onDemand(draft: Draft, id: DemandId, key: SegmentKey): void {
  const givenMs = slackMs(draft, key);
  draft.demands.set(id, { id, segment: key, askedAtMs: draft.nowMs, slackMs: givenMs, isShort: isShortOfSlack(draft, key, givenMs) });
  const listed = draft.index.get(key);
  if (listed) draft.frontier = withEntry(draft.frontier, listed.track, { segment: key, atMs: draft.nowMs });
  const segment = draft.segments.get(key);
  if (segment && isWhole(segment)) deliver(draft, segment);
}

export function onDemandAborted(draft: Draft, id: DemandId): void {
  const demand = draft.demands.get(id);
  if (!demand) return;
  draft.demands.delete(id);
  if (draft.isDemanded(demand.segment)) return;
  const segment = draft.segments.edit(demand.segment);
  if (!segment) return;
  forgetFailure(segment);
  // Nobody will watch it, as far as is known: the origin must not be made to send it (promise 5).
  abortFetch(draft, segment);
  cancelAsksFor(draft, segment);
}

/** For everything that the player waits for, most urgent first: whom to ask now, and when to look again. */
export function pursueDemands(draft: Draft): void {
  const all = draft.demands.current.values();
  const demands = all.length > 1 ? [...all].sort((a, b) => slackMs(draft, a.segment) - slackMs(draft, b.segment)) : all;
  // A failure ends all demands for a segment at once.
  for (const demand of demands) if (draft.demands.get(demand.id)) pursue(draft, demand);
}

function pursue(draft: Draft, demand: Demand): void {
  const key = demand.segment;
  const known = draft.segments.get(key) ?? newSegmentState(key);
  if (known.own?.isFull) return;
  const remainingMs = slackMs(draft, key);
  if (draft.policy.download) askNeighbours(draft, key, remainingMs < TUNING.endgameSlackMs);

  const segment = draft.segments.get(key) ?? known;
  if (segment.fetch) return;
  const supplied = draft.policy.download ? supply(draft, key) : 'none';
  if (segment.originError) {
    // The origin has failed: peers may still save the viewer from seeing it, but a player that tries
    // again must be left the time to.
    const lastMs = lastMomentMs(draft, key);
    if (supplied !== 'none' && lastMs > draft.nowMs) draft.wakeBy(Math.min(lastMs, draft.nowMs + TUNING.recheckMs));
    else failDemands(draft, draft.segment(key), segment.originError);
    return;
  }
  const turnMs = Math.max(originTurnMs(draft, demand, segment, supplied), promisedUntilMs(draft, segment));
  if (turnMs <= draft.nowMs) startFetch(draft, draft.segment(key));
  else draft.wakeBy(Math.min(turnMs, draft.nowMs + TUNING.recheckMs));
}

/** Until when the origin is spared, all that is missing being about to come from peers, or as much of it as the viewer's line carries for now; -Infinity: it is not. */
function promisedUntilMs(draft: Draft, segment: SegmentState): number {
  const leftMs = leavesToPeersMs(draft, segment);
  // Not where it is unknown: of an origin that has not been measured.
  if (!draft.policy.download || !(leftMs > 0)) return -Infinity;
  return provided(draft, segment)?.isFull || isLineFilled(draft, segment) ? draft.nowMs + leftMs : -Infinity;
}

/** Whether no more can be asked of neighbours for now, although they have the rest. */
function isLineFilled(draft: Draft, segment: SegmentState): boolean {
  const { sizeBytes } = segment;
  return sizeBytes !== undefined && downloadRoom(draft, pieceSizeBytes(sizeBytes)) <= 0 && haveTheRest(draft, segment);
}
