// What is played. `recorded` and `live` are the same segments; `other` is what a player changes to.
const onDemandTs = '/media/vod/main.m3u8';

/** @typedef {'HLS TS' | 'HLS fMP4' | 'DASH'} Format */

/** `heights`: of its qualities, in px. `languages`: of its sound tracks and captions, in the order of the manifest. */
export const streams = {
  'HLS TS': { heights: [144, 216, 288], recorded: onDemandTs, live: '/live/vod/main.m3u8', other: '/media/tracks/main.m3u8' },
  'HLS fMP4': { heights: [108, 144], languages: ['en', 'es'], recorded: '/media/tracks/main.m3u8', live: '/live/tracks/main.m3u8', other: onDemandTs },
  DASH: { heights: [108, 144], languages: ['en', 'es'], recorded: '/media/tracks/manifest.mpd', live: '/live/tracks/manifest.mpd', other: '/media/dash/manifest.mpd' },
};
