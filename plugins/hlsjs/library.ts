import type Hls from 'hls.js';
import { library } from '../bridge/library.ts';
import type { Library } from '../bridge/library.ts';

export type HlsLibrary = Library<typeof Hls>;

/** @param given by the page, if it did. */
export function hlsLibrary(given?: typeof Hls): HlsLibrary {
  return library('Hls', given, () => import('hls.js'));
}

const TYPES = ['application/vnd.apple.mpegurl', 'application/x-mpegurl', 'audio/mpegurl'];

/** Whether a source is HLS: by its type, else by its name. */
export function isHls(src: string, mimeType?: string): boolean {
  return mimeType ? TYPES.includes(mimeType.toLowerCase()) : /^[^?#]*\.m3u8(?:$|[?#])/i.test(src);
}
