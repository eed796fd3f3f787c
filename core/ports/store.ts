import type { SegmentKey } from '../model/index.ts';

/**
 * Holds pieces. The store only stores: what is kept and what is evicted is the engine's policy.
 * All calls settle; a failed one rejects and leaves what was there.
 */
export interface Store {
  /** Keeps a piece; the caller no longer changes the bytes. */
  put(segment: SegmentKey, index: number, bytes: Uint8Array): Promise<void>;
  /** @returns the piece, or `undefined` where it is not held. */
  get(segment: SegmentKey, index: number): Promise<Uint8Array | undefined>;
  /** Forgets all pieces of the segment. */
  remove(segment: SegmentKey): Promise<void>;
  /** Forgets everything and releases what the store holds open. */
  close(): Promise<void>;
}
