/**
 * What is used of Shaka Player, 4.3 to 5: its exported API only, which its compiled builds keep by name.
 * Structural, so that either major's own types fit.
 */

export interface ShakaPlayer {
  addEventListener(type: string, listener: () => void): void;
  removeEventListener(type: string, listener: () => void): void;
  getNetworkingEngine(): NetworkingEngine | null;
  getAssetUri(): string | null;
  /** `'DASH'`, `'HLS'`, … ; null until the manifest is parsed. */
  getManifestType(): string | null;
  /** `shaka.Player.LoadMode`. */
  getLoadMode(): number;
  getMediaElement(): HTMLMediaElement | null;
  isLive(): boolean;
  /** In seconds, on the player's timeline. */
  seekRange(): { readonly start: number; readonly end: number };
  /** When the presentation's time was 0; null where the stream does not tell. */
  getPresentationStartTimeAsDate(): Date | null;
  getManifest(): Manifest | null;
}

/** `shaka.Player.LoadMode.DESTROYED`. */
export const DESTROYED = 0;

export interface Manifest {
  readonly variants: readonly { readonly audio: Stream | null; readonly video: Stream | null }[];
  readonly textStreams: readonly Stream[];
}

/** Is one object per stream, through all updates of the manifest. */
export interface Stream {
  /** `shaka.util.ManifestParserUtils.ContentType`. */
  readonly type: string;
  /** DASH: Representation@id; of several Periods with different ids, all of them with commas. */
  readonly originalId: string | null;
  /** In bit/s. */
  readonly bandwidth?: number | undefined;
  readonly width?: number | undefined;
  readonly height?: number | undefined;
  readonly segmentIndex: SegmentIndex | null;
}

/**
 * Its references lie at consecutive positions. (Its iterator gives partial segments, too, and
 * `forEachTopLevelReference` has no name in compiled builds.)
 */
export interface SegmentIndex {
  /** The position of the segment at a time, in seconds: the first one's where that is later; null: none. */
  find(timeS: number): number | null;
  /** Makes references that were not asked for yet (`dash/segment_template.js`, `TimelineSegmentIndex`). */
  get(position: number): SegmentReference | null;
}

/** Is one object per segment, through all updates of the manifest (`media/segment_index.js`, `mergeAndEvict`). */
export interface SegmentReference {
  /** On the presentation's timeline, in seconds, which is that of the media element too. */
  getStartTime(): number;
  getEndTime(): number;
  getUris(): readonly string[];
  getStartByte(): number;
  /** Inclusive; null: to the end of the resource. */
  getEndByte(): number | null;
  /** HLS: it is played while it arrives (`hls/hls_parser.js`, `createSegmentReference_`). */
  hasByterangeOptimization(): boolean;
}

/** One object from the request filters to the scheme plugin, through all retries (`net/networking_engine.js`). */
export interface ShakaRequest {
  readonly method: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly allowCrossSiteCredentials: boolean;
  readonly retryParameters: RetryParameters;
}

/** Timeouts in ms; 0: none. */
export interface RetryParameters {
  readonly timeout: number;
  readonly connectionTimeout: number;
  readonly stallTimeout: number;
}

export interface ShakaResponse {
  /** The URL that answered, after redirects. */
  uri: string;
  /** The URL that was asked. */
  originalUri: string;
  data: ArrayBuffer | ArrayBufferView;
  headers: Record<string, string>;
  status?: number | undefined;
  originalRequest: ShakaRequest;
  timeMs?: number | undefined;
  fromCache?: boolean | undefined;
}

export interface RequestContext {
  /** `shaka.net.NetworkingEngine.AdvancedRequestType`. */
  readonly type?: number | undefined;
  readonly stream?: Stream | null | undefined;
  readonly segment?: SegmentReference | null | undefined;
}

export type RequestFilter = (type: number, request: ShakaRequest, context?: RequestContext) => void;
export type ResponseFilter = (type: number, response: ShakaResponse, context?: RequestContext) => void;

export interface NetworkingEngine {
  registerRequestFilter(filter: RequestFilter): void;
  unregisterRequestFilter(filter: RequestFilter): void;
  registerResponseFilter(filter: ResponseFilter): void;
  unregisterResponseFilter(filter: ResponseFilter): void;
}

export interface AbortableOperation {
  readonly promise: Promise<ShakaResponse>;
  abort(): Promise<unknown>;
}

/** Bytes and ms since the last call; what remains in bytes, 0 where it is not known. */
export type ProgressUpdated = (elapsedMs: number, bytes: number, remainingBytes: number) => void;

export type SchemePlugin = (
  uri: string,
  request: ShakaRequest,
  type: number,
  progressUpdated: ProgressUpdated,
  headersReceived: (headers: Record<string, string>) => void,
  config: object,
) => AbortableOperation;

/** The namespace `shaka`: the global of a script tag, or what the package exports. */
export interface Shaka {
  readonly net: {
    readonly NetworkingEngine: NetworkingEngineClass;
    readonly HttpFetchPlugin: { isSupported(): boolean; readonly parse: unknown };
    readonly HttpXHRPlugin: { readonly parse: unknown };
  };
  readonly util: {
    readonly AbortableOperation: new (promise: Promise<ShakaResponse>, onAbort: () => Promise<unknown>) => AbortableOperation;
    readonly Error: ErrorClass;
  };
}

export interface NetworkingEngineClass {
  registerScheme(scheme: string, plugin: never, priority?: number, progressSupport?: boolean): void;
  readonly RequestType: { readonly MANIFEST: number; readonly SEGMENT: number };
  readonly AdvancedRequestType: { readonly MASTER_PLAYLIST: number; readonly MPD: number };
  readonly PluginPriority: { readonly FALLBACK: number; readonly PREFERRED: number };
}

export interface ErrorClass {
  new (severity: number, category: number, code: number, ...data: unknown[]): Error;
  readonly Severity: { readonly RECOVERABLE: number };
  readonly Category: { readonly NETWORK: number };
  readonly Code: {
    readonly BAD_HTTP_STATUS: number;
    readonly HTTP_ERROR: number;
    readonly TIMEOUT: number;
    readonly OPERATION_ABORTED: number;
  };
}
