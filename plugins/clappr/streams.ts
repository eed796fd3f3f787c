/** Whether a source is one that hls.js or Shaka plays, by type or else by name, as Clappr's own playbacks tell. */

const HLS_TYPES = ['application/vnd.apple.mpegurl', 'application/x-mpegurl', 'audio/mpegurl'];
const DASH_TYPES = ['application/dash+xml'];

export function isHls(src: string, mimeType?: string): boolean {
  return is(src, mimeType, 'm3u8', HLS_TYPES);
}

export function isDash(src: string, mimeType?: string): boolean {
  return is(src, mimeType, 'mpd', DASH_TYPES);
}

/** Whether this browser can be fed segments; without it, only its own HLS player is left. */
export function hasMediaSource(): boolean {
  return 'MediaSource' in globalThis || 'ManagedMediaSource' in globalThis;
}

function is(src: string, mimeType: string | undefined, extension: string, types: readonly string[]): boolean {
  if (mimeType) return types.includes(mimeType.toLowerCase());
  return (src.split(/[?#]/)[0] ?? '').toLowerCase().endsWith(`.${extension}`);
}
