import type { SegmentKey } from '../model/index.ts';
import type { Draft } from './draft.ts';
import type { supply } from './ask-neighbours.ts';
import { electionPlace, firstCompanionLagS } from './election.ts';
import { hasStronger, slowGiverMs } from './help.ts';
import { heldBytes } from './holdings.ts';
import { bitrateBps, expectedBytes, originTimeMs, playheadS, slackMs } from './playback.ts';
import type { Demand, SegmentState } from './state.ts';
import { isShareWanted } from './shares.ts';
import { isAnnounced, justInTimeAtMs, slowOriginMs, peersAreSoonerUntilMs } from './sooner.ts';
import * as TUNING from './tuning.ts';

/**
 * When this peer's turn comes to ask the origin for what is missing of a demanded segment.
 *
 * Invariants:
 * - never later than the moment at which, at the measured origin speed with a margin, the missing
 *   bytes still arrive before the playhead does, or before peers bring them: every wait is paid from
 *   slack;
 * - with no slack, or nobody to wait for, it is now, unless the origin is so slow that peers bring it sooner;
 * - while a neighbour has pieces of it to give, it is as late as the first rule allows; live, unless the
 *   fetcher is too slow to give it away to everyone in time, and this viewer is not, or can take a share of it;
 * - while somebody is known to be fetching it, the turns of the others are spread over the slack, and
 *   put off with each piece that comes;
 * - live, once that one has been seen to leave, what nobody has is elected for as if it were new;
 * - otherwise the election orders the first fractions of a second; live, whoever would take long to give the
 *   segment away comes after those who would not.
 */
export function originTurnMs(draft: Draft, demand: Demand, segment: SegmentState, supplied: ReturnType<typeof supply>): number {
  if (!draft.policy.download) return draft.nowMs;
  const lastMs = lastMomentMs(draft, demand.segment);
  // The origin is in time just now, as it is for the plain player: nothing must come in between.
  const justInTimeMs = lastMs <= draft.nowMs ? justInTimeAtMs(draft, segment) : Infinity;
  if (justInTimeMs <= draft.nowMs) return draft.nowMs;
  const turnMs = lastMs > draft.nowMs ? Math.min(lastMs, turnInSlackMs(draft, demand, segment, supplied)) : turnWithoutSlackMs(draft, demand, segment);
  return Math.min(justInTimeMs, Math.max(turnMs, peersAreSoonerUntilMs(draft, demand, segment, supplied)));
}

function turnInSlackMs(draft: Draft, demand: Demand, segment: SegmentState, supplied: ReturnType<typeof supply>): number {
  const helpMs = helpTurnMs(draft, demand, segment);
  const { fetcherLeftAtMs } = segment;
  if (supplied === 'there' && (fetcherLeftAtMs === undefined || !segment.own)) return helpMs;
  const settledMs = settledAtMs(draft, demand);
  if (settledMs > draft.nowMs || draft.neighbours.current.size === 0) return settledMs;
  if (fetcherLeftAtMs !== undefined) {
    const knownAtMs = fetcherLeftAtMs + (supplied === 'none' ? 0 : TUNING.leftGivenMs);
    // Only those that it was connected to know.
    return Math.max(demand.askedAtMs, knownAtMs) + electionWaitMs(draft, demand, electionPlace(draft, demand.segment, 0));
  }
  const place = electionPlace(draft, demand.segment);
  if (isAnnounced(draft, segment) || supplied === 'coming') {
    // As long as it comes in piece by piece, whoever fetches it is at work.
    const from = Math.max(demand.askedAtMs, segment.intent?.atMs ?? 0, segment.transfer.lastByteAtMs ?? 0);
    return Math.min(helpMs, from + demand.slackMs * TUNING.takeoverSlackShare + takeoverWaitMs(draft, demand, place));
  }
  return demand.askedAtMs + electionWaitMs(draft, demand, place);
}

/** Takeovers are spread over all of the slack; live, where everyone waits at the same time, the first of them as in an election. */
function takeoverWaitMs(draft: Draft, demand: Demand, place: number): number {
  const share = place / Math.max(1, draft.swarm.size - 1);
  const inTurnMs = demand.slackMs * (1 - TUNING.takeoverSlackShare) * share;
  return draft.playback.live ? Math.max(inTurnMs, electionWaitMs(draft, demand, place, TUNING.knownRankStepMs)) : inTurnMs;
}

/** When it is this viewer's turn to help a fetcher that cannot give the segment away in time; Infinity: never. */
function helpTurnMs(draft: Draft, demand: Demand, segment: SegmentState): number {
  if (!draft.playback.live || !isAnnounced(draft, segment)) return Infinity;
  const knownAtMs = Math.max(demand.askedAtMs, segment.intent?.atMs ?? 0);
  if (demand.isShort) {
    return isShareWanted(draft, segment) ? knownAtMs + electionWaitMs(draft, demand, electionPlace(draft, demand.segment)) : Infinity;
  }
  const giveAwayMs = slowGiverMs(draft, segment);
  if (giveAwayMs === 0) return Infinity;
  const dueMs = lastMomentMs(draft, demand.segment) - giveAwayMs - TUNING.spreadMs;
  return Math.max(dueMs, knownAtMs) + electionWaitMs(draft, demand, electionPlace(draft, demand.segment), TUNING.knownRankStepMs);
}

