import type { Message } from '../model/index.ts';
import type { Reader } from './reader.ts';
import type { Writer } from './writer.ts';

/** Bytes of one kind of message, after the byte that tells the kind. */
export interface MessageCodec<Kind extends Message> {
  /**
   * The first byte of the message. Below 0x80: the rest belongs to the fragments of `framing.ts`.
   * A code is never given to another message.
   */
  readonly code: number;
  /** @throws RangeError when the message has a member that the format cannot hold. */
  encode(message: Kind, writer: Writer): void;
  /** @throws ProtocolError on everything that a correct peer does not send. */
  decode(reader: Reader): Kind;
}

export const MAX_U32 = 0xffff_ffff;
