import type { PlaybackSnapshot, Segment } from '../../core/model/index.ts';
import type { MemoryOrigin } from '../kit/memory-origin.ts';
import type { ModelContent, ModelPlayer } from '../kit/model-player.ts';
import { publishedAtMs, steadySegments } from './content.ts';
import type { Figures } from './figures.ts';
import type { Cause, OriginAsk } from './metered-http.ts';
import { FrameMeter } from './metered-links.ts';
import { WARM_UP_MS } from './scenario.ts';
import type { Scenario } from './scenario.ts';
import type { Visit } from './schedule.ts';
import { mean, quantile } from './statistics.ts';

/** What a simulation looks at while it runs, from outside: what goes over links, to the origin and to the player. */
export class Measures {
  readonly frames = new FrameMeter();
  private readonly stallsMs: number[] = [];
  private readonly startUpsMs: number[] = [];
  private watchedMs = 0;
  /** Of all viewers together, in the steady state. */
  private steadyMs = 0;
  /** Bytes from the origin in the steady state, by why it was asked. */
  private readonly originBytes: Record<Cause, number> = { start: 0, early: 0, middle: 0, late: 0 };
  /** From the origin to viewers who had nothing yet to play, by URL. */
  private readonly startBytes = new Map<string, number>();
  /** From a live segment's publication to its delivery, by sequence. */
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
    this.stallsMs.push(player.stallMs);
    if (player.startUpMs !== undefined) this.startUpsMs.push(player.startUpMs);
    this.watchedMs += nowMs - visit.joinMs - (player.startUpMs ?? nowMs - visit.joinMs);
    this.steadyMs += Math.max(0, nowMs - Math.max(visit.joinMs, WARM_UP_MS));
  }

  /** The swarm has come together: what it moves is counted from here on. */
  warm(): void {
    this.frames.reset();
  }

  figures(origin: MemoryOrigin): Figures {
    const { frames, originBytes } = this;
    const httpBytes = originBytes.start + originBytes.early + originBytes.middle + originBytes.late;
    const mediaBytes = frames.payloadBytes + httpBytes;
    const viewerMinutes = this.steadyMs / 60_000;
    const reachMs = steadySegments(this.content, this.scenario).flatMap((sequence) => {
      const delays = this.delaysMs.get(sequence);
      return delays ? [quantile(delays, 0.95)] : [];
    });
    return {
      ...this.copies(origin),
      offload: frames.payloadBytes / mediaBytes,
      steadyOffload: frames.payloadBytes / (mediaBytes - originBytes.start),
      stallRatio: this.stallsMs.reduce((sum, stall) => sum + stall, 0) / this.watchedMs,
      stalledViewers: this.stallsMs.filter((stall) => stall > 0).length / this.stallsMs.length,
      startUpMs: { median: quantile(this.startUpsMs, 0.5), p95: quantile(this.startUpsMs, 0.95) },
      reach95S: { median: quantile(reachMs, 0.5) / 1000, worst: quantile(reachMs, 1) / 1000 },
      controlBytesPerViewerMinute: frames.controlBytes / viewerMinutes,
      controlShare: frames.controlBytes / mediaBytes,
      framesPerViewerMinute: Object.fromEntries(Object.entries(frames.byKind).map(([kind, { frames: count }]) => [kind, count / viewerMinutes])),
      controlBytesByKind: Object.fromEntries(Object.entries(frames.byKind).map(([kind, { bytes }]) => [kind, bytes / viewerMinutes])),
      originShareByCause: Object.fromEntries(Object.entries(originBytes).map(([cause, bytes]) => [cause, bytes / mediaBytes])),
    };
  }

  /** Copies of each segment that the origin sent, with and without those that let newcomers begin at once. */
  private copies(origin: MemoryOrigin): { copies: number; steadyCopies: number } {
    const { content, scenario } = this;
    const sizeBytes = (scenario.bitrateBps * scenario.segmentS) / 8;
    const urls = steadySegments(content, scenario).map((sequence) => content.segmentUrl(sequence));
    const sent = urls.filter((url) => origin.count(url).sentBytes > 0);
    return {
      copies: mean(sent.map((url) => origin.count(url).sentBytes)) / sizeBytes,
      steadyCopies: mean(sent.map((url) => origin.count(url).sentBytes - (this.startBytes.get(url) ?? 0))) / sizeBytes,
    };
  }

  private get isSteady(): boolean {
    return this.nowMs() >= WARM_UP_MS;
  }
}