/** Of several that have run dry, one asks a slow origin first: that takes next to nothing of the time it will take. */
function turnWithoutSlackMs(draft: Draft, demand: Demand, segment: SegmentState): number {
  const takesMs = slowOriginMs(draft, segment);
  if (takesMs === undefined || draft.neighbours.current.size === 0) return draft.nowMs;
  return demand.askedAtMs + Math.min(electionPlace(draft, demand.segment) * TUNING.rankStepMs, takesMs * TUNING.electionOriginShare);
}

/**
 * Live, everyone wants a segment at once, and ranks order the first fractions of a second, among those
 * who can give it away. On demand the same ones would always come first, namely those who are ahead:
 * with a full buffer they leave their turn to the companion that is first in rank and will want it
 * soon, so that the fetching, and with it the uploading, is everyone's.
 */
function electionWaitMs(draft: Draft, demand: Demand, place: number, rankStepMs = newRankStepMs(draft, demand)): number {
  const mostMs = demand.slackMs * TUNING.electionSlackShare;
  // Those far back still have ranks of their own, however little the slack pays for.
  const quickMs = mostMs > 0 ? mostMs * (1 - Math.exp((-place * rankStepMs) / mostMs)) : 0;
  if (draft.playback.live) return quickMs + leftToStrongerMs(draft, demand);
  if (demand.slackMs < TUNING.fullBufferMs) return quickMs;
  const patienceMs = demand.slackMs * TUNING.companionSlackShare;
  const lagS = firstCompanionLagS(draft, demand.segment, playheadS(draft), patienceMs / 1000);
  return lagS === 0 ? quickMs : Math.min(patienceMs, lagS * 1000 + TUNING.companionMarginMs);
}

/** How far ranks are apart while a segment is new. With little slack those of a large swarm are drawn together: when the first hear of it, hardly anyone else has. */
function newRankStepMs(draft: Draft, demand: Demand): number {
  return demand.isShort ? Math.min(TUNING.rankStepMs, TUNING.shortElectionMs / draft.swarm.size) : TUNING.rankStepMs;
}

/**
 * Live, how long a viewer leaves it to neighbours with faster uplinks, who would fetch it as well: the longer, the longer
 * it would take to give the segment away, since that long the whole swarm waits for it.
 * Their lists name it within a segment's time.
 */
function leftToStrongerMs(draft: Draft, demand: Demand): number {
  const { segment: key, slackMs: givenMs } = demand;
  const listed = draft.index.get(key);
  const sizeBytes = expectedBytes(draft, key);
  const ownBps = fetcherBps(draft, key);
  // With little slack, they fetch a share of it as soon as they know of it.
  if (demand.isShort || !listed || sizeBytes === 0 || !hasStronger(draft, key, ownBps)) return 0;
  return Math.min((listed.durationS || 0) * 1000, givenMs * TUNING.strongerSlackShare, (sizeBytes * 8000) / ownBps);
}

/**
 * How fast this viewer could give the segment away while it fetches it: by its uplink, as measured, where that is known, and by
 * its line. Not where the origin is overrun: to wait for that one makes all the slower.
 */
function fetcherBps(draft: Draft, key: SegmentKey): number {
  const { origin, upload } = draft;
  const lineBps = origin.rateBps < bitrateBps(draft, key) * TUNING.fitLineRatio ? Infinity : origin.rateBps;
  return Math.min(upload.toldBps, upload.rateBps || Infinity, lineBps);
}

/** The last moment at which the origin can be asked for what is missing of the segment, and still be in time. */
export function lastMomentMs(draft: Draft, key: SegmentKey): number {
  const listed = draft.index.get(key);
  if (!listed) return draft.nowMs;
  const segment = draft.segments.get(key);
  const missingBytes = Math.max(0, expectedBytes(draft, key) - (segment ? heldBytes(segment) : 0));
  return draft.nowMs + slackMs(draft, key) - originTimeMs(draft, listed, missingBytes);
}

/**
 * Until when a viewer that has just come in waits to see what its neighbours hold: for connections
 * in the making, and for new neighbours that have not told yet. In the past once that is known.
 */
function settledAtMs(draft: Draft, demand: Demand): number {
  const { swarm, nowMs } = draft;
  let untilMs = -Infinity;
  const expected = swarm.connecting > 0 || (swarm.size !== 1 && draft.neighbours.current.size === 0);
  if (expected) untilMs = swarm.joinedAtMs + TUNING.firstNeighbourWaitMs;
  for (const { heardAtMs, sinceMs } of draft.neighbours.current.values()) {
    if (heardAtMs === -Infinity) untilMs = Math.max(untilMs, sinceMs + TUNING.newNeighbourWaitMs);
  }
  return untilMs <= nowMs ? nowMs : Math.min(untilMs, demand.askedAtMs + demand.slackMs * TUNING.firstNeighbourSlackShare);
}
