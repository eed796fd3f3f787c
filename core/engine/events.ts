import type {
  ByeReason, DeclineReason, DemandId, FetchId, Have, Intent, Lost, OriginError, PeerId, PlaybackSnapshot, Request, Segment, SegmentKey, Status,
  TrackKey,
} from '../model/index.ts';
import type { Policy } from './state.ts';

/** Everything that can happen to the engine. A closed union: state changes through nothing else. */
export type EngineEvent =
  | { readonly type: 'listed'; readonly track: TrackKey; readonly segments: readonly Segment[] }
  | { readonly type: 'playback'; readonly playback: PlaybackSnapshot }
  | { readonly type: 'policy'; readonly policy: Policy }
  | { readonly type: 'swarm'; readonly size: number; readonly connecting: number; readonly joinedAtMs: number }
  | { readonly type: 'demand'; readonly id: DemandId; readonly segment: SegmentKey }
  | { readonly type: 'demandAborted'; readonly id: DemandId }
  | { readonly type: 'neighbourJoined'; readonly peer: PeerId }
  | { readonly type: 'neighbourLeft'; readonly peer: PeerId }
  | { readonly type: 'have'; readonly peer: PeerId; readonly message: Have }
  | { readonly type: 'lost'; readonly peer: PeerId; readonly message: Lost }
  | { readonly type: 'intent'; readonly peer: PeerId; readonly message: Intent }
  | { readonly type: 'status'; readonly peer: PeerId; readonly message: Status }
  | { readonly type: 'request'; readonly peer: PeerId; readonly message: Request }
  /** The peer has sent what a correct one never sends. */
  | { readonly type: 'violated'; readonly peer: PeerId; readonly detail: string }
  | { readonly type: 'requestCancelled'; readonly peer: PeerId; readonly requestId: number }
  | { readonly type: 'declined'; readonly peer: PeerId; readonly requestId: number; readonly reason: DeclineReason }
  /** A piece came from a peer; its bytes stay with the runtime, which keeps them on the effect `keep`. */
  | { readonly type: 'pieceArrived'; readonly peer: PeerId; readonly requestId: number; readonly lengthBytes: number }
  /** The link's queue has shrunk. */
  | { readonly type: 'drained'; readonly peer: PeerId; readonly bufferedBytes: number }
  | { readonly type: 'fetchHead'; readonly fetch: FetchId; readonly segment: SegmentKey; readonly sizeBytes: number; readonly rangeRefused: boolean }
  /** Pieces that follow one another, as they came in one chunk: deciding on each by itself would cost the page more than reading them. */
  | { readonly type: 'fetchPieces'; readonly fetch: FetchId; readonly segment: SegmentKey; readonly firstIndex: number; readonly lengthsBytes: readonly number[] }
  | { readonly type: 'fetchDone'; readonly fetch: FetchId; readonly segment: SegmentKey }
  | { readonly type: 'fetchFailed'; readonly fetch: FetchId; readonly segment: SegmentKey; readonly error: OriginError }
  /** The verdict of the check with this serial. */
  | { readonly type: 'verified'; readonly segment: SegmentKey; readonly check: number; readonly verdict: Verdict }
  /** Bytes that had been kept are not there: the store failed or was cleared. */
  | { readonly type: 'storeLost'; readonly segment: SegmentKey }
  | { readonly type: 'wake' };

export type EventType = EngineEvent['type'];

/** `unknown`: the publisher's digest could not be had, or not be computed. */
export type Verdict = 'genuine' | 'forged' | 'unknown';

/** Why the engine ends a link. */
export type CloseReason = Extract<ByeReason, 'protocol' | 'bad-bytes'>;
