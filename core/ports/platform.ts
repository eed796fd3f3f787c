import type { Assemble, Join } from '../model/index.ts';
import type { Clock } from './clock.ts';
import type { Digest } from './digest.ts';
import type { Http } from './http.ts';
import type { Links } from './links.ts';
import type { Log } from './log.ts';
import type { Network } from './network.ts';
import type { Random } from './random.ts';
import type { Store } from './store.ts';
import type { Tracker } from './tracker.ts';

/** All the edges together: what an engine needs of the world it runs in. */
export interface Platform {
  readonly clock: Clock;
  readonly random: Random;
  readonly log: Log;
  readonly http: Http;
  readonly network: Network;
  readonly digest: Digest;
  readonly links: (rtcConfig: RTCConfiguration) => Links;
  /** Releases its sockets once every membership has been left. */
  readonly tracker: (urls: readonly string[]) => Tracker;
  readonly store: () => Store;
  /** Makes frames; where nobody looks at media, in a simulation, without copying it. */
  readonly join: Join;
  /** Makes whole segments. */
  readonly assemble: Assemble;
  /** Whether the platform has Media Source Extensions: without them players fetch segments unseen. */
  readonly mediaSource: boolean;
  /** The default cap of the cache, in bytes. */
  readonly cacheMaxBytes: number;
}
