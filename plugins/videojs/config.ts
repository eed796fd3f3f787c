import type { P2PConfig } from '../../core/index.ts';
import { ConfigError } from '../../core/index.ts';
import type { GivenHls } from '../hlsjs/library.ts';
import type { GivenShaka } from '../shaka/library.ts';

/** What plays the source beneath Video.js: VHS, which it has with it, or another engine that the page brings. */
export type PlaybackName = (typeof PLAYBACKS)[number];

const PLAYBACKS = ['vhs', 'hls.js', 'shaka'] as const;

/** The engine's configuration, and what concerns Video.js. */
export interface VideojsP2PConfig extends P2PConfig {
  /** Default `'vhs'`. */
  readonly playback?: PlaybackName;
  /** The hls.js class. Default: the global `Hls`, where a script tag puts it. With a bundler, import it and pass it here. */
  readonly hlsjs?: GivenHls;
  /** Options for hls.js. */
  readonly hlsjsConfig?: object;
  /** The namespace of Shaka Player. Default: the global `shaka`, where a script tag puts it. With a bundler, import it and pass it here. */
  readonly shaka?: GivenShaka;
  /** Options for Shaka, as for its `configure()`. */
  readonly shakaConfig?: object;
  /** Whether the control bar gets the P2P menu. Default `true`. */
  readonly menu?: boolean;
}

export interface SplitConfig {
  readonly engine: P2PConfig;
  readonly playback: PlaybackName;
  readonly hlsjs: GivenHls | undefined;
  readonly hlsjsConfig: object;
  readonly shaka: GivenShaka | undefined;
  readonly shakaConfig: object;
  readonly menu: boolean;
}

/** @throws ConfigError for what concerns Video.js; the engine checks the rest. */
export function splitConfig(config: VideojsP2PConfig = {}): SplitConfig {
  const { playback = 'vhs', hlsjs, hlsjsConfig = {}, shaka, shakaConfig = {}, menu = true, ...engine } = config;
  expect('playback', playback, PLAYBACKS.map((name) => `'${name}'`).join(' or '), PLAYBACKS.includes(playback));
  expect('hlsjs', hlsjs, 'the Hls class of hls.js', hlsjs === undefined || typeof hlsjs === 'function');
  expect('hlsjsConfig', hlsjsConfig, 'an object', typeof hlsjsConfig === 'object');
  expect('shaka', shaka, 'the namespace of Shaka Player', shaka === undefined || typeof shaka === 'object');
  expect('shakaConfig', shakaConfig, 'an object', typeof shakaConfig === 'object');
  expect('menu', menu, 'true or false', typeof menu === 'boolean');
  return { engine, playback, hlsjs, hlsjsConfig, shaka, shakaConfig, menu };
}

function expect(key: string, found: unknown, expected: string, right: boolean): void {
  if (!right) throw new ConfigError(key, expected, typeof found === 'string' ? `'${found}'` : typeof found);
}
