/** A set of piece indexes of one segment; immutable from the outside, as engine state is. */
export class Bitfield {
  private constructor(
    private readonly words: Uint32Array,
    /** How many pieces the segment has. */
    readonly length: number,
    /** How many of them are in the set. */
    readonly count: number,
  ) {}

  static empty(length: number): Bitfield {
    return new Bitfield(new Uint32Array((length + 31) >>> 5), length, 0);
  }

  static full(length: number): Bitfield {
    const words = new Uint32Array((length + 31) >>> 5).fill(0xffffffff);
    const spare = words.length * 32 - length;
    if (spare > 0) words[words.length - 1] = 0xffffffff >>> spare;
    return new Bitfield(words, length, length);
  }

  /** @param bytes little-endian bits as `toBytes` gives them; bits past `length` are ignored. */
  static fromBytes(bytes: Uint8Array, length: number): Bitfield {
    const words = new Uint32Array((length + 31) >>> 5);
    let count = 0;
    for (let index = 0; index < length; index++) {
      const bit = ((bytes[index >>> 3] ?? 0) >>> (index & 7)) & 1;
      count += bit;
      words[index >>> 5] = (words[index >>> 5] ?? 0) | (bit << (index & 31));
    }
    return new Bitfield(words, length, count);
  }

  get isFull(): boolean {
    return this.count === this.length;
  }

  has(index: number): boolean {
    return (((this.words[index >>> 5] ?? 0) >>> (index & 31)) & 1) === 1;
  }

  /** Whether all pieces of `other`, a set of the same segment's, are in this one too. */
  hasAll(other: Bitfield): boolean {
    if (this.isFull) return true;
    if (other.count > this.count) return false;
    for (let word = 0; word < this.words.length; word++) if (((other.words[word] ?? 0) & ~(this.words[word] ?? 0)) !== 0) return false;
    return true;
  }

  with(index: number): Bitfield {
    return this.withAll([index]);
  }

  withAll(indexes: Iterable<number>): Bitfield {
    const words = this.words.slice();
    let count = this.count;
    for (const index of indexes) {
      if (index < 0 || index >= this.length) continue;
      const word = words[index >>> 5] ?? 0;
      const bit = (1 << (index & 31)) >>> 0;
      if ((word & bit) === 0) {
        words[index >>> 5] = word | bit;
        count++;
      }
    }
    return count === this.count ? this : new Bitfield(words, this.length, count);
  }

  /** @param other a set of the same segment's pieces. */
  union(other: Bitfield): Bitfield {
    if (this.hasAll(other)) return this;
    return other.hasAll(this) ? other : this.withAll(other.indexes());
  }

  *indexes(): Generator<number> {
    for (let index = 0; index < this.length; index++) if (this.has(index)) yield index;
  }

  /** One bit a piece, little-endian, `ceil(length / 8)` bytes. */
  toBytes(): Uint8Array {
    const bytes = new Uint8Array((this.length + 7) >>> 3);
    for (let place = 0; place < bytes.length; place++) bytes[place] = (this.words[place >>> 2] ?? 0) >>> ((place & 3) * 8);
    return bytes;
  }
}
