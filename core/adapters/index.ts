import { joinBytes } from '../model/index.ts';
import type { Log, Platform } from '../ports/index.ts';
import { assembleBytes } from './assemble-bytes.ts';
import { browserNetwork } from './browser-network.ts';
import { defaultCacheBytes, hasMediaSource } from './browser-abilities.ts';
import { silentLog } from './console-log.ts';
import { cryptoRandom } from './crypto-random.ts';
import { FetchHttp } from './fetch-http.ts';
import { MemoryStore } from './memory-store.ts';
import { SimplePeerLinks } from './simple-peer-links.ts';
import { systemClock } from './system-clock.ts';
import { webCryptoDigest } from './web-crypto-digest.ts';
import { WebSocketTracker } from './websocket-tracker.ts';

export { consoleLog, silentLog } from './console-log.ts';

/** The browser. Touches nothing until it is used. */
export function browserPlatform(log: Log = silentLog): Platform {
  const clock = systemClock;
  const random = cryptoRandom;
  return {
    clock,
    random,
    log,
    http: new FetchHttp(),
    digest: webCryptoDigest,
    join: joinBytes,
    assemble: assembleBytes,
    network: browserNetwork,
    mediaSource: hasMediaSource(),
    cacheMaxBytes: defaultCacheBytes(),
    store: () => new MemoryStore(),
    links: (config) => new SimplePeerLinks({ clock, config }),
    tracker: (urls) => new WebSocketTracker({ urls, clock, random, log }),
  };
}
