import type { Handshake, HandshakeHandlers, Link, LinkHandlers, Links } from '../../core/ports/index.ts';

/** The first byte of a frame that holds a whole message says of which kind it is: see core/wire. */
const KINDS = ['hello', 'have', 'lost', 'intent', 'request', 'piece', 'decline', 'cancel', 'status', 'introduce', 'signal', 'bye'];

/** What has been sent over links, by kind of message. */
export class FrameMeter {
  readonly counts = new Map<string, { frames: number; bytes: number }>();

  note(frame: Uint8Array): void {
    const kind = kindOf(frame);
    const count = this.counts.get(kind) ?? { frames: 0, bytes: 0 };
    this.counts.set(kind, count);
    count.frames++;
    count.bytes += frame.length;
  }
}
