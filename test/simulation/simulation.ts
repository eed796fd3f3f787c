import type { PlaybackSnapshot } from '../../core/model/index.ts';
import { LengthStore } from '../kit/length-store.ts';
import { MemoryHttp } from '../kit/memory-http.ts';
import type { ModelContent } from '../kit/model-player.ts';
import { ModelWorld } from '../kit/model-world.ts';
import type { ModelViewer, ViewerOptions } from '../kit/model-world.ts';
import { SeededRandom } from '../kit/seeded-random.ts';
import { joinUnseen } from '../kit/unseen-media.ts';
import { filmS, publish, renditionsOf } from './content.ts';
import type { Crossing } from './crossing.ts';
import { Measures } from './measures.ts';
import { MeteredHttp } from './metered-http.ts';
import { MeteredLinks } from './metered-links.ts';
import { latencyMs, originLatencyMs, viewerSeed } from './population.ts';
import type { Profile } from './population.ts';
import { PostOffice } from './post-office.ts';
import type { Scenario } from './scenario.ts';
import { schedule } from './schedule.ts';
import type { Visit } from './schedule.ts';
import type { Takings } from './takings.ts';
import { WINDOW_MS } from './windows.ts';

/** Promises run between the milliseconds: at times that do not depend on what else happens in the thread. */
const SLICE_MS = 1;
const PROGRESS_EVERY_MS = 1_000;

export interface Progress {
  readonly simulatedMs: number;
  readonly viewers: number;
}

/** One thread's part of one scenario, played once: its viewers come, watch and go, and are looked at from outside. */
export class Simulation {
  private readonly world: ModelWorld;
  private readonly renditions: readonly [ModelContent, ModelContent];
  private readonly measures: Measures;
  private readonly postOffice: PostOffice;
  /** Of all threads; their viewers' numbers are the ids of their hosts, too. */
  private readonly visits: readonly Visit[];
  private readonly present = new Map<ModelViewer, Visit>();

  /** @param p2p `false`: the plain player, for the same viewers at the same times. */
  constructor(
    private readonly scenario: Scenario,
    private readonly p2p: boolean,
    crossing: Crossing,
  ) {
    const { lossRate, originRateBps, seed, trackerOffers } = scenario;
    this.visits = schedule(scenario);
    this.postOffice = new PostOffice(crossing);
    this.world = new ModelWorld({
      seed,
      originRateBps,
      trackerOffers,
      network: {
        latencyMs: (from, to) => latencyMs(this.profileOf(from), this.profileOf(to)),
        blocked: (one, other) => this.profileOf(one).strictNat && this.profileOf(other).strictNat,
        loss: { rate: lossRate, random: new SeededRandom(seed).fork('loss') },
        post: this.postOffice.post,
      },
    });
    this.renditions = renditionsOf(scenario);
    for (const rendition of this.renditions) publish(rendition, scenario, this.world.origin);
    this.measures = new Measures(scenario, this.renditions[0], () => this.world.clock.nowMs());
  }

  async run(progress: (progress: Progress) => void): Promise<Takings> {
    const { clock, network } = this.world;
    const endMs = this.scenario.minutes * 60_000;
    for (const visit of this.visits) if (this.postOffice.isHere(visit.viewer)) clock.after(visit.joinMs, () => this.come(visit));
    clock.after(this.scenario.warmUpS * 1000, () => this.measures.warm());
    while (clock.nowMs() < endMs) {
      this.postOffice.begin((letter) => network.expect(letter));
      for (let passedMs = 0; passedMs < WINDOW_MS; passedMs += SLICE_MS) await this.world.pass(SLICE_MS, SLICE_MS);
      this.postOffice.end();
      if (clock.nowMs() % PROGRESS_EVERY_MS < WINDOW_MS) progress({ simulatedMs: clock.nowMs(), viewers: this.present.size });
    }
    for (const [viewer, visit] of this.present) this.measures.watched(visit, viewer.player);
    return this.measures.takings(this.world.origin);
  }

  private come(visit: Visit): void {
    let playback: () => PlaybackSnapshot | undefined = () => undefined;
    const viewer = this.world.join(this.renditions[0], {
      rates: visit.profile,
      number: visit.viewer,
      config: { enabled: this.p2p, upload: visit.profile.uploads },
      liveSyncS: this.scenario.segmentS + this.scenario.slackS,
      startS: visit.startPart * filmS(this.renditions[0]),
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
      assemble: (parts) => Promise.resolve(joinUnseen(parts)),
      store: () => new LengthStore(),
    });
  }

  private plan(visit: Visit, viewer: ModelViewer): void {
    const at = (atMs: number, task: () => void): void => {
      this.world.clock.after(atMs - visit.joinMs, () => {
        if (this.present.has(viewer)) task();
      });
    };
    for (const { atMs, toPart } of visit.seeks) at(atMs, () => viewer.player.seek(toPart * filmS(this.renditions[0])));
    visit.switchesAtMs.forEach((atMs, place) => at(atMs, () => viewer.player.switchTo(this.renditions[place % 2 === 0 ? 1 : 0])));
    if (visit.leaveMs !== Infinity) at(visit.leaveMs, () => this.go(visit, viewer));
  }

  private go(visit: Visit, viewer: ModelViewer): void {
    this.measures.watched(visit, viewer.player);
    this.present.delete(viewer);
    if (visit.vanishes) viewer.host.vanish();
    void viewer.leave();
  }

  private profileOf(host: number): Profile {
    const visit = this.visits[host];
    if (!visit) throw new RangeError(`host ${host} has no profile`);
    return visit.profile;
  }
}
