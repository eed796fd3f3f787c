// What an example's address asks for, and what every example hands its player.
//   ?dash            MPEG-DASH instead of HLS
//   ?live            the live stream instead of the recorded one
//   ?quality=400k    one quality instead of adapting (HLS)
//   ?embed           a small viewer inside another example's page
import { queryFor } from './list.js';

const query = new URLSearchParams(location.search);

export const format = query.has('dash') ? 'dash' : 'hls';
export const live = query.has('live');
export const quality = query.get('quality') ?? 'auto';
export const embedded = query.has('embed');

export const qualities = [
  { value: 'auto', label: 'Adaptive quality' },
  { value: '2000k', label: '2 Mbit/s' },
  { value: '1000k', label: '1 Mbit/s' },
  { value: '400k', label: '0.4 Mbit/s' },
];

/** The address of this example with some of that changed. */
export const address = (changes) => location.pathname + queryFor({ format, live, quality, embed: embedded, ...changes });

const streams = {
  hls: { path: `vod/${quality === 'auto' ? 'main' : `${quality}/playlist`}.m3u8`, type: 'application/x-mpegURL' },
  dash: { path: 'tracks/manifest.mpd', type: 'application/dash+xml' },
};
const { path, type } = streams[format];

/** The manifest's URL and MIME type. */
export const stream = { source: new URL(`/${live ? 'live' : 'media'}/${path}`, location.href).href, type };

/** Local tracker, no STUN server: the whole swarm is on this machine. */
export async function localConfig() {
  const { trackerPort } = await (await fetch('/local.json')).json();
  return { trackers: [`ws://${location.hostname}:${trackerPort}`], rtcConfig: { iceServers: [] } };
}
