import type { Effect } from '../engine/index.ts';
import { AbortedError, asDemandId, DestroyedError, pieceCount } from '../model/index.ts';
import type { DemandId, LoadedSegment, LoadOptions, SegmentKey } from '../model/index.ts';
import type { PieceBook } from './piece-book.ts';

type Deliver = Extract<Effect, { type: 'deliver' }>;

interface OpenDemand {
  readonly segment: SegmentKey;
  readonly options: LoadOptions;
  resolve(segment: LoadedSegment): void;
  reject(error: Error): void;
}

/** The player's open requests: one promise and one signal each, settled exactly once. */
export class Demands {
  private readonly open = new Map<DemandId, OpenDemand>();
  private serial = 0;
  /** Which URL answered for a segment, after redirects. */
  private readonly answered = new Map<SegmentKey, string>();

  constructor(private readonly pieces: PieceBook) {}

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

  /** The origin is being asked for (part of) the segment. */
  originAsked(segment: SegmentKey): void {
    for (const demand of this.open.values()) if (demand.segment === segment) demand.options.onOriginRequest?.();
  }

  answeredBy(segment: SegmentKey, url: string): void {
    this.answered.set(segment, url);
  }

  progress(id: DemandId, loadedBytes: number, totalBytes: number | undefined): void {
    this.open.get(id)?.options.onProgress?.({ loadedBytes, totalBytes });
  }

  /**
   * Hands the segment over in memory of its own: players transfer or change what they are given.
   * @returns `false` when the store no longer had all of it.
   */
  async deliver(effect: Deliver, url: string): Promise<boolean> {
    const pieces = await this.pieces.all(effect.segment, pieceCount(effect.sizeBytes));
    const demand = this.open.get(effect.demand);
    if (!demand) return true;
    if (!pieces) return false;
    const data = new Uint8Array(effect.sizeBytes);
    let offset = 0;
    for (const piece of pieces) {
      data.set(piece, offset);
      offset += piece.length;
    }
    const answered = this.answered.get(effect.segment);
    demand.resolve({
      data,
      fromPeersBytes: effect.peerBytes,
      fromOriginBytes: effect.originBytes,
      url: answered ?? url,
      truth: effect.truth,
    });
    return true;
  }

  fail(id: DemandId, error: Error): void {
    this.open.get(id)?.reject(error);
  }

  destroy(): void {
    for (const demand of [...this.open.values()]) demand.reject(new DestroyedError());
  }

  private isDemanded(segment: SegmentKey): boolean {
    for (const demand of this.open.values()) if (demand.segment === segment) return true;
    return false;
  }
}
