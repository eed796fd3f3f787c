/** A set of piece indexes of one segment; immutable from the outside, as engine state is. */
export class Bitfield {
  private constructor(
    /** Sixteen pieces each. Small numbers in a plain array: there are many sets, and typed arrays are costly to make. */
    private readonly words: readonly number[],
    /** How many pieces the segment has. */
    readonly length: number,
    /** How many of them are in the set. */
    readonly count: number,
  ) {}

  static of(length: number, indexes: readonly number[]): Bitfield {
    return indexes.reduce((pieces, index) => pieces.with(index), Bitfield.empty(length));
  }

  static empty(length: number): Bitfield {
    const words: number[] = [];
    for (let place = 0; place * 16 < length; place++) words.push(0);
    return new Bitfield(words, length, 0);
  }

  static full(length: number): Bitfield {
    // Most sets are full, and most segments of about the same length: the last one made is given again.
    if (lastFull?.length === length) return lastFull;
    const words: number[] = [];
    for (let place = 0; place * 16 < length; place++) words.push(allOf(length, place));
    lastFull = new Bitfield(words, length, length);
    return lastFull;
  }

  /** @param bytes little-endian bits as `toBytes` gives them; bits past `length` are ignored. */
  static fromBytes(bytes: Uint8Array, length: number): Bitfield {
    const words: number[] = [];
    for (let place = 0; place * 16 < length; place++) {
      words.push(((bytes[place * 2] ?? 0) | ((bytes[place * 2 + 1] ?? 0) << 8)) & allOf(length, place));
    }
    return new Bitfield(words, length, countOf(words));
  }

  get isFull(): boolean {
    return this.count === this.length;
  }

  has(index: number): boolean {
    return (((this.words[index >>> 4] ?? 0) >>> (index & 15)) & 1) === 1;
  }

  /** Whether all pieces of `other`, a set of the same segment's, are in this one too. */
  hasAll(other: Bitfield): boolean {
    if (this.count === this.length) return true;
    if (other.count > this.count) return false;
    const { words } = this;
    for (let place = 0; place < words.length; place++) {
      if (((other.words[place] ?? 0) & ~(words[place] ?? 0)) !== 0) return false;
    }
    return true;
  }

  with(index: number): Bitfield {
    if (index < 0 || index >= this.length || this.has(index)) return this;
    const words = this.words.slice();
    words[index >>> 4] = (words[index >>> 4] ?? 0) | (1 << (index & 15));
    return new Bitfield(words, this.length, this.count + 1);
  }

  /** @param other a set of the same segment's pieces. */
  union(other: Bitfield): Bitfield {
    if (this.hasAll(other)) return this;
    if (other.hasAll(this)) return other;
    const words = this.words.map((word, place) => word | (other.words[place] ?? 0));
    return new Bitfield(words, this.length, countOf(words));
  }

  /** @param other a set of the same segment's pieces. */
  without(other: Bitfield): Bitfield {
    const words = this.words.map((word, place) => word & ~(other.words[place] ?? 0));
    return new Bitfield(words, this.length, countOf(words));
  }

  /** Adds one for each piece of the set at its place in `counts`. */
  countIn(counts: Uint8Array): void {
    const { length, words } = this;
    for (let index = 0; index < length; index++) counts[index] = (counts[index] as number) + (((words[index >>> 4] as number) >>> (index & 15)) & 1);
  }

  *indexes(): Generator<number> {
    for (let index = 0; index < this.length; index++) if (this.has(index)) yield index;
  }

  /** One bit a piece, little-endian, `ceil(length / 8)` bytes. */
  toBytes(): Uint8Array {
    const bytes = new Uint8Array((this.length + 7) >>> 3);
    for (let place = 0; place < bytes.length; place++) bytes[place] = (this.words[place >>> 1] ?? 0) >>> ((place & 1) * 8);
    return bytes;
  }
}

let lastFull: Bitfield | undefined;

/** The word at `place` where the set has all pieces of a segment with so many. */
function allOf(length: number, place: number): number {
  return 0xffff >>> Math.max(0, (place + 1) * 16 - length);
}

function countOf(words: readonly number[]): number {
  let count = 0;
  for (const word of words) for (let rest = word; rest > 0; rest &= rest - 1) count++;
  return count;
}
