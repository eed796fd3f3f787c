/** What `playswarm` exports of the model: what a page or a plugin names. */
export type * from './config.ts';
export * from './errors.ts';
export type * from './events.ts';
export type { PeerId, SegmentKey, SwarmKey, TrackKey } from './ids.ts';
export type * from './loading.ts';
export { segmentKey } from './segment.ts';
export type { ByteRange, Segment, SegmentIdentity } from './segment.ts';
export type * from './stats.ts';
export { trackKey } from './track.ts';
export type { Track, TrackType } from './track.ts';
