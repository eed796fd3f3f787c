import type { P2PStats } from '../model/index.ts';
import type { Clock } from '../ports/index.ts';

type Totals = Pick<P2PStats, 'httpBytes' | 'p2pBytes' | 'uploadBytes'>;
export type Rates = Pick<P2PStats, 'httpRate' | 'p2pRate' | 'uploadRate'>;

const SAMPLE_EVERY_MS = 1_000;
/** Rates are over the last so many samples. */
const WINDOW_SAMPLES = 5;

/** Turns running totals into rates over the last seconds, and tells when anything has changed. */
export class RateMeter {
  private readonly samples: { readonly atMs: number; readonly totals: Totals }[] = [];
  private cancel: (() => void) | undefined;

  constructor(
    private readonly clock: Clock,
    private readonly totals: () => Totals,
    /** About once a second while a total, or a rate, changes. */
    private readonly changed: () => void,
  ) {}

  start(): void {
    if (!this.cancel) this.wait();
  }

  stop(): void {
    this.cancel?.();
    this.cancel = undefined;
    this.samples.length = 0;
  }

  rates(): Rates {
    const first = this.samples[0];
    const last = this.samples[this.samples.length - 1];
    if (!first || !last || last.atMs === first.atMs) return { httpRate: 0, p2pRate: 0, uploadRate: 0 };
    const perS = (name: keyof Totals): number => Math.round(((last.totals[name] - first.totals[name]) * 8000) / (last.atMs - first.atMs));
    return { httpRate: perS('httpBytes'), p2pRate: perS('p2pBytes'), uploadRate: perS('uploadBytes') };
  }

  private wait(): void {
    this.cancel = this.clock.after(SAMPLE_EVERY_MS, () => {
      // Before the sample: whoever is told of it may stop the meter.
      this.wait();
      this.sample();
    });
  }

  private sample(): void {
    const { httpBytes, p2pBytes, uploadBytes } = this.totals();
    const first = this.samples[0];
    this.samples.push({ atMs: this.clock.nowMs(), totals: { httpBytes, p2pBytes, uploadBytes } });
    if (this.samples.length > WINDOW_SAMPLES + 1) this.samples.shift();
    const moved = !first || first.totals.httpBytes !== httpBytes || first.totals.p2pBytes !== p2pBytes || first.totals.uploadBytes !== uploadBytes;
    if (moved) this.changed();
  }
}
