import type { SegmentKey } from '../model/index.ts';
import type { Log, Store } from '../ports/index.ts';

/**
 * The pieces that the engine holds. Pieces are readable from the moment they are kept, however long
 * the store takes: forwarding a segment while it arrives cannot wait for a disk. A store that fails
 * is given nothing more, and what it would not take stays in memory: the viewer must not notice.
 */
export class PieceBook {
  /** Not in the store (yet), by segment and index. */
  private readonly inMemory = new Map<SegmentKey, Map<number, Uint8Array>>();
  /** By segment, what the store is doing: its calls for one segment follow one another, whatever each takes. */
  private readonly pending = new Map<SegmentKey, Promise<void>>();
  private storeFailed = false;

  constructor(
    private readonly store: Store,
    private readonly log: Log,
  ) {}

  keep(segment: SegmentKey, index: number, bytes: Uint8Array): void {
    const pieces = this.inMemory.get(segment) ?? new Map<number, Uint8Array>();
    this.inMemory.set(segment, pieces.set(index, bytes));
    if (this.storeFailed) return;
    this.enqueue(segment, async () => {
      // Forgotten, or kept anew, while it waited: these very bytes are what the store is to have, or nothing.
      if (this.storeFailed || !this.isInMemory(segment, index, bytes)) return;
      await this.store.put(segment, index, bytes);
      if (this.isInMemory(segment, index, bytes)) this.letGo(segment, index);
    });
  }

  /** @returns the piece, or `undefined` where it is not there (any more). */
  async get(segment: SegmentKey, index: number): Promise<Uint8Array | undefined> {
    const bytes = this.inMemory.get(segment)?.get(index);
    if (bytes) return bytes;
    try {
      const stored = await this.store.get(segment, index);
      if (stored) return stored;
    } catch (error) {
      this.fail(error);
    }
    return undefined;
  }

  /** @returns pieces 0 to `count` - 1 in order, or `undefined` where one is missing. */
  async all(segment: SegmentKey, count: number): Promise<Uint8Array[] | undefined> {
    const pieces = await Promise.all(Array.from({ length: count }, (_, index) => this.get(segment, index)));
    return pieces.every((piece) => piece !== undefined) ? pieces : undefined;
  }

  forget(segment: SegmentKey): void {
    this.inMemory.delete(segment);
    this.enqueue(segment, () => this.store.remove(segment));
  }

  /** The store no longer has what it was given: it is not to be relied on. */
  distrust(): void {
    this.fail('pieces that it had kept are gone');
  }

  async close(): Promise<void> {
    this.inMemory.clear();
    await Promise.all(this.pending.values());
    await this.store.close().catch((error: unknown) => this.fail(error));
  }

  private enqueue(segment: SegmentKey, task: () => Promise<void>): void {
    const before = this.pending.get(segment);
    const done = (before ? before.then(task) : task())
      .catch((error: unknown) => this.fail(error))
      .then(() => {
        if (this.pending.get(segment) === done) this.pending.delete(segment);
      });
    this.pending.set(segment, done);
  }

  private isInMemory(segment: SegmentKey, index: number, bytes: Uint8Array): boolean {
    return this.inMemory.get(segment)?.get(index) === bytes;
  }

  private letGo(segment: SegmentKey, index: number): void {
    const pieces = this.inMemory.get(segment);
    pieces?.delete(index);
    if (pieces?.size === 0) this.inMemory.delete(segment);
  }

  private fail(error: unknown): void {
    if (!this.storeFailed) this.log.warn('the store failed; pieces stay in memory from here on', { error });
    this.storeFailed = true;
  }
}
