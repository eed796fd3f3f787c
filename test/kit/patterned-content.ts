import type { MemoryOrigin } from './memory-origin.ts';
import type { ModelContent } from './model-player.ts';
import { patternedResource } from './resources.ts';

export interface PatternedOptions {
  /** Default 4. */
  readonly segmentS?: number;
  /** Default 800 kbit/s. */
  readonly bitrateBps?: number;
  /** How many segments the origin has. Default 15. */
  readonly segments?: number;
  /** The last of them that were complete when the world began: the others appear one by one. Absent: on demand. */
  readonly live?: { readonly windowSegments: number };
  /** Tells contents apart. Default `film`. */
  readonly name?: string;
}

/** A rendition whose bytes follow from its URLs: whoever gets other ones was given wrong ones. */
export function publishPatterned(
  origin: MemoryOrigin,
  { bitrateBps = 800_000, live, name = 'film', segments = 15, segmentS = 4 }: PatternedOptions = {},
): ModelContent {
  const segmentUrl = (sequence: number): string => `https://origin.test/${name}/${bitrateBps}/${sequence}.ts`;
  for (let sequence = 0; sequence < segments; sequence++) {
    // No two segments are of one length, and none is a whole number of pieces.
    const sizeBytes = Math.round((bitrateBps * segmentS) / 8) + 1 + 1_000 * (sequence % 7);
    origin.serve(segmentUrl(sequence), patternedResource(segmentUrl(sequence), sizeBytes));
  }
  return {
    manifestUrl: `https://origin.test/${name}/main.m3u8`,
    track: { type: 'main', bitrateBps },
    segmentS,
    segmentUrl,
    extent: live ? { liveSinceMs: -live.windowSegments * segmentS * 1000, windowSegments: live.windowSegments } : { segments },
  };
}
