import type { RequestConfig } from './config.ts';

export interface LoadProgress {
  readonly loadedBytes: number;
  /** `undefined` until somebody has told the segment's length. */
  readonly totalBytes: number | undefined;
}

export interface LoadOptions {
  /** One request is one promise and one signal. */
  readonly signal?: AbortSignal | undefined;
  /** Called as pieces arrive, from whichever source; never after the promise has settled. */
  readonly onProgress?: ((progress: LoadProgress) => void) | undefined;
  /**
   * Called when the origin is first asked for this segment, before `onProgress` tells of bytes from
   * there. A player's timeouts begin here: a wait for peers is not the origin's silence.
   */
  readonly onOriginRequest?: (() => void) | undefined;
  /**
   * URL, headers and credentials as the player itself would send them for this segment; they
   * override those of `config.request`. Default: the segment's own URL.
   */
  readonly request?: (Pick<RequestConfig, 'headers' | 'credentials'> & { readonly url?: string }) | undefined;
}

/** A segment, whole, as the origin serves it. */
export interface LoadedSegment {
  /** The only reference to its buffer: it may be transferred. */
  readonly data: Uint8Array<ArrayBuffer>;
  readonly fromPeersBytes: number;
  readonly fromOriginBytes: number;
  /** The URL that answered, after redirects; the segment's own where peers brought all of it. */
  readonly url: string;
  /** What to tell the player's bandwidth estimator. */
  readonly truth: TransferTruth;
}

/**
 * Timing that makes `bytes * 8 / transferMs` the rate that this viewer can sustain, P2P and HTTP
 * together: never the speed of a memory copy, never the wait for a deadline.
 */
export interface TransferTruth {
  /** From the request to the first byte, in ms. */
  readonly firstByteMs: number;
  /** From the first byte to the last, in ms; above 0. */
  readonly transferMs: number;
}
