import videojs from 'video.js';
import 'playswarm/videojs';
import type { VideojsP2PConfig } from 'playswarm/videojs';
import type { P2PEngine } from 'playswarm';

const config: VideojsP2PConfig = { playback: 'vhs', upload: { maxKbps: 2000 }, menu: false };
const player = videojs('video', { controls: true, plugins: { p2p: config } });
export const engine: P2PEngine = player.p2p().engine;
