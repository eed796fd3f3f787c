import type { P2PStats } from '../../core/index.ts';

/** How far back the graph reaches, in seconds; one point a second. */
export const HISTORY_S = 60;

/** A statistic speaks for this long, in ms, when no newer one follows: the engine tells about once a second. */
const STALE_MS = 2500;

/** Speeds in bit/s, oldest first, `HISTORY_S` of each. */
export interface SpeedHistory {
  readonly p2pBps: readonly number[];
  readonly httpBps: readonly number[];
  readonly uploadBps: readonly number[];
  /** The highest of all, for the scale. */
  readonly maxBps: number;
}

type Sample = { readonly atMs: number } & Pick<P2PStats, 'p2pRate' | 'httpRate' | 'uploadRate'>;

/** The speeds of the last minute. */
export class SpeedRecorder {
  private samples: Sample[] = [];

  add(atMs: number, { p2pRate, httpRate, uploadRate }: P2PStats): void {
    this.samples.push({ atMs, p2pRate, httpRate, uploadRate });
    const oldestMs = atMs - HISTORY_S * 1000 - STALE_MS;
    if (this.samples[0] && this.samples[0].atMs < oldestMs) {
      this.samples = this.samples.filter((sample) => sample.atMs >= oldestMs);
    }
  }

  history(nowMs: number): SpeedHistory {
    const points: (Sample | undefined)[] = [];
    let next = 0;
    for (let second = HISTORY_S - 1; second >= 0; second--) {
      const atMs = nowMs - second * 1000;
      while ((this.samples[next]?.atMs ?? Infinity) <= atMs) next++;
      const last = this.samples[next - 1];
      points.push(last && atMs - last.atMs <= STALE_MS ? last : undefined);
    }
    const p2pBps = points.map((point) => point?.p2pRate ?? 0);
    const httpBps = points.map((point) => point?.httpRate ?? 0);
    const uploadBps = points.map((point) => point?.uploadRate ?? 0);
    return { p2pBps, httpBps, uploadBps, maxBps: Math.max(...p2pBps, ...httpBps, ...uploadBps) };
  }
}
