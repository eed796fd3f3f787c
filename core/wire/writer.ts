import type { Join } from '../model/index.ts';

const utf8 = new TextEncoder();
const NO_TAIL: Uint8Array = new Uint8Array(0);

/**
 * Collects the bytes of one message after another in the same scratch memory, so that encoding
 * allocates nothing but the result. What it is given comes from this engine: a value that the
 * format cannot hold is a mistake here and a RangeError, never a ProtocolError.
 */
export class Writer {
  private readonly scratch: Uint8Array;
  private length = 0;
  private tail = NO_TAIL;

  /** @param capacityBytes of the largest message, without its tail. */
  constructor(capacityBytes: number) {
    this.scratch = new Uint8Array(capacityBytes);
  }

  u8(value: number): void {
    if (!(value >= 0 && value <= 0xff)) throw new RangeError(`${value} does not fit a byte`);
    if (this.length === this.scratch.length) throw new RangeError('message too large');
    this.scratch[this.length++] = value;
  }

  /** Unsigned LEB128; `value` is a whole number up to 2^53 - 1. */
  varint(value: number): void {
    if (!Number.isSafeInteger(value) || value < 0) throw new RangeError(`${value} is not a whole number`);
    let left = value;
    while (left >= 0x80) {
      this.u8((left % 128) | 0x80);
      left = Math.floor(left / 128);
    }
    this.u8(left);
  }

  /** The whole number nearest to an estimate, within 0 and `max`; Infinity is `max`. */
  nearest(estimate: number, max: number): void {
    this.varint(Math.round(Math.min(Math.max(estimate, 0), max)));
  }

  /** A finite IEEE 754 double, big-endian. */
  f64(value: number): void {
    if (!Number.isFinite(value)) throw new RangeError(`${value} is not finite`);
    const view = new DataView(new ArrayBuffer(8));
    view.setFloat64(0, value);
    for (let index = 0; index < 8; index++) this.u8(view.getUint8(index));
  }

  bytes(bytes: Uint8Array): void {
    for (const byte of bytes) this.u8(byte);
  }

  /** The last bytes of the message: taken by reference, and copied once, into the result. */
  rest(bytes: Uint8Array): void {
    this.tail = bytes;
  }

  /** The last part of the message, as UTF-8. */
  restText(text: string): void {
    this.rest(utf8.encode(text));
  }

  /** @returns the message in memory of its own; `join` makes it where it has a tail. */
  finish(join: Join): Uint8Array {
    // `slice` is several times faster than `set` where messages are short, as most are.
    if (this.tail.length === 0) return this.scratch.slice(0, this.length);
    return join([this.scratch.subarray(0, this.length), this.tail]);
  }

  /** Forgets everything, whether it was finished or not. */
  reset(): void {
    this.length = 0;
    this.tail = NO_TAIL;
  }
}
