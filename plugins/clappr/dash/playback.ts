import type shaka from 'shaka-player';
import { attachP2P } from '../../shaka/index.ts';
import type { ClapprHost } from '../host.ts';
import type { Library } from '../library.ts';
import { createStreamPlayback } from '../playback.ts';
import type { P2PPlaybackClass } from '../playback.ts';
import { sharingWith } from '../sharing.ts';
import { hasMediaSource, isDash } from '../streams.ts';
import { ShakaStream } from './stream.ts';

/** A playback of MPEG-DASH on the page's Shaka. It takes the options of dash-shaka-playback, which has Shaka 3. */
export function createDashPlayback(host: ClapprHost, library: Library<typeof shaka>): P2PPlaybackClass {
  return createStreamPlayback(host, {
    name: 'p2p_dash',
    library,
    canPlay: (src, mimeType) => isDash(src, mimeType) && (library.now()?.Player.isBrowserSupported() ?? hasMediaSource()),
    connect(shakaLibrary, options, i18n) {
      shakaLibrary.polyfill.installAll();
      const player = new shakaLibrary.Player();
      if (options.shakaConfiguration) player.configure(options.shakaConfiguration);
      const sharing = sharingWith(attachP2P(player, shakaLibrary, options.p2p), {
        language: options.language,
        i18n,
        latencyS: () => latencyS(player),
      });
      const beforeLoad = () => options.shakaOnBeforeLoad?.(player);
      return {
        sharing,
        open: (media, src, listener) => new ShakaStream(player, { media, src, beforeLoad }, listener),
        end() {
          sharing.end();
          void player.destroy();
        },
      };
    },
  });
}

function latencyS(player: shaka.Player): number | undefined {
  const media = player.getMediaElement();
  return media && player.isLive() ? player.seekRange().end - media.currentTime : undefined;
}
