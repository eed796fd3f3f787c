import type { PlaybackSnapshot, Segment } from '../../core/model/index.ts';
import type { MemoryOrigin } from '../kit/memory-origin.ts';
import type { ModelContent, ModelPlayer } from '../kit/model-player.ts';
import { publishedAtMs } from './content.ts';
import type { Cause, OriginAsk } from './metered-http.ts';
import { FrameMeter } from './metered-links.ts';
import type { Scenario } from './scenario.ts';
import type { Visit } from './schedule.ts';
import type { Takings, Watched } from './takings.ts';

/** What a simulation looks at while it runs, from outside: what goes over links, to the origin and to the player. */
export class Measures {
  readonly frames = new FrameMeter();
  private readonly visits: Watched[] = [];
  private readonly originBytes: Record<Cause, number> = { start: 0, early: 0, middle: 0, late: 0 };
  private readonly startBytes = new Map<string, number>();
  private readonly delaysMs = new Map<number, number[]>();

  constructor(
    private readonly scenario: Scenario,
    private readonly content: ModelContent,
    private readonly nowMs: () => number,
  ) {}

  /** Why the viewer asks the origin for the segment, by the slack that it has left. */
  causeOf(playback: PlaybackSnapshot | undefined, url: string): Cause {
    if (playback === undefined || playback.waiting) return 'start';
    const sequence = Number(/\d+/.exec(url)?.[0]);
    const slackShare = (sequence * this.content.segmentS - playback.positionS) / this.scenario.slackS;
    if (slackShare > 2 / 3) return 'early';
    return slackShare > 1 / 3 ? 'middle' : 'late';
  }

  asked({ bytes, cause, url }: OriginAsk): void {
    if (cause === 'start') this.startBytes.set(url, (this.startBytes.get(url) ?? 0) + bytes);
    if (this.isSteady) this.originBytes[cause] += bytes;
  }

  delivered(visit: Visit, segment: Segment): void {
    const sequence = Math.round(segment.startS / this.content.segmentS);
    const publishedMs = publishedAtMs(this.content, sequence);
    // Whoever came later could not have had it at once.
    if (visit.joinMs > publishedMs) return;
    const delays = this.delaysMs.get(sequence) ?? [];
    this.delaysMs.set(sequence, delays);
    delays.push(this.nowMs() - publishedMs);
  }

  /** A visit has ended, or the simulation has. */
  watched(visit: Visit, player: ModelPlayer): void {
    const nowMs = this.nowMs();
    void player.snapshot;
    this.visits.push({
      viewer: visit.viewer,
      stallMs: player.stallMs,
      startUpMs: player.startUpMs,
      watchedMs: nowMs - visit.joinMs - (player.startUpMs ?? nowMs - visit.joinMs),
      steadyMs: Math.max(0, nowMs - Math.max(visit.joinMs, this.warmUpMs)),
    });
  }

  /** The swarm has come together: what it moves is counted from here on. */
  warm(): void {
    this.frames.reset();
  }

  takings(origin: MemoryOrigin): Takings {
    return {
      watched: this.visits,
      frames: this.frames.counts,
      originBytes: this.originBytes,
      startBytes: this.startBytes,
      sentBytes: new Map([...origin.allCounts].map(([url, { sentBytes }]) => [url, sentBytes])),
      delaysMs: this.delaysMs,
    };
  }

  private get warmUpMs(): number {
    return this.scenario.warmUpS * 1000;
  }

  private get isSteady(): boolean {
    return this.nowMs() >= this.warmUpMs;
  }
}
