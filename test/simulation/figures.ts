import { renditionsOf, segmentBytes, steadySegments } from './content.ts';
import { byKind } from './frame-counts.ts';
import type { Scenario } from './scenario.ts';
import { mean, quantile } from './statistics.ts';
import { mergeTakings } from './takings.ts';
import type { Takings } from './takings.ts';

/** What came out of one simulation. Shares and ratios are of 1. */
export interface Figures {
  /** Bytes that the origin sent / bytes of the distinct segments that it sent. */
  readonly copies: number;
  /** The same without what viewers were sent who had nothing to play yet: the price of an immediate start. */
  readonly steadyCopies: number;
  /** Media from peers / all media. */
  readonly offload: number;
  readonly steadyOffload: number;
  /** Time stalled / time watched after the start, all viewers together. */
  readonly stallRatio: number;
  /** Part of the viewers who stalled at all. */
  readonly stalledViewers: number;
  readonly startUpMs: { readonly median: number; readonly p95: number };
  /** Live: from a segment's publication until 95% of the viewers have it whole, over the segments. */
  readonly reach95S: { readonly median: number; readonly worst: number };
  /** All that goes over data channels but media: sent by an average viewer. */
  readonly controlBytesPerViewerMinute: number;
  /** Control traffic / media. */
  readonly controlShare: number;
  readonly framesPerViewerMinute: Readonly<Record<string, number>>;
  readonly controlBytesByKind: Readonly<Record<string, number>>;
  /** Media from the origin / all media, by how much slack was left when it was asked. */
  readonly originShareByCause: Readonly<Record<string, number>>;
}

/** @param parts what each thread of the simulation has seen. */
export function figuresOf(scenario: Scenario, parts: readonly Takings[]): Figures {
  const takings = mergeTakings(parts);
  const { delaysMs, frames, originBytes, watched } = takings;
  const httpBytes = originBytes.start + originBytes.early + originBytes.middle + originBytes.late;
  const mediaBytes = frames.payloadBytes + httpBytes;
  const stallsMs = watched.map(({ stallMs }) => stallMs);
  const startUpsMs = watched.flatMap(({ startUpMs }) => (startUpMs === undefined ? [] : [startUpMs]));
  const viewerMinutes = sum(watched.map(({ steadyMs }) => steadyMs)) / 60_000;
  const kinds = byKind(frames);
  const reachMs = steadySegments(renditionsOf(scenario)[0], scenario).flatMap((sequence) => {
    const delays = delaysMs.get(sequence);
    return delays ? [quantile(delays, 0.95)] : [];
  });
  return {
    ...copiesOf(scenario, takings),
    offload: frames.payloadBytes / mediaBytes,
    steadyOffload: frames.payloadBytes / (mediaBytes - originBytes.start),
    stallRatio: sum(stallsMs) / sum(watched.map(({ watchedMs }) => watchedMs)),
    stalledViewers: stallsMs.filter((stallMs) => stallMs > 0).length / stallsMs.length,
    startUpMs: { median: quantile(startUpsMs, 0.5), p95: quantile(startUpsMs, 0.95) },
    reach95S: { median: quantile(reachMs, 0.5) / 1000, worst: quantile(reachMs, 1) / 1000 },
    controlBytesPerViewerMinute: frames.controlBytes / viewerMinutes,
    controlShare: frames.controlBytes / mediaBytes,
    framesPerViewerMinute: Object.fromEntries(kinds.map(({ frames: count, kind }) => [kind, count / viewerMinutes])),
    controlBytesByKind: Object.fromEntries(kinds.map(({ bytes, kind }) => [kind, bytes / viewerMinutes])),
    originShareByCause: Object.fromEntries(Object.entries(originBytes).map(([cause, bytes]) => [cause, bytes / mediaBytes])),
  };
}

/** Copies of each segment that the origin sent, with and without those that let newcomers begin at once. */
function copiesOf(scenario: Scenario, { sentBytes, startBytes }: Takings): { copies: number; steadyCopies: number } {
  const sent = renditionsOf(scenario).flatMap((content) => {
    const sizeBytes = segmentBytes(content);
    return steadySegments(content, scenario).flatMap((sequence) => {
      const url = content.segmentUrl(sequence);
      const bytes = sentBytes.get(url) ?? 0;
      return bytes > 0 ? [{ copies: bytes / sizeBytes, steadyCopies: (bytes - (startBytes.get(url) ?? 0)) / sizeBytes }] : [];
    });
  });
  return { copies: mean(sent.map(({ copies }) => copies)), steadyCopies: mean(sent.map(({ steadyCopies }) => steadyCopies)) };
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
