import type {
  FragmentLoaderConstructor, FragmentLoaderContext, HlsConfig, Loader, LoaderCallbacks, LoaderConfiguration, LoaderStats,
} from 'hls.js';
import type { HlsBinding } from './binding.ts';
import { Transfer } from './transfer.ts';

/**
 * Makes the class to be given to hls.js as `fLoader`. hls.js makes one loader per fragment
 * (`fragment-loader.ts`, `FragmentLoader.load`).
 *
 * @param bindingOf the binding of the moment; without one, everything goes to the host's own loader.
 * @param ownLoader the `fLoader` that the page itself configured: it then gets every fragment, since
 *   nobody but the page knows what it does to them.
 */
export function createFragmentLoader(
  bindingOf: () => HlsBinding | undefined,
  ownLoader?: FragmentLoaderConstructor,
): FragmentLoaderConstructor {
  return class P2PFragmentLoader implements Loader<FragmentLoaderContext> {
    context: FragmentLoaderContext | null = null;
    /** The host loader's own, so that it does not matter to hls.js which of us loads. */
    readonly stats: LoaderStats;
    private readonly host: Loader<FragmentLoaderContext>;
    private transfer: Transfer | undefined;

    constructor(private readonly hlsConfig: HlsConfig) {
      const HostLoader = ownLoader ?? (hlsConfig.loader as FragmentLoaderConstructor);
      this.host = new HostLoader(hlsConfig);
      this.stats = this.host.stats;
    }

    load(
      context: FragmentLoaderContext,
      loaderConfig: LoaderConfiguration,
      callbacks: LoaderCallbacks<FragmentLoaderContext>,
    ): void {
      this.context = context;
      const binding = ownLoader ? undefined : bindingOf();
      const handOver = () => {
        this.transfer = undefined;
        this.host.load(context, loaderConfig, callbacks);
      };
      if (binding?.mayServe(context)) {
        const { hlsConfig, stats } = this;
        this.transfer = new Transfer({ binding, hlsConfig, context, loaderConfig, callbacks, stats, handOver });
      } else {
        handOver();
      }
    }

    abort(): void {
      (this.transfer ?? this.host).abort();
    }

    destroy(): void {
      this.transfer?.destroy();
      this.host.destroy();
      this.context = null;
    }
  };
}
