import type { Explanation, P2PStats } from './stats.ts';
import type { PeerId, SegmentKey } from './ids.ts';

/** Events of `P2PEngine.on`, by name. */
export interface P2PEvents {
  /** A neighbour is connected. */
  peerConnect: { readonly peer: PeerId };
  /** A neighbour is gone, once per neighbour. */
  peerClose: { readonly peer: PeerId; readonly reason: string };
  /** A neighbour was excluded for bad bytes or a broken protocol. */
  peerBan: { readonly peer: PeerId; readonly reason: string };
  /** A segment was handed to the player. */
  segmentLoad: { readonly segment: SegmentKey; readonly fromPeersBytes: number; readonly fromOriginBytes: number };
  /** The origin could not deliver a segment that the player asked for. */
  segmentError: { readonly segment: SegmentKey; readonly error: Error };
  /** About once a second while anything changes. */
  stats: P2PStats;
  /** The answer of `explain()` changed. */
  explain: Explanation;
  /** `configure` was applied. */
  configure: Record<string, never>;
}
