import { MIN_PIECE_BYTES } from '../model/index.ts';

/** A data channel to one peer: reliable, ordered, framed. */
export interface Link {
  /**
   * Queues one frame of at most `maxFrameBytes`. Throws nothing: a frame on a closed link is dropped.
   * The callee owns the array from here on.
   */
  send(frame: Uint8Array): void;
  readonly maxFrameBytes: number;
  /** Bytes queued and not yet handed to the network. */
  bufferedBytes(): number;
  /** Sets what is called. Frames that arrived earlier are given at once, in order. */
  listen(handlers: LinkHandlers): void;
  /** Ends the link once what was queued is out or after a moment; `closed` is not called for one's own close. */
  close(): void;
}

export interface LinkHandlers {
  frame(frame: Uint8Array): void;
  /** `bufferedBytes()` fell to `LOW_WATER_BYTES` or below. */
  drained(): void;
  /** The other side closed, or the connection failed. Called once. */
  closed(): void;
}

/** Below this many queued bytes the sender is asked for more. Less than any piece: of a link that never held more, nobody would be told. */
export const LOW_WATER_BYTES = MIN_PIECE_BYTES / 2;

/** One attempt to connect. It ends in exactly one of `opened` and `failed`, or silence after `cancel`. */
export interface Handshake {
  /** Takes what the other side's `signal` handler gave. Ill-formed data ends in `failed`. */
  signal(data: string): void;
  cancel(): void;
}

export interface HandshakeHandlers {
  /** JSON for the other side: a session description, and with `trickle` also candidates as they are found. */
  signal(data: string): void;
  opened(link: Link): void;
  failed(reason: string): void;
}

/** Makes data channels. */
export interface Links {
  /** Whether this platform can make connections at all. */
  readonly supported: boolean;
  /**
   * @param options.trickle `false`: one signal holds everything, sent when gathering has ended or
   *   after at most a second, so that a dead STUN server holds nothing up.
   */
  connect(options: { initiator: boolean; trickle: boolean }, handlers: HandshakeHandlers): Handshake;
}
