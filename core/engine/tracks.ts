import type { TrackKey } from '../model/index.ts';
import { withEntry } from './draft.ts';
import type { Draft } from './draft.ts';
import type { Neighbour } from './state.ts';

/** A neighbour that has told of no segment of a track for so long plays another one: long segments and full buffers make pauses. */
const TRACK_LIFE_MS = 60_000;
/** Often enough for that. */
const NOTED_EVERY_MS = 10_000;
/** Tracks remembered of one neighbour: video and audio of a few renditions, not whatever it makes up. */
const MAX_TRACKS = 8;

/** The neighbour has told of a segment of the track. */
export function noteTrack(draft: Draft, { peer, tracks }: Neighbour, track: TrackKey): void {
  const notedAtMs = tracks.get(track);
  if (notedAtMs === undefined ? tracks.size >= MAX_TRACKS : draft.nowMs - notedAtMs < NOTED_EVERY_MS) return;
  const neighbour = draft.neighbours.edit(peer);
  if (neighbour) neighbour.tracks = withEntry(tracks, track, draft.nowMs);
}

/** Whether the neighbour plays the track, as far as is known: one that has told nothing may play any. */
export function mayPlay({ tracks }: Neighbour, track: TrackKey, nowMs: number): boolean {
  const notedAtMs = tracks.get(track);
  return tracks.size === 0 || (notedAtMs !== undefined && nowMs - notedAtMs < TRACK_LIFE_MS);
}
