import { OriginError, segmentKey, trackKey } from '../../core/model/index.ts';
import type { LoadedSegment, LoadOptions, PlaybackSnapshot, Segment, SegmentKey, Track, TrackKey } from '../../core/model/index.ts';
import type { Clock } from '../../core/ports/index.ts';

/** A rendition of a content in memory: segments of equal duration, at URLs that follow from their number. */
export interface ModelContent {
  readonly manifestUrl: string;
  readonly track: Track;
  readonly segmentS: number;
  readonly segmentUrl: (sequence: number) => string;
  /** On demand: how many segments there are. Live: when, on the clock, segment 0 was complete at the origin. */
  readonly extent: { readonly segments: number } | { readonly liveSinceMs: number; readonly windowSegments: number };
}

/** What the player gets of a segment. */
export type Loaded = Pick<LoadedSegment, 'data' | 'fromPeersBytes' | 'fromOriginBytes'>;

/** Where the player gets its segments: the engine, or a plain loader. */
export interface SegmentSource {
  listed(track: Track, segments: readonly Segment[]): void;
  load(segment: SegmentKey, options: LoadOptions): Promise<Loaded>;
}

export interface ModelPlayerOptions {
  readonly content: ModelContent;
  readonly source: SegmentSource;
  readonly clock: Clock;
  /** Seconds buffered ahead beyond which nothing is asked for; hls.js: 30. */
  readonly bufferGoalS?: number;
  /** Live: how far behind the end of the list playback begins, in seconds; default, as hls.js: three segments. */
  readonly liveSyncS?: number;
  /** On demand: where playback begins, in seconds. */
  readonly startS?: number;
  readonly delivered?: (segment: Segment, loaded: Loaded) => void;
}

/** A failed segment is asked for again after this long. */
const RETRY_MS = 1_000;

/**
 * A player without a picture: asks for one segment after the other as hls.js does, plays what is
 * buffered as the clock goes, counts the time it stalls.
 */
export class ModelPlayer {
  stallMs = 0;
  stalls = 0;
  failures = 0;
  /** From start to the first segment; `undefined` until then. */
  startUpMs: number | undefined;
  private readonly bornMs: number;
  private content: ModelContent;
  private track: TrackKey;
  private positionS = 0;
  private bufferedToS = 0;
  private positionAtMs: number;
  private stalledSinceMs: number | undefined;
  private next = 0;
  private known: Segment[] = [];
  private loading: AbortController | undefined;
  private stopped = false;
  private started = false;
  private readonly timers = new Set<() => void>();

  constructor(private readonly options: ModelPlayerOptions) {
    this.bornMs = this.positionAtMs = options.clock.nowMs();
    this.content = options.content;
    this.track = trackKey(this.content.track);
  }

  get snapshot(): PlaybackSnapshot {
    this.play();
    return {
      positionS: this.positionS,
      bufferedAheadS: Math.max(0, this.bufferedToS - this.positionS),
      rate: 1,
      waiting: !this.started || this.stalledSinceMs !== undefined,
      live: 'liveSinceMs' in this.content.extent,
    };
  }

  /** Live: how far behind the origin's newest moment, in seconds. */
  get latencyS(): number {
    this.play();
    return this.edgeS() - this.positionS;
  }

  start(): void {
    const { extent, segmentS } = this.content;
    const { liveSyncS = 3 * segmentS, startS = 0 } = this.options;
    this.reload();
    this.begin('liveSinceMs' in extent ? this.listedToS() - liveSyncS : startS);
  }

  /** On demand: moves the playhead; what was buffered is dropped. */
  seek(toS: number): void {
    this.play();
    this.loading?.abort();
    this.loading = undefined;
    this.started = false;
    this.stalledSinceMs = undefined;
    this.begin(toS);
  }

  /**
   * Another rendition of what is being played, from the next segment on: the one that is being loaded
   * is not given up, nor what is buffered.
   */
  switchTo(content: ModelContent): void {
    this.content = content;
    this.track = trackKey(content.track);
    this.list();
  }

  stop(): void {
    this.play();
    this.stopped = true;
    this.loading?.abort();
    for (const cancel of this.timers) cancel();
    this.timers.clear();
  }

  /** Plays from here: asks for the segment that this moment lies in. */
  private begin(atS: number): void {
    const fromS = Math.max(atS, this.known[0]?.startS ?? 0);
    this.positionS = this.bufferedToS = fromS;
    // Sums of durations are not exact.
    this.next = Math.floor(fromS / this.content.segmentS + 1e-9);
    this.pump();
  }

