/** A stream on its way to a media element, played by hls.js, Shaka or the browser. */
export interface Stream {
  /** Frame heights on offer in px, highest first; empty while unknown, or where the browser decides. */
  heights(): readonly number[];
  /** @param height one of those; 0: chosen by the measured speed. */
  selectHeight(height: number): void;
  /** Seconds behind live; `undefined` on demand, and before it is known. */
  latencyS(): number | undefined;
  close(): void;
}

export interface StreamListener {
  /** `heights` has an answer, or another one. */
  onHeights(): void;
}

/** Highest first, each once: Plyr's menu knows qualities by their height alone. */
export function distinctHeights(heights: readonly (number | null)[]): readonly number[] {
  return [...new Set(heights.filter((height): height is number => Boolean(height)))].sort((a, b) => b - a);
}

/** @returns the index of the best rendition of that height; -1: there is none. */
export function bestOfHeight(renditions: readonly { readonly height: number | null; readonly bitrateBps: number }[], height: number): number {
  return renditions.reduce(
    (best, { height: its, bitrateBps }, index) => (its === height && bitrateBps > (renditions[best]?.bitrateBps ?? -1) ? index : best),
    -1,
  );
}
