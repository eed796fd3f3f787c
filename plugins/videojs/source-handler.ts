import type { SourceHandler } from './host.ts';

/**
 * The one source handler that all players share. Each player's plugin puts a chooser into its tech's
 * options; a player without the plugin plays as if this handler did not exist.
 */
export const p2pSourceHandler: SourceHandler = {
  name: 'playswarm',
  // Asked without a player: what the browser or VHS can play is theirs to say.
  canPlayType: () => '',
  canHandleSource: (source, options) => (options?.p2p?.canPlay(source, options) ? 'probably' : ''),
  handleSource: (source, tech, options) => {
    if (!options.p2p) throw new TypeError('playswarm: handleSource without canHandleSource');
    return options.p2p.play(source, tech);
  },
};
