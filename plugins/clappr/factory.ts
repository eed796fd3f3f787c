/** `playswarm/clappr/factory`: the plugins for a Clappr that is handed over, such as @clappr/player's. */
import { hlsLibrary } from '../hlsjs/library.ts';
import type { GivenHls } from '../hlsjs/library.ts';
import { shakaLibrary } from '../shaka/library.ts';
import type { GivenShaka } from '../shaka/library.ts';
import { createDashPlayback } from './dash/playback.ts';
import { extendHlsPlayback } from './hls/host-playback.ts';
import { createHlsPlayback } from './hls/own-playback.ts';
import type { ClapprHost, UICorePluginClass } from './host.ts';
import { createP2PMenu } from './menu/p2p-menu.ts';
import type { P2PPlaybackClass } from './playback.ts';

export * from '../../core/index.ts';
export type { GivenHls } from '../hlsjs/library.ts';
export type { GivenShaka } from '../shaka/library.ts';
export type { ClapprHost, ClapprOptions, P2PClapprOptions, UICorePluginClass } from './host.ts';
export type { P2PPlayback, P2PPlaybackClass } from './playback.ts';

/** What plays the streams, where the page does not leave that to be found. */
export interface ClapprEngines {
  /** The hls.js class. Default: Clappr's own hls.js playback, where it has one; else the global `Hls`; else the package. */
  readonly Hls?: GivenHls;
  /** Shaka's namespace. Default: the global `shaka`; else the package. */
  readonly shaka?: GivenShaka;
}

/** What goes into Clappr's flat array of plugins. */
export interface ClapprPlugins {
  readonly P2PHlsPlayback: P2PPlaybackClass;
  readonly P2PDashPlayback: P2PPlaybackClass;
  readonly P2PMenu: UICorePluginClass;
}

/**
 * Makes the plugins out of the host's own base classes:
 *
 *     import Clappr from '@clappr/player';
 *     import { createClapprPlugins } from 'playswarm/clappr/factory';
 *
 *     const { P2PHlsPlayback, P2PDashPlayback, P2PMenu } = createClapprPlugins(Clappr);
 *     new Clappr.Player({ source, plugins: [P2PHlsPlayback, P2PDashPlayback, P2PMenu], p2p: { upload: { maxKbps: 2000 } } });
 */
export function createClapprPlugins(Clappr: object, engines: ClapprEngines = {}): ClapprPlugins {
  const host = Clappr as ClapprHost;
  if (!host.HTML5Video) throw new TypeError('playswarm/clappr needs Clappr: load @clappr/player or @clappr/core first, or pass it.');
  return {
    P2PHlsPlayback: createHls(host, engines),
    P2PDashPlayback: createDashPlayback(host, shakaLibrary(engines.shaka)),
    P2PMenu: createP2PMenu(host),
  };
}

function createHls(host: ClapprHost, engines: ClapprEngines): P2PPlaybackClass {
  if (host.HLS && !engines.Hls) return extendHlsPlayback(host, host.HLS);
  return createHlsPlayback(host, hlsLibrary(engines.Hls));
}
