import { trackOf } from '../model/index.ts';
import type { Intent, PeerId, SegmentKey } from '../model/index.ts';
import type { Draft, SegmentDraft } from './draft.ts';
import { yieldsTo } from './election.ts';
import { abortFetch } from './origin.ts';
import type { Fetch } from './state.ts';
import { broadcastIntent } from './tell-intent.ts';
import { lastMomentMs } from './turn.ts';
import * as TUNING from './tuning.ts';

export function onIntent(draft: Draft, peer: PeerId, message: Intent): void {
  // Only viewers of the same track can give its pieces: an intent for another one is no reason to wait.
  if (!draft.listed.has(trackOf(message.segment))) return;
  const known = draft.segments.get(message.segment);
  if (!known && draft.segments.size >= TUNING.maxSegments) return;
  if (known?.own?.isFull) return;
  const { intent } = known ?? {};
  // One who can give far more makes waiting worth while where the first alone does not.
  const isNews = !intent || message.uploadBps >= Math.max(1, intent.uploadBps) * TUNING.helperUploadRatio;
  const allBps = (intent?.allBps ?? 0) + (message.hops === 0 || !intent ? message.uploadBps : 0);
  if (!isNews && intent.hops <= message.hops) {
    if (message.hops === 0) draft.segment(message.segment).intent = { ...intent, allBps };
    return;
  }
  const segment = draft.segment(message.segment);
  segment.intent = {
    from: peer,
    hops: message.hops,
    atMs: intent?.atMs ?? draft.nowMs,
    uploadBps: Math.max(message.uploadBps, intent?.uploadBps ?? 0),
    allBps,
  };
  segment.fetcherLeftAtMs = undefined;
  settleRace(draft, segment, peer, message);

  if (isNews && !segment.fetch && message.hops < TUNING.maxIntentHops) {
    broadcastIntent(draft, message.segment, { hops: message.hops + 1, uploadBps: message.uploadBps }, peer);
  }
}

/** Another peer fetches the same, and this one has little of it yet: of two that both have little, exactly one goes on. */
function settleRace(draft: Draft, segment: SegmentDraft, other: PeerId, message: Intent): void {
  const { fetch, key, sizeBytes = 0 } = segment;
  // Once: a neighbour that always says that it fetches, too, and gives ever more, would make this one begin again and again.
  if (!fetch || segment.gaveWay || fetch.bytes > sizeBytes * TUNING.raceShare || !givesWay(draft, key, fetch, other, message)) return;
  // Whoever has no slack left to wait in, does not yield: it would have to ask again at once.
  if (lastMomentMs(draft, key) <= draft.nowMs) return;
  abortFetch(draft, segment);
  segment.gaveWay = true;
}

/**
 * To the one that can give more, by powers of two, of what both have told each other; among equals as both see it alike. So all
 * are in one order, and of however many that hear of each other the first one in it goes on. Who one that is
 * farther away is, nobody tells: it may be this viewer itself, and only to one that can give more is given way.
 */
function givesWay(draft: Draft, key: SegmentKey, { givingBps }: Fetch, other: PeerId, { hops, uploadBps }: Intent): boolean {
  // As it has travelled: in whole bit/s.
  const octaves = octaveOf(uploadBps) - octaveOf(Math.round(givingBps));
  return octaves === 0 ? hops === 0 && yieldsTo(draft.self, other, key) : octaves > 0;
}

function octaveOf(uploadBps: number): number {
  return Math.floor(Math.log2(Math.max(1, uploadBps)));
}
