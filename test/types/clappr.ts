import { P2PDashPlayback, P2PHlsPlayback, P2PMenu } from 'playswarm/clappr';
import type { P2PConfig, P2PEngine } from 'playswarm';
import type { P2PPlayback } from 'playswarm/clappr';

export const plugins = [P2PHlsPlayback, P2PDashPlayback, P2PMenu];
export const p2p: P2PConfig = { upload: { maxKbps: 2000 } };
export const canPlay: boolean = P2PHlsPlayback.canPlay('/main.m3u8');
export const engineOf = (playback: P2PPlayback): P2PEngine => playback.p2p;
