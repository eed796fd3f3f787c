import { ProtocolError } from '../model/index.ts';

/** A UTF-16 code unit takes at most 3 bytes of UTF-8 (4 bytes encode a pair of units). */
export const MAX_UTF8_BYTES_PER_UNIT = 3;

const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** A cursor over the bytes of one message. Nothing is read past the end, nothing is copied. */
export class Reader {
  private readonly source: Uint8Array;
  private offset = 0;

  constructor(source: Uint8Array) {
    this.source = source;
  }

  get leftBytes(): number {
    return this.source.length - this.offset;
  }

  /** @throws ProtocolError past the end. */
  u8(): number {
    const byte = this.source[this.offset];
    if (byte === undefined) throw new ProtocolError('truncated message');
    this.offset++;
    return byte;
  }

  /**
   * An unsigned LEB128 integer (DWARF 5, section 7.6), at most `max`, itself at most 2^53 - 1.
   * @throws ProtocolError above `max`, past the end, and where fewer bytes would have done: each
   *   number has one form.
   */
  varint(max: number): number {
    let value = 0;
    let scale = 1;
    for (;;) {
      const byte = this.u8();
      value += (byte & 0x7f) * scale;
      if (value > max) throw new ProtocolError(`number above ${max}`);
      if (byte < 0x80) {
        if (byte === 0 && scale > 1) throw new ProtocolError('overlong number');
        return value;
      }
      scale *= 128;
      // 8 bytes hold 56 bits; a number with more of them is longer than 2^53 - 1 needs.
      if (scale > Number.MAX_SAFE_INTEGER) throw new ProtocolError('overlong number');
    }
  }

  /** A finite IEEE 754 double, big-endian. @throws ProtocolError on infinities, NaN and past the end. */
  f64(): number {
    const bytes = this.bytes(8);
    const value = new DataView(bytes.buffer, bytes.byteOffset, 8).getFloat64(0);
    if (!Number.isFinite(value)) throw new ProtocolError('number is not finite');
    return value;
  }

  /** @returns the next `count` bytes, a view into the message. @throws ProtocolError past the end. */
  bytes(count: number): Uint8Array {
    if (count > this.leftBytes) throw new ProtocolError('truncated message');
    this.offset += count;
    return this.source.subarray(this.offset - count, this.offset);
  }

  /** @returns all that is left, a view into the message. */
  rest(): Uint8Array {
    return this.bytes(this.leftBytes);
  }

  /**
   * All that is left, as UTF-8.
   * @throws ProtocolError when it is not, or has more than `maxLength` UTF-16 code units.
   */
  restText(maxLength: number): string {
    const encoded = this.rest();
    if (encoded.length > maxLength * MAX_UTF8_BYTES_PER_UNIT) throw new ProtocolError('text too long');
    let text: string;
    try {
      text = utf8.decode(encoded);
    } catch {
      throw new ProtocolError('text is not UTF-8');
    }
    if (text.length > maxLength) throw new ProtocolError('text too long');
    return text;
  }

  /** @throws ProtocolError when bytes are left: a message is consumed exactly. */
  end(): void {
    if (this.leftBytes > 0) throw new ProtocolError(`${this.leftBytes} bytes after the message`);
  }
}
