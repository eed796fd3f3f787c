import { ProtocolError } from '../model/index.ts';
import { MAX_MESSAGE_BYTES } from './codec.ts';

/**
 * Messages over links whose frames may be shorter than a message. The first byte of a frame is its
 * header: below 0x80 it is the code of a message that is whole in this frame, so that the common
 * case costs neither a byte nor a copy; otherwise it says which fragment of a message follows.
 */
const FIRST = 0x80;
const MIDDLE = 0x81;
const LAST = 0x82;

/** More would be a peer that splits messages to no purpose: every platform takes frames of 16 KiB. */
const MAX_FRAGMENTS = 64;

/**
 * Gives `send` the frames of a message, each at most `maxFrameBytes` long, in order.
 * @param message as `encodeMessage` gives it; it is the frame itself where it fits.
 */
export function sendFrames(message: Uint8Array, maxFrameBytes: number, send: (frame: Uint8Array) => void): void {
  if (message.length <= maxFrameBytes) {
    send(message);
    return;
  }
  const bodyBytes = maxFrameBytes - 1;
  if (bodyBytes * MAX_FRAGMENTS < message.length) throw new RangeError(`frames of ${maxFrameBytes} bytes are too short`);
  for (let start = 0; start < message.length; start += bodyBytes) {
    const body = message.subarray(start, start + bodyBytes);
    const frame = new Uint8Array(body.length + 1);
    frame[0] = start === 0 ? FIRST : start + bodyBytes >= message.length ? LAST : MIDDLE;
    frame.set(body, 1);
    send(frame);
  }
}

/** The receiving end of one link: frames in, messages out. */
export class Reassembler {
  private fragments: Uint8Array[] = [];
  private heldBytes = 0;

  /**
   * @returns the message that this frame completes, if it does.
   * @throws ProtocolError on an empty frame, an unknown header, a fragment out of order, a message
   *   that is too long; the link is then of no more use.
   */
  push(frame: Uint8Array): Uint8Array | undefined {
    const header = frame[0];
    if (header === undefined) throw new ProtocolError('empty frame');
    const isContinuation = header === MIDDLE || header === LAST;
    if (header > LAST) throw new ProtocolError(`unknown frame header ${header}`);
    if (isContinuation !== this.fragments.length > 0) throw new ProtocolError('fragment out of order');
    if (header < FIRST) {
      if (frame.length > MAX_MESSAGE_BYTES) throw new ProtocolError('message too long');
      return frame;
    }
    this.hold(frame);
    return header === LAST ? this.joined() : undefined;
  }

  private hold(frame: Uint8Array): void {
    if (frame.length === 1) throw new ProtocolError('empty fragment');
    this.fragments.push(frame.subarray(1));
    this.heldBytes += frame.length - 1;
    if (this.heldBytes > MAX_MESSAGE_BYTES) throw new ProtocolError('message too long');
    if (this.fragments.length > MAX_FRAGMENTS) throw new ProtocolError('too many fragments');
  }

  private joined(): Uint8Array {
    const message = new Uint8Array(this.heldBytes);
    let offset = 0;
    for (const fragment of this.fragments) {
      message.set(fragment, offset);
      offset += fragment.length;
    }
    this.fragments = [];
    this.heldBytes = 0;
    return message;
  }
}
