import type { PeerId } from '../model/index.ts';
import { expireAsks } from './asks.ts';
import { roomOf } from './candidates.ts';
import { onDeclined } from './declines.ts';
import { onDemand, onDemandAborted, pursueDemands } from './demand.ts';
import { Draft } from './draft.ts';
import type { Effect } from './effects.ts';
import type { EngineEvent } from './events.ts';
import { evict } from './eviction.ts';
import { onIntent } from './hear-intent.ts';
import { onStoreLost } from './holdings.ts';
import { onListed } from './listing.ts';
import { onHave, onLost, onNeighbourJoined, onNeighbourLeft, onStatus } from './neighbours.ts';
import { tellNews } from './news.ts';
import { onFetchDone, onFetchFailed, onFetchHead, onFetchPieces } from './origin.ts';
import { onPieceArrived } from './pieces.ts';
import { goesOn, onPlayback, slackMs } from './playback.ts';
import { onPolicy } from './policy.ts';
import { readAhead } from './read-ahead.ts';
import type { State } from './state.ts';
import { tellCapacity, tellLost } from './tell.ts';
import { ban, onVerified } from './trust.ts';
import * as TUNING from './tuning.ts';
import { onDrained, onRequest, onRequestCancelled, serveUploads } from './uploads.ts';

export interface Decision {
  readonly state: State;
  /** To be performed in order. */
  readonly effects: readonly Effect[];
  /**
   * When to send a `wake` at the latest, on the clock of `nowMs`; Infinity: not needed. The earliest moment that was asked for since
   * the last `wake` counts: a decision upon that one asks anew for all that is still to come.
   */
  readonly wakeAtMs: number;
}

/**
 * The one place where the engine decides. A pure function: the same state, event and time give the
 * same decision; `state` itself is left as it was.
 *
 * Invariants, whatever peers say and whenever it comes:
 * - a demand ends exactly once: in `deliver`, in `fail`, or by `demandAborted`;
 * - a piece is kept only under the segment that its own request or fetch was for, at the right length;
 * - a segment is delivered only whole, and verified where digests are asked for;
 * - the origin is asked no later than the slack allows (see `originTurnMs`), never for what nobody demands;
 * - what a neighbour can make this grow by is bounded: holdings, queue, hearsay.
 */
export function decide(state: State, event: EngineEvent, nowMs: number): Decision {
  const draft = new Draft(state, nowMs);
  const isAsExpected = event.type === 'playback' && goesOn(draft, event.playback);
  apply(draft, event);
  // What is to be told or served is so already, and nothing of it has become due.
  if (isNewsForNobody(draft, event, isAsExpected) || isIntentKnown(draft, event, state)) return { state: draft.finish(), effects: draft.effects, wakeAtMs: draft.wakeAtMs };
  if (!isOfUploads(event)) {
    expireAsks(draft);
    pursueDemands(draft);
    // A look at the player comes just before what made it necessary: its demand, say, which goes first.
    if (event.type !== 'playback') readAhead(draft);
  }
  serveUploads(draft);
  evict(draft);
  tellLost(draft);
  tellNews(draft);
  tellCapacity(draft);
  return { state: draft.finish(), effects: draft.effects, wakeAtMs: draft.wakeAtMs };
}

/**
 * Most events of a live stream are a neighbour's news of a segment that this viewer does not know
 * of (yet), or of pieces that it holds or has asked for, or a playhead that is where it was expected: whom to
 * ask for what is then as it was decided before, with the same time to wake.
 */
function isNewsForNobody(draft: Draft, event: EngineEvent, isAsExpected: boolean): boolean {
  // Not where the news got its sender excluded, say.
  if (event.type === 'playback') return draft.playback.live && isAsExpected;
  if (event.type !== 'have' || !draft.playback.live || draft.effects.length > 0) return false;
  const { pieces, segment: key } = event.message;
  if (!draft.index.has(key)) return true;
  const { asked, own } = draft.segments.get(key) ?? {};
  if (!asked || own?.length !== pieces.length) return false;
  if (own.hasAll(pieces)) return true;
  if (asked.count === 0 || slackMs(draft, key) < TUNING.endgameSlackMs) return false;
  // All of it is on its way already, and there is time: nobody is asked a second time. Or its sender is not to be asked for now.
  return own.union(asked).hasAll(pieces) || !hasRoom(draft, event.peer);
}

/** Each neighbour tells of a fetch once: all but the first tell nothing new. */
function isIntentKnown(draft: Draft, event: EngineEvent, before: State): boolean {
  return event.type === 'intent' && draft.segments.current === before.segments;
}

/** Whether the neighbour can be asked for anything more; else, when that changes, there is an event of its own, or a wake. */
function hasRoom(draft: Draft, peer: PeerId): boolean {
  const neighbour = draft.neighbours.get(peer);
  if (!neighbour || roomOf(neighbour) <= 0) return false;
  const { pausedUntilMs } = neighbour.pace;
  if (pausedUntilMs <= draft.nowMs) return true;
  draft.wakeBy(pausedUntilMs);
  return false;
}

/** A request, or a link that has sent: says nothing of whom this viewer may ask. */
function isOfUploads(event: EngineEvent): boolean {
  return event.type === 'drained' || event.type === 'request';
}

function apply(draft: Draft, event: EngineEvent): void {
  switch (event.type) {
    case 'listed':
      return onListed(draft, event.track, event.segments);
    case 'playback':
      return onPlayback(draft, event.playback);
    case 'policy':
      return onPolicy(draft, event.policy);
    case 'swarm':
      draft.swarm = { size: event.size, connecting: event.connecting, joinedAtMs: event.joinedAtMs };
      return;
    case 'demand':
      return onDemand(draft, event.id, event.segment);
    case 'demandAborted':
      return onDemandAborted(draft, event.id);
    case 'neighbourJoined':
      return onNeighbourJoined(draft, event.peer);
    case 'neighbourLeft':
      return onNeighbourLeft(draft, event.peer);
    case 'have':
      return onHave(draft, event.peer, event.message);
    case 'lost':
      return onLost(draft, event.peer, event.message);
    case 'intent':
      return onIntent(draft, event.peer, event.message);
    case 'status':
      return onStatus(draft, event.peer, event.message);
    case 'request':
      return onRequest(draft, event.peer, event.message);
    case 'violated':
      return ban(draft, event.peer, 'protocol', event.detail);
    case 'requestCancelled':
      return onRequestCancelled(draft, event.peer, event.requestId);
    case 'declined':
      return onDeclined(draft, event.peer, event.requestId, event.reason);
    case 'pieceArrived':
      return onPieceArrived(draft, event);
    case 'drained':
      return onDrained(draft, event.peer, event.bufferedBytes);
    case 'fetchHead':
      return onFetchHead(draft, event);
    case 'fetchPieces':
      return onFetchPieces(draft, event);
    case 'fetchDone':
      return onFetchDone(draft, event);
    case 'fetchFailed':
      return onFetchFailed(draft, event);
    case 'verified':
      return onVerified(draft, event.segment, event.check, event.verdict);
    case 'storeLost':
      return onStoreLost(draft, event.segment);
    case 'wake':
      return;
  }
}
