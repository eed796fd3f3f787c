import type { Bitfield } from './bitfield.ts';
import type { PeerId, SegmentKey } from './ids.ts';

/** What neighbours say to each other. `core/wire` has one file a message for their bytes. */
export type Message =
  | Hello
  | Have
  | Lost
  | Intent
  | Request
  | Piece
  | Decline
  | Cancel
  | Status
  | Introduce
  | Signal
  | Bye;

/** First message on a link, in both directions; anything else before it ends the link. */
export interface Hello {
  readonly type: 'hello';
  readonly version: number;
  readonly peer: PeerId;
}

/**
 * Pieces of a segment that the sender holds: cumulative, so that a repeated or late one does no harm.
 * A segment once whole is told with a full bitfield.
 */
export interface Have {
  readonly type: 'have';
  readonly segment: SegmentKey;
  readonly sizeBytes: number;
  readonly pieces: Bitfield;
}

/** Segments that the sender no longer holds. At most `MAX_LOST` in one message. */
export interface Lost {
  readonly type: 'lost';
  readonly segments: readonly SegmentKey[];
}

/**
 * Somebody is fetching this segment from the origin: wait for the pieces. Passed on once by each
 * peer that hears of it first, so that a whole swarm knows within a few hops.
 */
export interface Intent {
  readonly type: 'intent';
  readonly segment: SegmentKey;
  /** 0: the sender itself is fetching; n: it heard so over n hops. */
  readonly hops: number;
  /** How fast the fetcher can give the segment away, in bit/s: one that is slow cannot provide for everyone. */
  readonly uploadBps: number;
}

/** Asks for one piece. The answer is a `piece` or a `decline` with the same request id. */
export interface Request {
  readonly type: 'request';
  /** Chosen by the asker, unique among its open requests on this link; unsigned 32-bit. */
  readonly requestId: number;
  readonly segment: SegmentKey;
  readonly index: number;
  /** How long until the asker's deadline, in ms: uploaders serve the most urgent first. */
  readonly slackMs: number;
}

export interface Piece {
  readonly type: 'piece';
  readonly requestId: number;
  readonly payload: Uint8Array;
}

/**
 * `busy`: the upload queue is full; `missing`: not held (any more); `off`: this peer uploads nothing;
 * `elsewhere`: others have it by now, and pieces that nobody else has go first.
 */
export type DeclineReason = 'busy' | 'missing' | 'off' | 'elsewhere';

export interface Decline {
  readonly type: 'decline';
  readonly requestId: number;
  readonly reason: DeclineReason;
}

/** The asker no longer wants the piece. The answer may already be under way. */
export interface Cancel {
  readonly type: 'cancel';
  readonly requestId: number;
}

/** What the sender is like, told when it changes: weighs elections and the choice of neighbours. */
export interface Status {
  readonly type: 'status';
  /** What it has been able to upload, in bit/s; 0: it uploads nothing. */
  readonly uploadBps: number;
  /** How many neighbours it has, and how many it would take at most. */
  readonly neighbours: number;
  readonly maxNeighbours: number;
  /** Where its playhead is on the content's timeline, in seconds. */
  readonly positionS: number;
}

/** Neighbours of the sender that would take another one. At most `MAX_INTRODUCED` in one message. */
export interface Introduce {
  readonly type: 'introduce';
  readonly peers: readonly PeerId[];
}

/** A signalling message between two peers that are not connected, carried by a neighbour of both. */
export interface Signal {
  readonly type: 'signal';
  readonly from: PeerId;
  readonly to: PeerId;
  /** Tells apart several attempts of the same pair; chosen by the offering side; unsigned 32-bit. */
  readonly attempt: number;
  /**
   * JSON of a session description or an ICE candidate (or candidates), at most `MAX_SIGNAL_LENGTH` characters;
   * empty: the one who says so has no room, and nothing will come of the attempt.
   */
  readonly data: string;
}

export type ByeReason =
  | 'leaving'
  | 'full'
  | 'duplicate'
  | 'incompatible'
  | 'protocol'
  | 'useless'
  | 'bad-bytes';

/** Last message on a link: why the sender closes it. */
export interface Bye {
  readonly type: 'bye';
  readonly reason: ByeReason;
}

export const MAX_LOST = 256;
export const MAX_INTRODUCED = 32;
export const MAX_SIGNAL_LENGTH = 16 * 1024;
