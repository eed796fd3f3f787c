import { trackOf } from '../model/index.ts';
import type { PlaybackSnapshot, Segment, SegmentKey } from '../model/index.ts';
import type { Draft } from './draft.ts';
import * as TUNING from './tuning.ts';

export function onPlayback(draft: Draft, playback: PlaybackSnapshot): void {
  draft.playback = { ...playback, atMs: draft.nowMs };
}

/** Below this, a playhead is where it was expected. */
const AS_EXPECTED_S = 0.05;

/** Whether playback is just as the last snapshot let expect. */
export function goesOn(draft: Draft, { live, positionS, rate, waiting }: PlaybackSnapshot): boolean {
  const known = draft.playback;
  return live === known.live && rate === known.rate && waiting === known.waiting && Math.abs(positionS - playheadS(draft)) < AS_EXPECTED_S;
}

/** Where the playhead is now, from the last snapshot and the time since. */
export function playheadS(draft: Draft): number {
  const { positionS, rate, waiting, atMs } = draft.playback;
  return waiting ? positionS : positionS + (Math.max(0, rate) * (draft.nowMs - atMs)) / 1000;
}

/**
 * How long until the playhead reaches the segment: what a wait may be paid from. 0 while the viewer
 * waits for data, and for segments whose time is unknown. A paused player is taken as about to play.
 */
export function slackMs(draft: Draft, key: SegmentKey): number {
  const segment = draft.index.get(key);
  if (!segment || draft.playback.waiting) return 0;
  const rate = draft.playback.rate > 0 ? draft.playback.rate : 1;
  const slack = ((segment.startS - playheadS(draft)) * 1000) / rate;
  // A time that is no number must not become a wait without end.
  return slack > 0 && slack < Infinity ? slack : 0;
}

/** The segment's length in bytes: as told, or estimated from its track's other segments; 0: no idea. */
export function expectedBytes(draft: Draft, key: SegmentKey): number {
  const told = draft.segments.get(key)?.sizeBytes;
  if (told !== undefined) return told;
  const segment = draft.index.get(key);
  const bytesPerS = segment && draft.trackRates.get(segment.track);
  return segment && bytesPerS ? bytesPerS * segment.durationS : 0;
}

/** Of the track that the segment is of, as seen; 0 while unknown. */
export function bitrateBps(draft: Draft, segment: SegmentKey): number {
  return (draft.trackRates.get(trackOf(segment)) ?? 0) * 8;
}

/**
 * How long the origin would take for so many bytes of the segment, cautiously: measured time to the
 * first byte and rate, a margin on both, and a reserve for appending.
 */
export function originTimeMs(draft: Draft, segment: Segment, bytes: number): number {
  const firstByteMs = draft.origin.firstByteMs || TUNING.assumedFirstByteMs;
  const transferMs =
    draft.origin.rateBps > 0 && bytes > 0
      ? (bytes * 8000) / draft.origin.rateBps
      : (Math.max(0, segment.durationS || 0) * 1000) / TUNING.assumedOriginSpeed;
  return (firstByteMs + transferMs) * TUNING.originTimeMargin + TUNING.originReserveMs;
}
