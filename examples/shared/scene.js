// What an example's address asks for, and what every example hands its player.
//   ?live            the live stream instead of the recorded one
//   ?quality=400k    one quality instead of adapting
//   ?embed           a small viewer inside another example's page

const query = new URLSearchParams(location.search);

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
export function address(changes) {
  const wanted = { live, quality, embed: embedded, ...changes };
  const parts = [];
  if (wanted.live) parts.push('live');
  if (wanted.quality !== 'auto') parts.push(`quality=${wanted.quality}`);
  if (wanted.embed) parts.push('embed');
  return location.pathname + (parts.length > 0 ? `?${parts.join('&')}` : '');
}

const leaf = quality === 'auto' ? 'main.m3u8' : `${quality}/playlist.m3u8`;
export const source = new URL(live ? `/live/vod/${leaf}` : `/media/vod/${leaf}`, location.href).href;

/** Local tracker, no STUN server: the whole swarm is on this machine. */
export async function localConfig() {
  const { trackerPort } = await (await fetch('/local.json')).json();
  return { trackers: [`ws://${location.hostname}:${trackerPort}`], rtcConfig: { iceServers: [] } };
}
