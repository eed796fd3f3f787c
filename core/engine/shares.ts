import { hashUnit, pieceSizeBytes } from '../model/index.ts';
import type { Bitfield, SegmentKey } from '../model/index.ts';
import type { Draft } from './draft.ts';
import { givingBps } from './election.ts';
import { scarcePieces } from './help.ts';
import { bitrateBps } from './playback.ts';
import { isAnnounced } from './sooner.ts';
import type { Fetch, SegmentState } from './state.ts';
import * as TUNING from './tuning.ts';

/**
 * Live, with less slack than a segment lasts, whoever hears of it first has to have it before the last have heard of it. What takes
 * longest then is that its fetcher gives each piece away once; after that, copies double several times a second. So
 * one that would take long for it is helped by others, whoever they are: each fetches a share of what is
 * scarce, no more than it gives away at once, and all of them trade.
 */

/** So soon after the segment before had come, the player had been waiting for that one. */
const LATE_MS = 500;

/**
 * Whether a segment that is asked for with this slack has so little, as its list has just named it: a newcomer has little for its
 * second one, too, which others have; and so has who was waiting for the one before, of which uplinks, not time, had been short.
 */
export function isShortOfSlack(draft: Draft, key: SegmentKey, slackMs: number): boolean {
  const listed = draft.index.get(key);
  // Not where the duration is no number.
  if (!draft.playback.live || !listed || !(slackMs < listed.durationS * 1000 * TUNING.shortSlackShare)) return false;
  const all = draft.listed.get(listed.track) ?? [];
  // Beyond what the manifest lists there may be the upcoming one, without an address.
  const newest = all.length - (all[all.length - 1]?.url === '' ? 2 : 1);
  const before = all[newest - 1];
  const beforeAtMs = before && draft.segments.get(before.key)?.transfer.lastByteAtMs;
  return all[newest]?.key === key && !(beforeAtMs !== undefined && draft.nowMs - beforeAtMs < LATE_MS);
}

/** Whether this viewer is to fetch a share, as those that are known to fetch the segment would take long to give away what only one has. */
export function isShareWanted(draft: Draft, segment: SegmentState): boolean {
  const { intent, own, sizeBytes, transfer, wholeOnly } = segment;
  if (!own || sizeBytes === undefined || !intent || wholeOnly || !draft.origin.rangeAllowed) return false;
  // Everyone fetches one share. Who can hardly give it away helps nobody.
  if (transfer.originBytes > 0 || givingBps(draft) < bitrateBps(draft, segment.key) * TUNING.leastSharerRatio) return false;
  const scarceBytes = scarcePieces(draft, segment, own).length * pieceSizeBytes(sizeBytes);
  return scarceBytes * 8000 > intent.allBps * TUNING.mostGivingMs;
}

/**
 * The share to ask of the origin while others fetch the segment: from somewhere among the scarce pieces on, elsewhere than others.
 * `undefined`: nothing is scarce, or there is slack enough to leave it to them.
 */
export function shareOf(draft: Draft, segment: SegmentState, own: Bitfield): Pick<Fetch, 'firstPiece' | 'endPiece'> | undefined {
  const { key, sizeBytes } = segment;
  const demand = draft.demands.current.values().find((one) => one.segment === key);
  if (!demand?.isShort || sizeBytes === undefined || !isAnnounced(draft, segment)) return undefined;
  const scarce = scarcePieces(draft, segment, own);
  // By another hash than ranks are: those that come at the same moment have ranks alike.
  const firstPiece = scarce[Math.floor(hashUnit(key + draft.self) * scarce.length)];
  if (firstPiece === undefined) return undefined;
  const most = Math.max(TUNING.leastSharePieces, Math.round((givingBps(draft) * TUNING.shareMs) / 8000 / pieceSizeBytes(sizeBytes)));
  let endPiece = firstPiece;
  while (endPiece < own.length && endPiece - firstPiece < most && !own.has(endPiece)) endPiece++;
  return { firstPiece, endPiece: endPiece === own.length ? Infinity : endPiece };
}
