/** `playswarm/plyr`: HLS and MPEG-DASH with P2P in Plyr. */
import Plyr from 'plyr';
import { createWith } from './create.ts';
import type { AttachedPlyr, CreatePlyrOptions } from './create.ts';

export * from '../../core/index.ts';
export { attachP2PPlyr } from './create.ts';
export type { AttachedPlyr, AttachPlyrOptions, CreatePlyrOptions } from './create.ts';
export type { GivenHls } from '../hlsjs/library.ts';
export type { GivenShaka } from '../shaka/library.ts';
export type { StreamEngines } from './streams/open-stream.ts';

/**
 * Makes a Plyr on a video element:
 *
 *     const { player, p2p } = createP2PPlyr(video, { source: 'https://example.com/live.m3u8', plyr: { muted: true } });
 *     p2p.getStats();
 *
 * @throws ConfigError that names the key of `p2p` that is unknown or ill-typed.
 */
export function createP2PPlyr(video: HTMLVideoElement, options: CreatePlyrOptions): AttachedPlyr {
  return createWith(Plyr, video, options);
}
