import type { Random } from '../../core/ports/index.ts';
import { hash32 } from '../../core/model/index.ts';

/** Rounds after which sfc32's outputs no longer show how it was seeded. */
const WARM_UP_ROUNDS = 15;

/**
 * The same numbers for the same seed, on every machine.
 * Algorithm: sfc32 by Chris Doty-Humphrey, from PractRand (public domain), https://pracrand.sourceforge.net.
 */
export class SeededRandom implements Random {
  private readonly seed: number;
  private a: number;
  private b: number;
  private c: number;
  private counter = 1;

  constructor(seed: number) {
    this.seed = seed;
    this.a = 0x9e3779b9;
    this.b = 0x243f6a88;
    this.c = seed | 0;
    for (let round = 0; round < WARM_UP_ROUNDS; round++) this.u32();
  }

  /** A generator of its own for a part of a test, so that a draw more here changes nothing there. */
  fork(label: string): SeededRandom {
    return new SeededRandom(hash32(label, this.seed));
  }

  unit(): number {
    return this.u32() / 0x1_0000_0000;
  }

  hex(count: number): string {
    let digits = '';
    for (let byte = 0; byte < count; byte++) digits += (this.u32() >>> 24).toString(16).padStart(2, '0');
    return digits;
  }

  /** A whole number, 0 to `limit - 1`. */
  below(limit: number): number {
    return Math.floor(this.unit() * limit);
  }

  /** @throws RangeError when there is nothing to pick. */
  pick<Item>(items: readonly Item[]): Item {
    if (items.length === 0) throw new RangeError('nothing to pick');
    return items[this.below(items.length)] as Item;
  }

  /** @returns a copy in random order (Fisher-Yates). */
  shuffle<Item>(items: readonly Item[]): Item[] {
    const shuffled = items.slice();
    for (let last = shuffled.length - 1; last > 0; last--) {
      const other = this.below(last + 1);
      [shuffled[last], shuffled[other]] = [shuffled[other] as Item, shuffled[last] as Item];
    }
    return shuffled;
  }

  /** Time between events that happen once in `mean` on average. */
  exponential(mean: number): number {
    return -Math.log(1 - this.unit()) * mean;
  }

  /** Box and Muller's transform; the second of its two values is thrown away. */
  normal(mean: number, deviation: number): number {
    const radius = Math.sqrt(-2 * Math.log(1 - this.unit()));
    return mean + deviation * radius * Math.cos(2 * Math.PI * this.unit());
  }

  private u32(): number {
    const result = (this.a + this.b + this.counter) | 0;
    this.counter = (this.counter + 1) | 0;
    this.a = this.b ^ (this.b >>> 9);
    this.b = (this.c + (this.c << 3)) | 0;
    this.c = ((this.c << 21) | (this.c >>> 11)) + result | 0;
    return result >>> 0;
  }
}
