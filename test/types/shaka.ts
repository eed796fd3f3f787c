import { attachP2P } from 'playswarm/shaka';
import type { P2PEngine } from 'playswarm';
import shaka from 'shaka-player';

const player = new shaka.Player();
export const engine: P2PEngine = attachP2P(player, shaka, { cellular: 'off' });
