/** Default caps of the cache, in bytes. */
const DESKTOP_CACHE_BYTES = 128_000_000;
const MOBILE_CACHE_BYTES = 64_000_000;

/**
 * Whether players can be fed segments here: Media Source Extensions, or Safari's ManagedMediaSource
 * (iOS 17.1 and later), which hls.js and Shaka use as well.
 */
export function hasMediaSource(): boolean {
  return 'MediaSource' in globalThis || 'ManagedMediaSource' in globalThis;
}

/** Phones and tablets have less memory to lend. */
export function defaultCacheBytes(): number {
  // iPadOS calls itself a Macintosh; its touch points give it away.
  const tablet = navigator.maxTouchPoints > 1 && /Macintosh/.test(navigator.userAgent);
  return tablet || /Mobi|Android|iPad/.test(navigator.userAgent) ? MOBILE_CACHE_BYTES : DESKTOP_CACHE_BYTES;
}
