import type Hls from 'hls.js';
import type { FragmentLoaderConstructor } from 'hls.js';
import type { P2PEngine } from '../../core/index.ts';
import { bindEngine } from './binding.ts';
import type { HlsBinding } from './binding.ts';
import { createFragmentLoader } from './fragment-loader.ts';
import { latencyS } from './latency.ts';

type LoaderConfig = { readonly fLoader?: FragmentLoaderConstructor | undefined };

/** One engine under one hls.js instance after the other, as players make a new one for each source. */
export class HlsSeam {
  private binding: HlsBinding | undefined;

  constructor(private readonly engine: () => P2PEngine) {}

  /** What hls.js is to be configured with. */
  configure<Config extends LoaderConfig>(config: Config): Config & { readonly fLoader: FragmentLoaderConstructor } {
    return { ...config, fLoader: createFragmentLoader(() => this.binding, config.fLoader) };
  }

  /**
   * To be called with each instance, before it loads or as it begins to.
   * @returns whether it is another one than before.
   */
  bind(hls: Hls): boolean {
    if (this.binding?.hls === hls) return false;
    this.binding = bindEngine(hls, this.engine());
    return true;
  }

  /** The instance of the moment; `undefined` while stopped. */
  get hls(): Hls | undefined {
    const hls = this.binding?.hls;
    return hls?.media ? hls : undefined;
  }

  /** Seconds behind live; `undefined` on demand, while stopped, and before it is measured. */
  latencyS(): number | undefined {
    const { hls } = this;
    return hls?.latestLevelDetails?.live ? latencyS(hls) : undefined;
  }
}
