import Clappr from '@clappr/core';
import { P2PDashPlayback, P2PHlsPlayback, P2PMenu } from 'playswarm/clappr';
import type { P2PConfig, P2PEngine } from 'playswarm';
import type { P2PClapprOptions, P2PPlayback } from 'playswarm/clappr';

export const p2p: P2PConfig = { upload: { maxKbps: 2000 } };
const options = { source: '/main.m3u8', mute: true, plugins: [P2PHlsPlayback, P2PDashPlayback, P2PMenu], p2p, shakaConfiguration: {} };
export const checked: P2PClapprOptions = options;
const player = new Clappr.Player(options);
export const canPlay: boolean = P2PHlsPlayback.canPlay('/main.m3u8');
export const engine: P2PEngine = (player.core.activePlayback as P2PPlayback).p2p;

// @ts-expect-error a key that there is not
export const misspelt: P2PClapprOptions = { p2p: { uplaod: false } };
