import type { P2PEngine } from '../../../core/index.ts';
import { hlsLibrary, isHls } from '../../hlsjs/library.ts';
import type { GivenHls } from '../../hlsjs/library.ts';
import { HlsSeam } from '../../hlsjs/seam.ts';
import { isDash, shakaLibrary } from '../../shaka/library.ts';
import type { GivenShaka } from '../../shaka/library.ts';
import { HlsStream } from './hls.ts';
import { NativeStream } from './native.ts';
import { ShakaStream } from './shaka.ts';
import type { Stream, StreamListener } from './stream.ts';

/** What plays the streams, where the page does not leave that to be found. */
export interface StreamEngines {
  /** The hls.js class. Default: the global `Hls`; else the package. */
  readonly Hls?: GivenHls;
  /** Options for hls.js. */
  readonly hlsConfig?: object;
  /** Shaka's namespace. Default: the global `shaka`; else the package. */
  readonly shaka?: GivenShaka;
  /** Options for Shaka's `player.configure`. */
  readonly shakaConfig?: object;
}

export interface Source {
  readonly src: string;
  readonly type: string | undefined;
}

/** Opens a stream in a media element; `undefined`: the source is none of ours. */
export type OpenStream = (source: Source, media: HTMLVideoElement, listener: StreamListener) => Promise<Stream> | undefined;

/** @param engine lent to one stream after the other. */
export function streamOpener(engine: P2PEngine, engines: StreamEngines): OpenStream {
  const seam = new HlsSeam(() => engine);
  const hls = hlsLibrary(engines.Hls);
  const dash = shakaLibrary(engines.shaka);
  return ({ src, type }, media, listener) => {
    if (isHls(src, type)) {
      return soon(hls, (HlsClass) =>
        HlsClass.isSupported()
          ? new HlsStream(HlsClass, seam, { media, src, config: engines.hlsConfig ?? {} }, listener)
          : new NativeStream(media, src),
      );
    }
    if (isDash(src, type)) {
      return soon(dash, (namespace) => new ShakaStream(namespace, engine, { media, src, config: engines.shakaConfig ?? {} }, listener));
    }
    return undefined;
  };
}

/** As early as can be: a library that is there already is used in the same turn. */
function soon<Class>(library: { now(): Class | undefined; load(): Promise<Class> }, open: (found: Class) => Stream): Promise<Stream> {
  const found = library.now();
  return found ? Promise.resolve(open(found)) : library.load().then(open);
}
