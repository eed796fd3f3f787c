import type { PlaybackSnapshot } from '../../core/index.ts';

/**
 * Gaps up to this long are played over: hls.js, Shaka and VHS all jump or ignore them, and rounding
 * of segment times leaves smaller ones between almost any two segments. hls.js: `maxBufferHole` 0.1 s.
 */
const GAP_TOLERANCE_S = 0.1;

/** What the media element cannot tell. */
export interface PlaybackContext {
  readonly live: boolean;
  /** Seconds behind the live edge, where known. */
  readonly latencyS?: number | undefined;
  /** Where playback will begin, in seconds, while the element has nothing to play yet. */
  readonly startS?: number | undefined;
}

/** @param media absent while the player has none yet: then playback waits at its start position. */
export function playbackOf(media: HTMLMediaElement | null | undefined, context: PlaybackContext): PlaybackSnapshot {
  const { live, latencyS, startS } = context;
  // Players seek to their start position only once something is buffered there.
  if (!media || (media.currentTime === 0 && media.buffered.length === 0)) {
    return { positionS: startS ?? 0, bufferedAheadS: 0, rate: media?.paused ? 0 : 1, waiting: true, live, latencyS };
  }
  const positionS = media.currentTime;
  return {
    positionS,
    bufferedAheadS: bufferedAheadS(media.buffered, positionS),
    rate: media.paused ? 0 : media.playbackRate,
    waiting: !media.ended && (media.seeking || media.readyState < HTMLMediaElement.HAVE_FUTURE_DATA),
    live,
    latencyS,
  };
}

/** @returns how many seconds can be played from `positionS` on; 0 where nothing is buffered there. */
export function bufferedAheadS(buffered: TimeRanges, positionS: number): number {
  let endS = positionS;
  // Ranges are in order and do not overlap (HTML, TimeRanges).
  for (let index = 0; index < buffered.length; index++) {
    if (buffered.end(index) < endS) continue;
    if (buffered.start(index) > endS + GAP_TOLERANCE_S) break;
    endS = buffered.end(index);
  }
  return endS - positionS;
}
