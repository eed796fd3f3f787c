import type shaka from 'shaka-player';
import { library } from '../bridge/library.ts';
import type { Library } from '../bridge/library.ts';

export type ShakaLibrary = Library<typeof shaka>;

/** @param given by the page, if it did. */
export function shakaLibrary(given?: typeof shaka): ShakaLibrary {
  return library('shaka', given, () => import('shaka-player'));
}

/** Whether a source is MPEG-DASH: by its type, else by its name. */
export function isDash(src: string, mimeType?: string): boolean {
  return mimeType ? mimeType.toLowerCase() === 'application/dash+xml' : /^[^?#]*\.mpd(?:$|[?#])/i.test(src);
}
