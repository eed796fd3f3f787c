import type { Effect } from '../engine/index.ts';
import { AbortedError, asDemandId, DestroyedError, pieceCount } from '../model/index.ts';
import type { Assemble, DemandId, LoadedSegment, LoadOptions, SegmentKey } from '../model/index.ts';
import type { Log } from '../ports/index.ts';
import type { PieceBook } from './piece-book.ts';

type Deliver = Extract<Effect, { type: 'deliver' }>;

interface OpenDemand {
  readonly segment: SegmentKey;
  readonly options: LoadOptions;
  originAsked: boolean;
  resolve(segment: LoadedSegment): void;
  reject(error: Error): void;
}

/** The player's open requests: one promise and one signal each, settled exactly once. */
export class Demands {
  private readonly open = new Map<DemandId, OpenDemand>();
  private serial = 0;
  /** Which URL answered for a segment, after redirects. */
  private readonly answered = new Map<SegmentKey, string>();

  constructor(
    private readonly pieces: PieceBook,
    private readonly assemble: Assemble,
    private readonly log: Log,
  ) {}

  load(segment: SegmentKey, options: LoadOptions, begin: (id: DemandId) => void, aborted: (id: DemandId) => void): Promise<LoadedSegment> {
    return new Promise((resolve, reject) => {
      const { signal } = options;
      if (signal?.aborted) {
        reject(new AbortedError());
        return;
      }
      const id = asDemandId(++this.serial);
      const abort = (): void => {
        const demand = this.open.get(id);
        if (!demand) return;
        aborted(id);
        demand.reject(new AbortedError());
      };
      const close = (): void => {
        signal?.removeEventListener('abort', abort);
        this.open.delete(id);
        if (!this.isDemanded(segment)) this.answered.delete(segment);
      };
      this.open.set(id, {
        segment,
        options,
        originAsked: false,
        resolve: (loaded) => (close(), resolve(loaded)),
        reject: (error) => (close(), reject(error)),
      });
      signal?.addEventListener('abort', abort);
      begin(id);
    });
  }

  /** How the player would ask the origin for the segment, as its last open request said. */
  requestFor(segment: SegmentKey): LoadOptions['request'] {
    let request: LoadOptions['request'];
    for (const demand of this.open.values()) if (demand.segment === segment) request = demand.options.request ?? request;
    return request;
  }

  /** The origin is being asked for (part of) the segment; told to each demand once. */
  originAsked(segment: SegmentKey): void {
    for (const demand of [...this.open.values()]) {
      if (demand.segment !== segment || demand.originAsked) continue;
      demand.originAsked = true;
      this.call(demand.options.onOriginRequest);
    }
  }

  answeredBy(segment: SegmentKey, url: string): void {
    this.answered.set(segment, url);
  }

  progress(id: DemandId, loadedBytes: number, totalBytes: number | undefined): void {
    this.call(this.open.get(id)?.options.onProgress, { loadedBytes, totalBytes });
  }

  /**
   * Hands the segment over in memory of its own: players transfer or change what they are given.
   * @returns `lost` when the store no longer had all of it: the demand stays open.
   */
  async deliver(effect: Deliver, url: string): Promise<'delivered' | 'aborted' | 'lost'> {
    const pieces = await this.pieces.all(effect.segment, pieceCount(effect.sizeBytes));
    if (!this.open.has(effect.demand)) return 'aborted';
    if (!pieces || bytesIn(pieces) !== effect.sizeBytes) return 'lost';
    const data = await this.assemble(pieces);
    const demand = this.open.get(effect.demand);
    if (!demand) return 'aborted';
    const answered = this.answered.get(effect.segment);
    demand.resolve({
      data,
      fromPeersBytes: effect.peerBytes,
      fromOriginBytes: effect.originBytes,
      url: answered ?? url,
      truth: effect.truth,
    });
    return 'delivered';
  }

  fail(id: DemandId, error: Error): void {
    this.open.get(id)?.reject(error);
  }

  destroy(): void {
    for (const demand of [...this.open.values()]) demand.reject(new DestroyedError());
  }

  /** The player's own code must not break the engine's. */
  private call<Args extends readonly unknown[]>(callback: ((...args: Args) => void) | undefined, ...args: Args): void {
    try {
      callback?.(...args);
    } catch (error) {
      this.log.warn('a callback of the player failed', { error });
    }
  }

  private isDemanded(segment: SegmentKey): boolean {
    for (const demand of this.open.values()) if (demand.segment === segment) return true;
    return false;
  }
}

function bytesIn(pieces: readonly Uint8Array[]): number {
  return pieces.reduce((sum, { length }) => sum + length, 0);
}
