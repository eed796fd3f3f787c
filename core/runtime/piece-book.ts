import type { SegmentKey } from '../model/index.ts';
import type { Log, Store } from '../ports/index.ts';

/**
 * The pieces that the engine holds. Pieces are readable from the moment they are kept, however long
 * the store takes: forwarding a segment while it arrives cannot wait for a disk.
 */
export class PieceBook {
  /** Handed to the store and not yet there, by segment and index. */
  private readonly arriving = new Map<SegmentKey, Map<number, Uint8Array>>();

  constructor(
    private readonly store: Store,
    private readonly log: Log,
    /** The store could not keep, or no longer has, a piece of this segment. */
    private readonly lost: (segment: SegmentKey) => void,
  ) {}

  keep(segment: SegmentKey, index: number, bytes: Uint8Array): void {
    const pieces = this.arriving.get(segment) ?? new Map<number, Uint8Array>();
    this.arriving.set(segment, pieces);
    pieces.set(index, bytes);
    this.store.put(segment, index, bytes).then(
      () => this.arrived(segment, index, bytes),
      (error: unknown) => {
        this.log.warn('the store could not keep a piece', { segment, index, error });
        this.arrived(segment, index, bytes);
        this.lost(segment);
      },
    );
  }

  /** @returns the piece, or `undefined` where it is not there (any more). */
  async get(segment: SegmentKey, index: number): Promise<Uint8Array | undefined> {
    const arriving = this.arriving.get(segment)?.get(index);
    if (arriving) return arriving;
    try {
      return await this.store.get(segment, index);
    } catch (error) {
      this.log.warn('the store could not read a piece', { segment, index, error });
      return undefined;
    }
  }

  /** @returns pieces 0 to `count` - 1 in order, or `undefined` where one is missing. */
  async all(segment: SegmentKey, count: number): Promise<Uint8Array[] | undefined> {
    const pieces = await Promise.all(Array.from({ length: count }, (_, index) => this.get(segment, index)));
    return pieces.every((piece) => piece !== undefined) ? pieces : undefined;
  }

  forget(segment: SegmentKey): void {
    this.arriving.delete(segment);
    this.store.remove(segment).catch((error: unknown) => this.log.warn('the store could not remove a segment', { segment, error }));
  }

  async close(): Promise<void> {
    this.arriving.clear();
    await this.store.close().catch((error: unknown) => this.log.warn('the store could not be closed', { error }));
  }

  private arrived(segment: SegmentKey, index: number, bytes: Uint8Array): void {
    const pieces = this.arriving.get(segment);
    // It may have been forgotten and kept anew meanwhile: only these very bytes have arrived.
    if (pieces?.get(index) !== bytes) return;
    pieces.delete(index);
    if (pieces.size === 0) this.arriving.delete(segment);
  }
}
