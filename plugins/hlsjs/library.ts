import type Hls from 'hls.js';
import { library } from '../bridge/library.ts';
import type { Library } from '../bridge/library.ts';

export type HlsLibrary = Library<typeof Hls>;

/**
 * hls.js as a page passes it. Its own types would make it a package that every page must install,
 * also one that plays with something else.
 */
export type GivenHls = (new (config?: never) => object) & { isSupported(): boolean };

export function hlsLibrary(given: GivenHls | undefined): HlsLibrary {
  return library('Hls', given as typeof Hls | undefined, () => import('hls.js'));
}

const TYPES = ['application/vnd.apple.mpegurl', 'application/x-mpegurl', 'audio/mpegurl'];

/** Whether a source is HLS: by its type, else by its name. */
export function isHls(src: string, mimeType?: string): boolean {
  return mimeType ? TYPES.includes(mimeType.toLowerCase()) : /^[^?#]*\.m3u8(?:$|[?#])/i.test(src);
}
