/** `playswarm/hlsjs`: P2P for hls.js. */
export * from '../../core/index.ts';
export { bindEngine, HlsBinding } from './binding.ts';
export { createFragmentLoader } from './fragment-loader.ts';
export { withP2P } from './with-p2p.ts';
export type { P2PHls, P2PHlsClass, P2PHlsConfig } from './with-p2p.ts';
