import type { Bitfield, SegmentKey } from '../model/index.ts';

/** What a neighbour holds of one segment. */
export interface Holding {
  readonly sizeBytes: number;
  readonly pieces: Bitfield;
}

/** Changes that are kept apart before all is copied. */
const MAX_RECENT = 32;

const GONE = Symbol('no longer held');

/**
 * What a neighbour holds, by segment. Immutable, as all state is; a change copies only what changed
 * lately, so that telling of one segment of a long film does not copy all the others.
 */
export class PeerHoldings {
  static readonly none = new PeerHoldings(new Map(), new Map(), 0);

  private constructor(
    private readonly settled: ReadonlyMap<SegmentKey, Holding>,
    /** What differs from `settled`. */
    private readonly recent: ReadonlyMap<SegmentKey, Holding | typeof GONE>,
    readonly size: number,
  ) {}

  get(segment: SegmentKey): Holding | undefined {
    const holding = this.recent.get(segment) ?? this.settled.get(segment);
    return holding === GONE ? undefined : holding;
  }

  with(segment: SegmentKey, holding: Holding): PeerHoldings {
    return this.changed(segment, holding, this.get(segment) ? this.size : this.size + 1);
  }

  without(segment: SegmentKey): PeerHoldings {
    return this.get(segment) ? this.changed(segment, GONE, this.size - 1) : this;
  }

  private changed(segment: SegmentKey, change: Holding | typeof GONE, size: number): PeerHoldings {
    const recent = new Map(this.recent).set(segment, change);
    if (recent.size <= MAX_RECENT) return new PeerHoldings(this.settled, recent, size);
    const settled = new Map(this.settled);
    for (const [key, holding] of recent) {
      if (holding === GONE) settled.delete(key);
      else settled.set(key, holding);
    }
    return new PeerHoldings(settled, new Map(), size);
  }
}
