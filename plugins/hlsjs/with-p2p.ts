import type Hls from 'hls.js';
import type { HlsConfig } from 'hls.js';
import { P2PEngine } from '../../core/index.ts';
import type { P2PConfig } from '../../core/index.ts';
import { bindEngine } from './binding.ts';
import type { HlsBinding } from './binding.ts';
import { createFragmentLoader } from './fragment-loader.ts';

/** hls.js's own configuration, and the engine's under `p2p`. */
export type P2PHlsConfig = Partial<HlsConfig> & { p2p?: P2PConfig };

/** What `withP2P` returns: the class it was given, with P2P. */
export type P2PHlsClass<Base extends typeof Hls> = Omit<Base, 'prototype'> & {
  new (config?: P2PHlsConfig): P2PHls<Base>;
};

export type P2PHls<Base extends typeof Hls = typeof Hls> = InstanceType<Base> & {
  /** Destroyed together with the instance. */
  readonly p2p: P2PEngine;
};

/**
 * Adds P2P to hls.js (1.5 to 1.7). The class is the one given, to be used in its place:
 *
 *     const hls = new (withP2P(Hls))({ maxBufferLength: 20, p2p: { upload: { maxKbps: 2000 } } });
 *     hls.loadSource(url);
 *     hls.attachMedia(video);
 *     hls.p2p.getStats();
 *
 * Creating an instance throws `ConfigError` for a `p2p` that is not right.
 */
export function withP2P<Base extends typeof Hls>(HlsClass: Base): P2PHlsClass<Base> {
  class HlsWithP2P extends (HlsClass as typeof Hls) {
    declare readonly p2p: P2PEngine;

    constructor({ p2p, ...hlsConfig }: P2PHlsConfig = {}) {
      const engine = new P2PEngine(isInnerPlayer(hlsConfig) ? { enabled: false } : p2p);
      let binding: HlsBinding | undefined = undefined;
      const fLoader = isInnerPlayer(hlsConfig)
        ? hlsConfig.fLoader
        : createFragmentLoader(() => binding, hlsConfig.fLoader);
      super({ ...hlsConfig, ...(fLoader ? { fLoader } : {}) });
      (this as { p2p: P2PEngine }).p2p = engine;
      if (isInnerPlayer(hlsConfig)) return;
      if (hlsConfig.fLoader) {
        console.warn('[playswarm] hls.js is configured with an `fLoader`, which gets every fragment: there is no P2P.');
      }
      binding = bindEngine(this, engine);
    }

    override destroy(): void {
      super.destroy();
      void this.p2p.destroy();
    }
  }
  return HlsWithP2P as unknown as P2PHlsClass<Base>;
}

/**
 * hls.js plays interstitials and I-frames in instances of its own class, with the configuration of
 * the primary one (`interstitials-controller.ts`, `iframe-controller.ts`): they are not the content
 * that viewers have in common, and get no engine of their own. The primary's fragment loader, which
 * comes with the configuration, gives what it does not know to the host's.
 */
function isInnerPlayer(config: Partial<HlsConfig>): boolean {
  return Boolean(config.primarySessionId ?? config.assetPlayerId);
}
