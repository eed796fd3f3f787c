import type { Segment } from './segment.ts';

/** Caps on what a viewer gives. Both are optional; absent means no cap of that kind. */
export interface UploadLimits {
  /** Kilobits per second. */
  readonly maxKbps?: number;
  /** Megabytes (10^6 bytes) in the life of the engine. */
  readonly maxMB?: number;
}

/** What may be done on a cellular connection, or where the browser's data saver is on. */
export type CellularPolicy = 'off' | 'download' | 'on';

/**
 * How bytes from peers are checked before they are played:
 * - `'length'`: each segment must have the length that the origin, or most peers, state;
 * - a function: the publisher's digest of a segment, as 64 hexadecimal digits of SHA-256 over the
 *   bytes as the origin serves them, or `undefined` where it has none (then length is checked).
 */
export type Integrity = 'length' | ((segment: Segment) => string | undefined | Promise<string | undefined>);

export interface CacheConfig {
  /** The most bytes held, in megabytes (10^6). Default 128, and 64 on phones and tablets. */
  readonly maxMB?: number;
}

/** What is sent to the origin with each segment request that the engine makes. */
export interface RequestConfig {
  readonly headers?: Readonly<Record<string, string>>;
  readonly credentials?: 'omit' | 'same-origin' | 'include';
  /** Called with the segment's URL just before the request; gives the URL to ask (URL signing). */
  readonly sign?: (url: string) => string | Promise<string>;
}

/** The one configuration object, the same for every plugin. Everything is optional. */
export interface P2PConfig {
  /** WebTorrent trackers, `wss://` or `ws://`. Default: public ones; run your own in production. */
  readonly trackers?: readonly string[];
  /** Passed to RTCPeerConnection. Default: public STUN servers. */
  readonly rtcConfig?: RTCConfiguration;
  /** Name of the swarm; default: the manifest's URL without query and fragment. */
  readonly swarmId?: string;
  /** `false`: nothing is sent to or taken from peers, and no connection is made. Default `true`. */
  readonly enabled?: boolean;
  /** `false`: upload nothing. Default: no cap. */
  readonly upload?: boolean | UploadLimits;
  /** Default `'off'`. */
  readonly cellular?: CellularPolicy;
  /**
   * Before consent no RTCPeerConnection exists and no tracker is told of the viewer.
   * `true` (default): given or not needed; `false`: not given (yet, see `configure`).
   */
  readonly consent?: boolean;
  /** Default `'length'`. */
  readonly integrity?: Integrity;
  readonly cache?: CacheConfig;
  readonly request?: RequestConfig;
}

/** The configuration with every default filled in. */
export interface ResolvedConfig {
  readonly trackers: readonly string[];
  readonly rtcConfig: RTCConfiguration;
  readonly swarmId: string | undefined;
  readonly enabled: boolean;
  /** In bit/s; 0: upload nothing; Infinity: no cap. */
  readonly uploadMaxBps: number;
  /** In bytes in the life of the engine; Infinity: no cap. */
  readonly uploadMaxBytes: number;
  readonly cellular: CellularPolicy;
  readonly consent: boolean;
  readonly integrity: Integrity;
  /** `undefined`: the platform's default. */
  readonly cacheMaxBytes: number | undefined;
  readonly request: RequestConfig;
}
