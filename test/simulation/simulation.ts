import type { PlaybackSnapshot } from '../../core/model/index.ts';
import { LengthStore } from '../kit/length-store.ts';
import { MemoryHttp } from '../kit/memory-http.ts';
import type { MemoryHost } from '../kit/memory-network.ts';
import type { ModelContent } from '../kit/model-player.ts';
import { ModelWorld } from '../kit/model-world.ts';
import type { ModelViewer, ViewerOptions } from '../kit/model-world.ts';
import { SeededRandom } from '../kit/seeded-random.ts';
import { joinUnseen } from '../kit/unseen-media.ts';
import { filmS, publish } from './content.ts';
import type { Figures } from './figures.ts';
import { Measures } from './measures.ts';
import { MeteredHttp } from './metered-http.ts';
import { MeteredLinks } from './metered-links.ts';
import { latencyMs, originLatencyMs, viewerSeed } from './population.ts';
import type { Profile } from './population.ts';
import { WARM_UP_MS } from './scenario.ts';
import type { Scenario } from './scenario.ts';
import { schedule } from './schedule.ts';
import type { Visit } from './schedule.ts';

/** Promises run between instants; instants closer than this count as one. */
const SLICE_MS = 1;
const PROGRESS_EVERY_MS = 1_000;

export interface Progress {
  readonly simulatedMs: number;
  readonly viewers: number;
}

/** One scenario, played once: viewers come, watch and go, and are looked at from outside. */
export class Simulation {
  private readonly world: ModelWorld;
  private readonly content: ModelContent;
  private readonly measures: Measures;
  /** By the id of their host. */
  private readonly profiles: Profile[] = [];
  private readonly present = new Map<ModelViewer, Visit>();

  /** @param p2p `false`: the plain player, for the same viewers at the same times. */
  constructor(
    private readonly scenario: Scenario,
    private readonly p2p: boolean,
  ) {
    const { lossRate, originRateBps, seed, trackerOffers } = scenario;
    this.world = new ModelWorld({
      seed,
      originRateBps,
      trackerOffers,
      network: {
        latencyMs: (from, to) => latencyMs(this.profileOf(from), this.profileOf(to)),
        blocked: (one, other) => this.profileOf(one).strictNat && this.profileOf(other).strictNat,
        loss: { rate: lossRate, random: new SeededRandom(seed).fork('loss') },
      },
    });
    this.content = publish(scenario, this.world.origin);
    this.measures = new Measures(scenario, this.content, () => this.world.clock.nowMs());
  }

  async run(progress: (progress: Progress) => void): Promise<Figures> {
    const { clock } = this.world;
    const endMs = this.scenario.minutes * 60_000;
    for (const visit of schedule(this.scenario)) clock.after(visit.joinMs, () => this.come(visit));
    clock.after(WARM_UP_MS, () => this.measures.warm());
    while (clock.nowMs() < endMs) {
      await this.world.pass(Math.min(PROGRESS_EVERY_MS, endMs - clock.nowMs()), SLICE_MS);
      progress({ simulatedMs: clock.nowMs(), viewers: this.present.size });
    }
    for (const [viewer, visit] of this.present) this.measures.watched(visit, viewer.player);
    return this.measures.figures(this.world.origin);
  }

  private come(visit: Visit): void {
    this.profiles.push(visit.profile);
    let playback: () => PlaybackSnapshot | undefined = () => undefined;
    const viewer = this.world.join(this.content, {
      rates: visit.profile,
      config: { enabled: this.p2p, upload: visit.profile.uploads },
      liveSyncS: this.scenario.segmentS + this.scenario.slackS,
      startS: visit.startPart * filmS(this.content),
      edges: this.edges(visit, () => playback()),
      delivered: (segment) => this.measures.delivered(visit, segment),
    });
    playback = () => viewer.player.snapshot;
    this.present.set(viewer, visit);
    this.plan(visit, viewer);
  }

  /** The viewer's edges are those of the kit, with a meter on each. */
  private edges(visit: Visit, playback: () => PlaybackSnapshot | undefined): NonNullable<ViewerOptions['edges']> {
    const { measures, scenario, world } = this;
    return (platform, host) => ({
      ...platform,
      random: new SeededRandom(viewerSeed(scenario.seed, visit.viewer)).fork('engine'),
      links: (rtcConfig) => new MeteredLinks(platform.links(rtcConfig), measures.frames),
      http: new MeteredHttp(
        new MemoryHttp(world.origin, host, { latencyMs: originLatencyMs(visit.profile) }),
        (url) => measures.causeOf(playback(), url),
        (ask) => measures.asked(ask),
      ),
      join: joinUnseen,
      store: () => new LengthStore(),
    });
  }

  private plan(visit: Visit, viewer: ModelViewer): void {
    const at = (atMs: number, task: () => void): void => {
      this.world.clock.after(atMs - visit.joinMs, () => {
        if (this.present.has(viewer)) task();
      });
    };
    for (const { atMs, toPart } of visit.seeks) at(atMs, () => viewer.player.seek(toPart * filmS(this.content)));
    if (visit.leaveMs !== Infinity) at(visit.leaveMs, () => this.go(visit, viewer));
  }

  private go(visit: Visit, viewer: ModelViewer): void {
    this.measures.watched(visit, viewer.player);
    this.present.delete(viewer);
    if (visit.vanishes) viewer.host.vanish();
    void viewer.leave();
  }

  private profileOf(host: MemoryHost): Profile {
    const profile = this.profiles[host.id];
    if (!profile) throw new RangeError(`host ${host.id} has no profile`);
    return profile;
  }
}
