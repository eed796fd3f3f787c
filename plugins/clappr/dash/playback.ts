import { bindShaka } from '../../shaka/index.ts';
import { isDash } from '../../shaka/library.ts';
import type { ShakaLibrary } from '../../shaka/library.ts';
import type { ClapprHost } from '../host.ts';
import { createStreamPlayback } from '../playback.ts';
import type { P2PPlaybackClass } from '../playback.ts';
import { hasMediaSource } from '../streams.ts';
import { ShakaStream } from './stream.ts';

/** A playback of MPEG-DASH on the page's Shaka. It takes the options of dash-shaka-playback, which has Shaka 3. */
export function createDashPlayback(host: ClapprHost, library: ShakaLibrary): P2PPlaybackClass {
  return createStreamPlayback(host, {
    name: 'p2p_dash',
    library,
    canPlay: (src, mimeType) => isDash(src, mimeType) && (library.now()?.Player.isBrowserSupported() ?? hasMediaSource()),
    connect(shaka, { shakaConfiguration, shakaOnBeforeLoad }, engine) {
      shaka.polyfill.installAll();
      const player = new shaka.Player();
      if (shakaConfiguration) player.configure(shakaConfiguration);
      bindShaka(player, shaka, engine);
      const beforeLoad = () => shakaOnBeforeLoad?.(player);
      return {
        open: (media, src, listener) => new ShakaStream(player, { media, src, beforeLoad }, listener),
        end: () => player.destroy(),
      };
    },
  });
}
