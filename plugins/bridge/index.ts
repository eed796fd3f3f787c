/** What the plugins for hls.js, Shaka and VHS share: identities, the playback clock, the truth for ABR. */
export * from './dash.ts';
export * from './hls-segments.ts';
export * from './hls-text.ts';
export * from './hls-tracks.ts';
export * from './playback.ts';
export * from './truth.ts';
