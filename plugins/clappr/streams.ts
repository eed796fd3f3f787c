import { isHls } from '../hlsjs/library.ts';
import { isDash } from '../shaka/library.ts';

/** Whether a source is one that viewers can share. */
export function isShareable(src: string, mimeType?: string): boolean {
  return isHls(src, mimeType) || isDash(src, mimeType);
}

/** Whether this browser can be fed segments; without it, only its own HLS player is left. */
export function hasMediaSource(): boolean {
  return 'MediaSource' in globalThis || 'ManagedMediaSource' in globalThis;
}
