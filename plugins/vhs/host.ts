/**
 * What is used of VHS (@videojs/http-streaming 3, part of Video.js 8), which has no types of its own.
 * Alternative audio and subtitles are found where VHS keeps them (`mediaTypes_`), for want of a
 * documented way; without that they play as they would without us.
 */

/** The VHS of one source: `tech.vhs`. */
export interface VhsHandler {
  readonly xhr: VhsXhr;
  /** The loader of the playlists of the main stream. */
  readonly playlists: PlaylistLoader;
  readonly playlistController_?: {
    readonly mediaTypes_?: Readonly<Partial<Record<'AUDIO' | 'SUBTITLES', MediaType>>>;
  };
  seekable(): TimeRanges;
}

export interface PlaylistLoader {
  readonly main?: Main;
  /** The playlist that is played; a new object with each change. */
  media(): Playlist | undefined;
  on(event: string, listener: () => void): void;
  off(event: string, listener: () => void): void;
}

/** What the manifest lists. */
export interface Main {
  readonly playlists?: readonly Playlist[];
  /** By GROUP-ID and NAME. */
  readonly mediaGroups?: Readonly<Partial<Record<'AUDIO' | 'SUBTITLES', Readonly<Record<string, Readonly<Record<string, Rendition>>>>>>>;
}

export interface MediaType {
  readonly activePlaylistLoader: Pick<PlaylistLoader, 'media'> | null;
  /** By GROUP-ID. */
  readonly groups: Readonly<Record<string, readonly (Rendition & { readonly playlistLoader?: unknown })[]>>;
}

export interface Rendition {
  /** As the manifest has it; none where the sound is in the main stream. */
  readonly uri?: string;
  readonly language?: string;
}

/** A media playlist or, from a DASH manifest, a Representation (`mpd-parser`, `toM3u8.js`). */
export interface Playlist {
  readonly attributes?: {
    readonly BANDWIDTH?: number;
    readonly CODECS?: string;
    readonly RESOLUTION?: { readonly width?: number; readonly height?: number };
    /** DASH: Representation@id. */
    readonly NAME?: string;
  };
  /** As the manifest has it. (`resolvedUri` follows redirects.) */
  readonly uri?: string;
  readonly mediaSequence?: number;
  readonly endList?: boolean;
  readonly segments?: readonly PlaylistSegment[];
}

export interface PlaylistSegment {
  readonly resolvedUri: string;
  readonly duration: number;
  /** HLS: the discontinuity sequence number (`m3u8-parser`, `currentTimeline`). */
  readonly timeline: number;
  /** The last one of a low-latency playlist, which consists of parts so far. */
  readonly preload?: boolean;
  readonly parts?: readonly { readonly duration: number }[];
  readonly byterange?: { readonly offset: number | bigint; readonly length: number | bigint };
  /** Where it begins on the player's timeline, in seconds, once VHS has seen it or one next to it. */
  readonly start?: number;
  /** DASH only: on the presentation's timeline, in seconds. */
  readonly presentationTime?: number;
}

/** What VHS asks for, before it becomes a request of `@videojs/xhr`. */
export interface RequestOptions {
  uri: string;
  /** `segment` for media segments of all kinds, and nothing else. */
  readonly requestType?: string;
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** In ms; 0: none. */
  timeout?: number;
  /** "Something that acts like one" (`@videojs/xhr`, README). */
  xhr?: unknown;
}

export type RequestHook = (options: RequestOptions) => RequestOptions | undefined;

export interface VhsXhr {
  onRequest(hook: RequestHook): void;
  offRequest(hook: RequestHook): void;
  readonly _requestCallbackSet?: ReadonlySet<RequestHook>;
  readonly beforeRequest?: RequestHook;
  /** `false` where a page has put a function of its own in its place. */
  readonly original?: boolean;
}

/** The page's `videojs`. */
export interface VideojsWithVhs {
  readonly Vhs: { readonly xhr: VhsXhr };
  /** `@videojs/xhr`, and the XMLHttpRequest that it uses. */
  readonly xhr: { readonly XMLHttpRequest?: typeof XMLHttpRequest };
}

/** The player event that VHS triggers right before it asks for a segment (`media-segment-request.js`). */
export interface SegmentLoadStart {
  readonly metadata?: {
    readonly segmentInfo?: { readonly uri?: string; readonly start?: number | null; readonly duration?: number };
  };
}

export interface PlayerEvents {
  on(event: string, listener: (event: never) => void): void;
  off(event: string, listener: (event: never) => void): void;
}
