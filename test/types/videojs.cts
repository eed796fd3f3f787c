import videojs from 'video.js';
import 'playswarm/videojs';
import type { P2PEngine } from 'playswarm';

const player = videojs('video', { plugins: { p2p: { playback: 'vhs' } } });
export const engine: P2PEngine = player.p2p().engine;

// @ts-expect-error a playback that there is not
player.p2p({ playback: 'flash' });
