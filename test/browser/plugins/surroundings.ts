import { trackKey } from '../../../core/index.ts';

/** Where the origin of the browser tests is; see karma.conf.cjs. */
export const origin = (window as unknown as { __karma__: { config: { playswarm: { origin: string } } } }).__karma__.config.playswarm.origin;

/** Resolves when `condition` holds; rejects with `what` after `seconds`. */
export async function until(condition: () => boolean, what: string, seconds = 12): Promise<void> {
  const endMs = performance.now() + seconds * 1000;
  while (!condition()) {
    if (performance.now() > endMs) throw new Error(`not within ${seconds} s: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

export function makeVideo(): HTMLVideoElement {
  const video = document.createElement('video');
  video.muted = true;
  document.body.append(video);
  return video;
}

/** The address of a text that no server has. */
export function textUrl(text: string): string {
  return URL.createObjectURL(new Blob([text]));
}

/** Picture and sound that are listed several times: with other bandwidths, and in other groups. */
export const sharedPlaylists = `#EXTM3U
#EXT-X-VERSION:7
#EXT-X-MEDIA:TYPE=AUDIO,GROUP-ID="surround",NAME="English",LANGUAGE="en",DEFAULT=YES,AUTOSELECT=YES,URI="${origin}/media/tracks/en/playlist.m3u8"
#EXT-X-MEDIA:TYPE=AUDIO,GROUP-ID="48",NAME="English",LANGUAGE="en",DEFAULT=YES,AUTOSELECT=YES,URI="${origin}/media/tracks/en/playlist.m3u8"
#EXT-X-STREAM-INF:BANDWIDTH=900000,RESOLUTION=256x144,CODECS="avc1.4d4015,mp4a.40.2",AUDIO="surround"
${origin}/media/tracks/400k/playlist.m3u8
#EXT-X-STREAM-INF:BANDWIDTH=450000,RESOLUTION=256x144,CODECS="avc1.4d4015,mp4a.40.2",AUDIO="48"
${origin}/media/tracks/400k/playlist.m3u8
#EXT-X-STREAM-INF:BANDWIDTH=450000,RESOLUTION=256x144,CODECS="avc1.4d4015,mp4a.40.2",AUDIO="surround"
${origin}/media/tracks/400k/playlist.m3u8
`;

/** The same in all players, whichever of them each plays, in whatever order it keeps them. */
export const sharedTracks = [
  trackKey({ type: 'main', codecs: 'avc1.4d4015,mp4a.40.2', width: 256, height: 144, bitrateBps: 450_000 }),
  ['surround', '48'].map((group) => trackKey({ type: 'audio', language: 'en', name: `${group}/English` })).sort()[0]!,
];
