import { MemoryStore } from '../../core/adapters/memory-store.ts';
import { resolveConfig } from '../../core/config.ts';
import { joinBytes } from '../../core/model/index.ts';
import type { P2PConfig } from '../../core/model/index.ts';
import type { Log, Platform } from '../../core/ports/index.ts';
import { EngineRuntime } from '../../core/runtime/index.ts';
import { fakeDigest } from './fake-digest.ts';
import type { HostRates, MemoryHost } from './memory-host.ts';
import { MemoryHttp } from './memory-http.ts';
import { MemoryLinks } from './memory-links.ts';
import { MemoryNetwork } from './memory-network.ts';
import type { MemoryNetworkOptions } from './memory-network.ts';
import { MemoryOrigin } from './memory-origin.ts';
import { MemoryTracker } from './memory-tracker.ts';
import { MemoryTrackerServer } from './memory-tracker-server.ts';
import { ModelPlayer } from './model-player.ts';
import type { ModelContent, ModelPlayerOptions } from './model-player.ts';
import { SeededRandom } from './seeded-random.ts';
import { VirtualClock } from './virtual-clock.ts';

const SILENT: Log = { debug: () => undefined, warn: () => undefined };

export interface WorldOptions {
  readonly seed?: number;
  readonly originRateBps?: number;
  readonly network?: Omit<MemoryNetworkOptions, 'clock'>;
  readonly log?: Log;
  /** Default 5; see MemoryTrackerServer. */
  readonly trackerOffers?: number;
}

export interface ViewerOptions extends Partial<Omit<ModelPlayerOptions, 'clock' | 'source' | 'content'>> {
  readonly rates?: HostRates;
  /** Its number among all viewers, also those in other processes; where none is given, they count up from 0. */
  readonly number?: number;
  readonly config?: P2PConfig;
  readonly cacheMaxBytes?: number;
  /** Puts something else, or something around it, in the place of one of the viewer's edges. */
  readonly edges?: (platform: Platform, host: MemoryHost) => Platform;
}

/** One viewer: the engine that ships, under a model player, at a host of the world. */
export interface ModelViewer {
  readonly host: MemoryHost;
  readonly engine: EngineRuntime;
  readonly player: ModelPlayer;
  leave(): Promise<void>;
}

/** An origin, a tracker and viewers in one process, on a virtual clock: the same run on every machine. */
export class ModelWorld {
  readonly clock = new VirtualClock();
  readonly random: SeededRandom;
  readonly network: MemoryNetwork;
  readonly origin: MemoryOrigin;
  readonly trackerServer: MemoryTrackerServer;
  readonly viewers = new Set<ModelViewer>();
  private readonly log: Log;

  constructor(options: WorldOptions = {}) {
    const { clock } = this;
    this.random = new SeededRandom(options.seed ?? 1);
    this.network = new MemoryNetwork({ ...options.network, clock });
    this.origin = new MemoryOrigin({ clock, ...(options.originRateBps === undefined ? {} : { rateBps: options.originRateBps }) });
    this.trackerServer = new MemoryTrackerServer({
      network: this.network,
      random: this.random,
      ...(options.trackerOffers === undefined ? {} : { maxOffers: options.trackerOffers }),
    });
    this.network.tracker = this.trackerServer;
    this.log = options.log ?? SILENT;
  }

  platform(host: MemoryHost, cacheMaxBytes = 128_000_000): Platform {
    return {
      clock: this.clock,
      random: this.random,
      log: this.log,
      http: new MemoryHttp(this.origin, host),
      network: { metered: () => false, watch: () => () => undefined },
      digest: fakeDigest,
      join: joinBytes,
      assemble: (parts) => Promise.resolve(joinBytes(parts)),
      links: () => new MemoryLinks(this.network, host),
      tracker: () => new MemoryTracker(this.network, host),
      store: () => new MemoryStore(),
      mediaSource: true,
      cacheMaxBytes,
    };
  }

  /** Lets a viewer come in and play. */
  join(content: ModelContent, { rates, number, config = {}, cacheMaxBytes, edges = (platform) => platform, ...playerOptions }: ViewerOptions = {}): ModelViewer {
    const host = this.network.addHost(rates, number);
    const engine = new EngineRuntime(edges(this.platform(host, cacheMaxBytes), host), resolveConfig({ trackers: ['wss://tracker.test'], ...config }));
    engine.setContent({ manifestUrl: content.manifestUrl });
    const player: ModelPlayer = new ModelPlayer({
      ...playerOptions,
      content,
      clock: this.clock,
      source: { listed: (track, segments) => engine.setSegments(track, segments), load: (segment, options) => engine.load(segment, options) },
    });
    engine.setPlayback(() => player.snapshot);
    player.start();
    const viewer: ModelViewer = {
      host,
      engine,
      player,
      leave: async () => {
        this.viewers.delete(viewer);
        player.stop();
        await engine.destroy();
      },
    };
    this.viewers.add(viewer);
    return viewer;
  }

  /** Lets time pass. @param sliceMs instants closer than this count as one. */
  pass(ms: number, sliceMs = 0): Promise<void> {
    return this.clock.advanceAsync(ms, sliceMs);
  }
}
