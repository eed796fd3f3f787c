import type { PeerId, SwarmKey } from '../../core/model/index.ts';

/** A box of a host: what awaits letters there, by a number that the host gave it. */
export interface Address {
  readonly host: number;
  readonly box: number;
}

/** Where the tracker is. It is no host of the network: nothing but letters go there. */
export const TRACKER: Address = { host: -1, box: 0 };

interface Envelope {
  readonly from: Address;
  readonly to: Address;
  /** When it is there: known to the sender, for nothing on the way depends on the receiver. */
  readonly atMs: number;
}

/** A frame of a link, or, without a frame, the link's end. */
export interface FrameLetter extends Envelope {
  readonly kind: 'frame';
  readonly frame: Uint8Array | undefined;
  /** When the first of its bytes is there; `atMs` is when the last is. */
  readonly firstByteMs: number;
}

/** So many bytes of a link's frames were delivered, which the sender may count from `atMs` on. */
export interface AckLetter extends Envelope {
  readonly kind: 'ack';
  readonly bytes: number;
}

/** The offering side of a handshake has what it needs; `from` is its end of the link. */
export interface ConnectLetter extends Envelope {
  readonly kind: 'connect';
}

/** The answering side has opened its end, `from`. */
export interface AcceptLetter extends Envelope {
  readonly kind: 'accept';
}

/** A member of a tracker's swarms opens its socket, announces and leaves; `from` is the member. */
export interface JoinLetter extends Envelope {
  readonly kind: 'join';
}

export interface AnnounceLetter extends Envelope {
  readonly kind: 'announce';
  readonly swarm: SwarmKey;
  readonly peer: PeerId;
  readonly offers: readonly { readonly ticket: number; readonly data: string }[];
}

export interface AnswerLetter extends Envelope {
  readonly kind: 'answer';
  readonly peer: PeerId;
  /** Whose offer is answered, and which. */
  readonly offering: Address;
  readonly ticket: number;
  readonly data: string;
}

export interface LeaveLetter extends Envelope {
  readonly kind: 'leave';
}

/** The tracker lets a member in, or is down. */
export interface WelcomeLetter extends Envelope {
  readonly kind: 'welcome';
  readonly intervalMs: number;
  readonly maxOffers: number;
}

export interface LostLetter extends Envelope {
  readonly kind: 'lost';
  readonly why: string;
}

export interface SizeLetter extends Envelope {
  readonly kind: 'size';
  readonly size: number;
}

export interface OfferedLetter extends Envelope {
  readonly kind: 'offered';
  readonly peer: PeerId;
  readonly offering: Address;
  readonly ticket: number;
  readonly data: string;
}

export interface AnsweredLetter extends Envelope {
  readonly kind: 'answered';
  readonly peer: PeerId;
  readonly ticket: number;
  readonly data: string;
}

/** What is said to a tracker. */
export type TrackerRequest = JoinLetter | AnnounceLetter | AnswerLetter | LeaveLetter;
/** What a tracker says. */
export type TrackerResponse = WelcomeLetter | LostLetter | SizeLetter | OfferedLetter | AnsweredLetter;

/** All that one place in the network can do to another: no two share anything else. */
export type Letter = FrameLetter | AckLetter | ConnectLetter | AcceptLetter | TrackerRequest | TrackerResponse;

/** What awaits letters at an address. */
export interface Mailbox {
  /** Called when the letter is there; with an acknowledgement, which most senders need no event for, as soon as it is known. */
  take(letter: Letter): void;
}
