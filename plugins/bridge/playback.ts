import type { PlaybackSnapshot } from '../../core/index.ts';

/**
 * Gaps up to this long are played over: hls.js, Shaka and VHS all jump or ignore them, and rounding
 * of segment times leaves smaller ones between almost any two segments. hls.js: `maxBufferHole` 0.1 s.
 */
const GAP_TOLERANCE_S = 0.1;
/** Streams seldom begin at 0 exactly, and players jump to where they do: hls.js as far as 2 s. */
const START_GAP_TOLERANCE_S = 2;

/** What the media element cannot tell. */
export interface PlaybackContext {
  readonly live: boolean;
  /** Seconds behind the live edge, where known. */
  readonly latencyS?: number | undefined;
  /** Where playback will begin, in seconds, while the element has nothing to play yet. */
  readonly startS?: number | undefined;
}

/** With so much to play, whatever the element waits for (a seek within the buffer, its decoder) is not a segment. */
const ENOUGH_S = 0.5;

/** @param media absent while the player has none yet: then playback waits at its start position. */
export function playbackOf(media: HTMLMediaElement | null | undefined, context: PlaybackContext): PlaybackSnapshot {
  const { live, latencyS, startS = 0 } = context;
  if (!media) return { positionS: startS, bufferedAheadS: 0, rate: 1, waiting: true, live, latencyS };
  // Players seek to their start position only once something is buffered there.
  const hasBegun = media.currentTime > 0 || media.played.length > 0;
  const positionS = hasBegun ? media.currentTime : startS;
  const aheadS = bufferedAheadS(media.buffered, positionS, hasBegun ? GAP_TOLERANCE_S : START_GAP_TOLERANCE_S);
  const isHeldUp = media.seeking || media.readyState < HTMLMediaElement.HAVE_FUTURE_DATA;
  return {
    positionS,
    bufferedAheadS: aheadS,
    rate: media.paused ? 0 : media.playbackRate,
    waiting: isHeldUp && !media.ended && aheadS < ENOUGH_S,
    live,
    latencyS,
  };
}

/** @returns how many seconds can be played from `positionS` on; 0 where nothing is buffered there. */
export function bufferedAheadS(buffered: TimeRanges, positionS: number, firstGapS = GAP_TOLERANCE_S): number {
  let endS = positionS;
  // Ranges are in order and do not overlap (HTML, TimeRanges).
  for (let index = 0; index < buffered.length; index++) {
    if (buffered.end(index) < endS) continue;
    if (buffered.start(index) > endS + (endS === positionS ? firstGapS : GAP_TOLERANCE_S)) break;
    endS = buffered.end(index);
  }
  return endS - positionS;
}
