import Hls from 'hls.js';
import { withP2P } from 'playswarm/hlsjs';
import type { P2PEngine } from 'playswarm';

const HlsWithP2P = withP2P(Hls);
const hls = new HlsWithP2P({ maxBufferLength: 20, p2p: { upload: { maxKbps: 2000 } } });
hls.loadSource('https://example.com/main.m3u8');
hls.on(HlsWithP2P.Events.LEVEL_SWITCHED, (_event, { level }) => level.toFixed());
export const engine: P2PEngine = hls.p2p;

// @ts-expect-error a key that there is not
new HlsWithP2P({ p2p: { uplaod: false } });
