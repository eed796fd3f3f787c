import type shaka from 'shaka-player';
import { library } from '../bridge/library.ts';
import type { Library } from '../bridge/library.ts';

export type ShakaLibrary = Library<typeof shaka>;

/**
 * Shaka's namespace as a page passes it. Its own types would make it a package that every page must
 * install, also one that plays with something else.
 */
export interface GivenShaka {
  readonly Player: (new () => object) & { isBrowserSupported(): boolean };
}

export function shakaLibrary(given: GivenShaka | undefined): ShakaLibrary {
  return library('shaka', given as typeof shaka | undefined, () => import('shaka-player'));
}

/** Whether a source is MPEG-DASH: by its type, else by its name. */
export function isDash(src: string, mimeType?: string): boolean {
  return mimeType ? mimeType.toLowerCase() === 'application/dash+xml' : /^[^?#]*\.mpd(?:$|[?#])/i.test(src);
}
