/** `playswarm/shaka`: P2P for Shaka Player, DASH and HLS. */
export * from '../../core/index.ts';
export { attachP2P, bindShaka } from './attach.ts';
export { latencyS } from './binding.ts';
export { QualityChoice } from './quality-choice.ts';
export type { Shaka, ShakaPlayer } from './host.ts';
