/** `playswarm/videojs`: importing it registers the plugin `p2p` and its source handler with Video.js 8. */
import videojs from 'video.js';
import type { VideojsP2PConfig } from './config.ts';
import { Html5Tech } from './host.ts';
import { P2PPlugin } from './plugin.ts';
import { p2pSourceHandler } from './source-handler.ts';

export * from '../../core/index.ts';
export type { PlaybackName, VideojsP2PConfig } from './config.ts';
export type { P2PPlugin } from './plugin.ts';

// Before VHS, which registers itself at 0; with no `p2p` in a player's options it declines everything.
Html5Tech.registerSourceHandler(p2pSourceHandler, 0);
videojs.registerPlugin('p2p', P2PPlugin);

declare module 'video.js/dist/types/player.js' {
  export default interface Player {
    /** Sets P2P up, or gives what was set up. */
    p2p(config?: VideojsP2PConfig): P2PPlugin;
  }
}
