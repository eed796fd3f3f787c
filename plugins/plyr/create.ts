import type { P2PConfig, P2PEngine } from '../../core/index.ts';
import type { Plyr, PlyrClass, PlyrHost } from './host.ts';
import { P2PPlyr } from './p2p-plyr.ts';
import type { StreamEngines } from './streams/open-stream.ts';

/**
 * What Plyr loads into an element that it is done with: a WAV file without a sample. Plyr's default is
 * a video on a server of its own, and an empty URL would be an error that bubbles up to the window.
 */
const BLANK = 'data:audio/wav;base64,UklGRiQAAABXQVZFZm10IBAAAAABAAEAQB8AAEAfAAABAAgAZGF0YQAAAAA=';

export interface AttachPlyrOptions extends StreamEngines {
  /** URL of the manifest. Default: what the element has, in `src` or a `<source>`. */
  readonly source?: string;
  /** MIME type of the source; needed where its name ends neither in .m3u8 nor in .mpd. */
  readonly type?: string;
  /** The engine's configuration. */
  readonly p2p?: P2PConfig;
}

export interface CreatePlyrOptions extends AttachPlyrOptions {
  /** Plyr's own options. */
  readonly plyr?: Plyr.Options;
}

export interface AttachedPlyr {
  readonly player: Plyr;
  readonly p2p: P2PEngine;
  /** Ends P2P and the stream; `createP2PPlyr`'s ends the player, too. */
  readonly destroy: () => void;
}

/**
 * Adds P2P to a Plyr that exists already, as in a WordPress theme (`video.plyr`). The stream is
 * played from here: the theme must give it to no other hls.js or Shaka.
 *
 * @throws ConfigError that names the key of `p2p` that is unknown or ill-typed.
 */
export function attachP2PPlyr(player: Plyr, options: AttachPlyrOptions = {}): AttachedPlyr {
  const { source, type, p2p, ...engines } = options;
  const attached = new P2PPlyr(player as unknown as PlyrHost, {
    source: source === undefined ? undefined : { src: new URL(source, document.baseURI).href, type },
    p2p,
    engines,
  });
  return { player, p2p: attached.engine, destroy: () => attached.release() };
}

/**
 * Makes a Plyr that plays HLS and MPEG-DASH with P2P. See `createP2PPlyr` of `playswarm/plyr`, which
 * brings the Plyr class along.
 */
export function createWith(PlyrOfPage: unknown, video: HTMLVideoElement, options: CreatePlyrOptions): AttachedPlyr {
  if (typeof PlyrOfPage !== 'function') throw new TypeError('playswarm/plyr needs Plyr: load it first.');
  const { plyr, ...rest } = options;
  const player = new (PlyrOfPage as PlyrClass)(video, {
    ...plyr,
    captions: { update: true, ...plyr?.captions },
    blankVideo: plyr?.blankVideo ?? BLANK,
  });
  const { p2p, destroy } = attachP2PPlyr(player, rest);
  return {
    player,
    p2p,
    destroy() {
      destroy();
      void player.destroy();
    },
  };
}
