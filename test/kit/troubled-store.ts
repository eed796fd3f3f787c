import { MemoryStore } from '../../core/adapters/memory-store.ts';
import type { SegmentKey } from '../../core/model/index.ts';
import type { Clock, Store } from '../../core/ports/index.ts';
import type { SeededRandom } from './seeded-random.ts';

export interface Troubles {
  readonly clock: Clock;
  readonly random: SeededRandom;
  /** Each call takes up to this long, so that they overtake one another. */
  readonly latencyMs?: number;
  /** How often a call fails, 0 to 1. */
  readonly failures?: number;
  /** How often a piece that was kept is gone when it is asked for, 0 to 1. */
  readonly losses?: number;
}

/** A store on a bad disk. */
export class TroubledStore implements Store {
  puts = 0;
  private readonly store = new MemoryStore();

  constructor(private readonly troubles: Troubles) {}

  async put(segment: SegmentKey, index: number, bytes: Uint8Array): Promise<void> {
    this.puts++;
    await this.trouble();
    return this.store.put(segment, index, bytes);
  }

  async get(segment: SegmentKey, index: number): Promise<Uint8Array | undefined> {
    await this.trouble();
    if (this.troubles.random.unit() < (this.troubles.losses ?? 0)) return undefined;
    return this.store.get(segment, index);
  }

  async remove(segment: SegmentKey): Promise<void> {
    await this.trouble();
    return this.store.remove(segment);
  }

  close(): Promise<void> {
    return this.store.close();
  }

  private async trouble(): Promise<void> {
    const { clock, failures = 0, latencyMs = 0, random } = this.troubles;
    if (latencyMs > 0) await new Promise<void>((resolve) => void clock.after(random.unit() * latencyMs, resolve));
    if (random.unit() < failures) throw new Error('the disk is bad');
  }
}
