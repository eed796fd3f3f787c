import type { AbortableOperation, ProgressUpdated, SchemePlugin, Shaka, ShakaRequest } from './host.ts';

/**
 * Shaka's network plugins are the page's, not a player's: one for `http`, one for `https`, for all
 * players (`net/networking_engine.js`, `registerScheme`). Ours serves a request that a player's own
 * filter has marked, and gives every other to the plugin that Shaka would have used.
 *
 * The mark and the count of players are under global symbols, so that two copies of this file on one
 * page (two UMD builds) serve each other's players and neither takes the plugin from under the other.
 */
const SERVE = Symbol.for('playswarm.shaka.serve');
const USERS = Symbol.for('playswarm.shaka.users');

/** One call of the network plugin, and the way to have it answered as if P2P did not exist. */
export interface Delivery {
  readonly uri: string;
  readonly request: ShakaRequest;
  readonly type: number;
  readonly progressUpdated: ProgressUpdated;
  readonly host: () => AbortableOperation;
}

export type Serve = (delivery: Delivery) => AbortableOperation;

type Marked = { [SERVE]?: Serve };
type Counted = { [USERS]?: number };

/** Has the network plugin serve this request, through all its retries. */
export function mark(request: ShakaRequest, serve: Serve): void {
  Object.defineProperty(request, SERVE, { value: serve, configurable: true });
}

/** Puts our plugin in place, for one more player. @returns what takes it back for that player. */
export function useSchemes(shaka: Shaka): () => void {
  const counted = shaka.net.NetworkingEngine as Counted;
  counted[USERS] = (counted[USERS] ?? 0) + 1;
  register(shaka, schemePlugin(hostPlugin(shaka)));
  let used = true;
  return () => {
    if (!used) return;
    used = false;
    counted[USERS] = (counted[USERS] ?? 1) - 1;
    if (counted[USERS] === 0) register(shaka, hostPlugin(shaka));
  };
}

/**
 * With the priority of Shaka's own: what a page registers with that of an application stays in charge,
 * and what was there before is put back by registering it again. (`unregisterScheme` would leave none.)
 */
function register({ net: { NetworkingEngine } }: Shaka, plugin: SchemePlugin): void {
  for (const scheme of ['http', 'https']) {
    NetworkingEngine.registerScheme(scheme, plugin as never, NetworkingEngine.PluginPriority.PREFERRED, true);
  }
}

/** As Shaka chooses (`net/http_fetch_plugin.js`, `net/http_xhr_plugin.js`); both report progress. */
function hostPlugin({ net: { HttpFetchPlugin, HttpXHRPlugin } }: Shaka): SchemePlugin {
  return (HttpFetchPlugin.isSupported() ? HttpFetchPlugin.parse : HttpXHRPlugin.parse) as SchemePlugin;
}

function schemePlugin(host: SchemePlugin): SchemePlugin {
  return (uri, request, type, progressUpdated, headersReceived, config) => {
    const asHost = () => host(uri, request, type, progressUpdated, headersReceived, config);
    const serve = (request as Marked)[SERVE];
    return serve ? serve({ uri, request, type, progressUpdated, host: asHost }) : asHost();
  };
}
