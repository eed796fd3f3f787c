import type { PeerId, SegmentKey } from '../model/index.ts';
import type { Draft } from './draft.ts';
import type { CloseReason, Verdict } from './events.ts';
import { forgetNeighbour } from './forget-neighbour.ts';
import { deliver, forgetPieces } from './holdings.ts';
import { forgetHoldings } from './stocks.ts';
import * as TUNING from './tuning.ts';

/** Excludes the neighbour, at once; the runtime closes its link and refuses it from here on. */
export function ban(draft: Draft, peer: PeerId, reason: CloseReason, detail: string): void {
  if (!draft.neighbours.get(peer)) return;
  forgetNeighbour(draft, peer);
  draft.count('bannedPeers', 1);
  draft.emit({ type: 'ban', peer, reason, detail });
}

/** The neighbour has sent a piece that cannot be right. */
export function strike(draft: Draft, peer: PeerId, detail: string): void {
  const neighbour = draft.neighbours.edit(peer);
  if (!neighbour) return;
  neighbour.strikes++;
  if (neighbour.strikes >= TUNING.maxStrikes) ban(draft, peer, 'bad-bytes', detail);
}

/** The publisher's digest of a whole segment has been compared with the bytes. */
export function onVerified(draft: Draft, key: SegmentKey, check: number, verdict: Verdict): void {
  const segment = draft.segments.edit(key);
  if (segment?.verifying !== check) return;
  segment.verifying = undefined;
  if (verdict === 'genuine') {
    segment.verified = true;
    deliver(draft, segment);
    return;
  }
  const suspects = new Set(segment.broughtBy.values());
  draft.count('rejectedPieces', segment.broughtBy.size);
  forgetPieces(draft, segment);
  if (verdict === 'unknown') segment.originOnly = true;
  else accuse(draft, segment.key, suspects);
}

function accuse(draft: Draft, key: SegmentKey, suspects: ReadonlySet<PeerId>): void {
  for (const suspect of suspects) {
    // Alone it did it; among several, one of them did, and it will be among the suspects again.
    const detail = `segment ${key} does not match the publisher's digest`;
    if (suspects.size === 1) ban(draft, suspect, 'bad-bytes', detail);
    else strike(draft, suspect, detail);
    forgetHoldings(draft, suspect, [key]);
  }
}
