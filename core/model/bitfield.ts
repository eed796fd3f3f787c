/** A set of piece indexes of one segment; immutable from the outside, as engine state is. */
export class Bitfield {
  private constructor(
    /** Eight pieces each. Small numbers in a plain array: there are many sets, and typed arrays are costly to make. */
    private readonly octets: readonly number[],
    /** How many pieces the segment has. */
    readonly length: number,
    /** How many of them are in the set. */
    readonly count: number,
  ) {}

  static empty(length: number): Bitfield {
    return new Bitfield(new Array<number>(octetsFor(length)).fill(0), length, 0);
  }

  static full(length: number): Bitfield {
    const octets = new Array<number>(octetsFor(length)).fill(0xff);
    if (length % 8 > 0) octets[octets.length - 1] = 0xff >>> (8 - (length % 8));
    return new Bitfield(octets, length, length);
  }

  /** @param bytes little-endian bits as `toBytes` gives them; bits past `length` are ignored. */
  static fromBytes(bytes: Uint8Array, length: number): Bitfield {
    const octets: number[] = [];
    let count = 0;
    for (let place = 0; place * 8 < length; place++) {
      const octet = (bytes[place] ?? 0) & (0xff >>> Math.max(0, (place + 1) * 8 - length));
      octets.push(octet);
      count += bitsIn(octet);
    }
    return new Bitfield(octets, length, count);
  }

  get isFull(): boolean {
    return this.count === this.length;
  }

  has(index: number): boolean {
    return (((this.octets[index >>> 3] ?? 0) >>> (index & 7)) & 1) === 1;
  }

  /** Whether all pieces of `other`, a set of the same segment's, are in this one too. */
  hasAll(other: Bitfield): boolean {
    if (this.isFull) return true;
    if (other.count > this.count) return false;
    for (let place = 0; place < this.octets.length; place++) {
      if (((other.octets[place] ?? 0) & ~(this.octets[place] ?? 0)) !== 0) return false;
    }
    return true;
  }

  with(index: number): Bitfield {
    return this.withAll([index]);
  }

  withAll(indexes: Iterable<number>): Bitfield {
    const octets = this.octets.slice();
    let count = this.count;
    for (const index of indexes) {
      if (index < 0 || index >= this.length) continue;
      const octet = octets[index >>> 3] ?? 0;
      const bit = 1 << (index & 7);
      if ((octet & bit) === 0) {
        octets[index >>> 3] = octet | bit;
        count++;
      }
    }
    return count === this.count ? this : new Bitfield(octets, this.length, count);
  }

  /** @param other a set of the same segment's pieces. */
  union(other: Bitfield): Bitfield {
    if (this.hasAll(other)) return this;
    return other.hasAll(this) ? other : this.withAll(other.indexes());
  }

  /** @param other a set of the same segment's pieces. */
  without(other: Bitfield): Bitfield {
    const octets = this.octets.map((octet, place) => octet & ~(other.octets[place] ?? 0));
    return new Bitfield(octets, this.length, octets.reduce((count, octet) => count + bitsIn(octet), 0));
  }

  *indexes(): Generator<number> {
    for (let index = 0; index < this.length; index++) if (this.has(index)) yield index;
  }

  /** One bit a piece, little-endian, `ceil(length / 8)` bytes. */
  toBytes(): Uint8Array {
    return Uint8Array.from(this.octets);
  }
}

function octetsFor(length: number): number {
  return (length + 7) >>> 3;
}

function bitsIn(octet: number): number {
  let count = 0;
  for (let rest = octet; rest > 0; rest &= rest - 1) count++;
  return count;
}