  /** Lets the playhead go as far as time and buffer allow, and books stalls. */
  private play(): void {
    const nowMs = this.options.clock.nowMs();
    const elapsedMs = nowMs - this.positionAtMs;
    this.positionAtMs = nowMs;
    if (!this.started || this.stopped) return;
    if (this.stalledSinceMs !== undefined) {
      this.stallMs += elapsedMs;
      return;
    }
    const playedS = Math.min(elapsedMs / 1000, this.bufferedToS - this.positionS);
    this.positionS += playedS;
    const dryMs = elapsedMs - playedS * 1000;
    if (dryMs > 1e-6 && !this.isAtEnd()) {
      this.stalls++;
      this.stallMs += dryMs;
      this.stalledSinceMs = nowMs - dryMs;
    }
  }

  private pump(): void {
    if (this.stopped || this.loading) return;
    const { bufferGoalS = 30 } = this.options;
    const { bufferedAheadS } = this.snapshot;
    if (bufferedAheadS >= bufferGoalS) {
      this.later((bufferedAheadS - bufferGoalS) * 1000 + 1, () => this.pump());
      return;
    }
    const segment = this.known.find((candidate) => this.sequenceOf(candidate) >= this.next);
    if (segment) void this.load(segment);
  }

  private async load(segment: Segment): Promise<void> {
    const loading = new AbortController();
    this.loading = loading;
    try {
      const loaded = await this.options.source.load(segment.key, { signal: loading.signal });
      if (this.loading !== loading) return;
      this.loading = undefined;
      this.append(segment, loaded);
    } catch (error) {
      if (this.loading !== loading || this.stopped) return;
      this.loading = undefined;
      if (!(error instanceof OriginError)) throw error;
      this.failures++;
      this.later(RETRY_MS, () => this.pump());
    }
  }

  private append(segment: Segment, loaded: Loaded): void {
    this.play();
    this.options.delivered?.(segment, loaded);
    this.bufferedToS = segment.startS + segment.durationS;
    this.next = this.sequenceOf(segment) + 1;
    if (!this.started) {
      this.started = true;
      this.startUpMs ??= this.options.clock.nowMs() - this.bornMs;
    }
    this.stalledSinceMs = undefined;
    this.pump();
  }

  /** Live: comes back in a segment's time. */
  private reload(): void {
    this.list();
    if ('segments' in this.content.extent) return;
    this.later(this.content.segmentS * 1000, () => {
      this.reload();
      this.pump();
    });
  }

  /** Takes the segments that there are; live, those in the window now. */
  private list(): void {
    const { extent, track } = this.content;
    const [from, to] =
      'segments' in extent
        ? [0, extent.segments]
        : [Math.max(0, this.complete(extent) - extent.windowSegments), this.complete(extent)];
    this.known = Array.from({ length: to - from }, (_, offset) => this.segment(from + offset));
    this.options.source.listed(track, this.known);
  }

  private complete({ liveSinceMs }: { liveSinceMs: number }): number {
    return Math.floor((this.options.clock.nowMs() - liveSinceMs) / (this.content.segmentS * 1000)) + 1;
  }

  private segment(sequence: number): Segment {
    const { content } = this;
    return {
      key: segmentKey(this.track, { mediaSequence: sequence, discontinuitySequence: 0 }),
      track: this.track,
      startS: sequence * content.segmentS,
      durationS: content.segmentS,
      url: content.segmentUrl(sequence),
    };
  }

  private listedToS(): number {
    const last = this.known[this.known.length - 1];
    return last ? last.startS + last.durationS : 0;
  }

  private sequenceOf(segment: Segment): number {
    return Math.round(segment.startS / this.content.segmentS);
  }

  private edgeS(): number {
    const { extent, segmentS } = this.content;
    return 'liveSinceMs' in extent ? (this.options.clock.nowMs() - extent.liveSinceMs) / 1000 + segmentS : Infinity;
  }

  private isAtEnd(): boolean {
    const { extent, segmentS } = this.content;
    return 'segments' in extent && this.positionS >= extent.segments * segmentS - 1e-6;
  }

  private later(delayMs: number, task: () => void): void {
    const cancel = this.options.clock.after(delayMs, () => {
      this.timers.delete(cancel);
      if (!this.stopped) task();
    });
    this.timers.add(cancel);
  }
}
