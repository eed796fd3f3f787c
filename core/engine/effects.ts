import type { DemandId, FetchId, Message, OriginError, PeerId, SegmentKey, TransferTruth } from '../model/index.ts';
import type { CloseReason } from './events.ts';

/** What is to be done next, by the runtime, in order. */
export type Effect =
  | { readonly type: 'send'; readonly peer: PeerId; readonly message: Exclude<Message, { type: 'piece' }> }
  /** Send the piece that is held under this segment and index. */
  | { readonly type: 'sendPiece'; readonly peer: PeerId; readonly requestId: number; readonly segment: SegmentKey; readonly index: number; readonly lengthBytes: number }
  /** Ask the origin for bytes of the segment; `endByte` is exclusive, Infinity for its end. */
  | {
      readonly type: 'fetch';
      readonly fetch: FetchId;
      readonly segment: SegmentKey;
      readonly startByte: number;
      readonly endByte: number;
      /** Length of the whole segment, where it is known: the answer to a request for a part need not tell it. */
      readonly sizeBytes: number | undefined;
    }
  | { readonly type: 'abortFetch'; readonly fetch: FetchId }
  /** Keep the bytes of this piece, which came with the event that is being decided. */
  | { readonly type: 'keep'; readonly segment: SegmentKey; readonly index: number }
  | { readonly type: 'forget'; readonly segment: SegmentKey }
  /** Compare the segment with its digest; the verdict names the check. */
  | { readonly type: 'verify'; readonly segment: SegmentKey; readonly check: number }
  /** Tell all neighbours of this viewer's status: its upload capacity is another. */
  | { readonly type: 'tellStatus' }
  | { readonly type: 'progress'; readonly demand: DemandId; readonly loadedBytes: number; readonly totalBytes: number | undefined }
  | {
      readonly type: 'deliver';
      readonly demand: DemandId;
      readonly segment: SegmentKey;
      readonly sizeBytes: number;
      readonly peerBytes: number;
      readonly originBytes: number;
      readonly truth: TransferTruth;
    }
  | { readonly type: 'fail'; readonly demand: DemandId; readonly segment: SegmentKey; readonly error: OriginError }
  | { readonly type: 'ban'; readonly peer: PeerId; readonly reason: CloseReason; readonly detail: string };
