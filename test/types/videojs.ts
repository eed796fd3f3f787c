import videojs from 'video.js';
import 'playswarm/videojs';
import type { VideojsP2PConfig } from 'playswarm/videojs';
import type { P2PEngine } from 'playswarm';

const config: VideojsP2PConfig = { playback: 'vhs', upload: { maxKbps: 2000 }, menu: false };
const player = videojs('video', { controls: true, plugins: { p2p: config } });
export const engine: P2PEngine = player.p2p().engine;
player.p2p({ playback: 'hls.js' });

// @ts-expect-error a playback that there is not
player.p2p({ playback: 'flash' });
// @ts-expect-error a key that there is not
export const misspelt: VideojsP2PConfig = { uplaod: false };
