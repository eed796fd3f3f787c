import type { SegmentKey } from '../model/index.ts';
import type { Store } from '../ports/index.ts';

/** Pieces in memory, as they came: nothing is copied. */
export class MemoryStore implements Store {
  private readonly segments = new Map<SegmentKey, Map<number, Uint8Array>>();

  put(segment: SegmentKey, index: number, bytes: Uint8Array): Promise<void> {
    const pieces = this.segments.get(segment) ?? new Map<number, Uint8Array>();
    this.segments.set(segment, pieces.set(index, bytes));
    return Promise.resolve();
  }

  get(segment: SegmentKey, index: number): Promise<Uint8Array | undefined> {
    return Promise.resolve(this.segments.get(segment)?.get(index));
  }

  remove(segment: SegmentKey): Promise<void> {
    this.segments.delete(segment);
    return Promise.resolve();
  }

  close(): Promise<void> {
    this.segments.clear();
    return Promise.resolve();
  }
}
