import { attachP2P } from 'playswarm/shaka';
import type { P2PEngine } from 'playswarm';
import shaka from 'shaka-player';

export const engine: P2PEngine = attachP2P(new shaka.Player(), shaka);
