import videojs from 'video.js';
import { attachVhs } from '../../vhs/index.ts';
import type { VhsHandler, VideojsWithVhs } from '../../vhs/index.ts';
import { playerOf } from '../host.ts';
import type { Source, Tech, TechOptions } from '../host.ts';
import type { Playback, PlaybackJob, PlaybackSession } from '../playback.ts';

/** What VHS gives to Video.js for a source. */
interface VhsSession extends VhsHandler {
  duration(): number;
  dispose(): void;
}

interface VhsSourceHandler {
  canHandleSource(source: Source, options?: TechOptions): boolean | '' | 'maybe' | 'probably';
  handleSource(source: Source, tech: Tech, options: TechOptions): VhsSession;
}

type Host = Partial<VideojsWithVhs> & { readonly VhsSourceHandler?: VhsSourceHandler };

const host = videojs as unknown as Host;

/** Plays HLS and DASH with VHS, which Video.js has with it: quality levels and tracks are VHS's own affair. */
export class VhsPlayback implements Playback {
  canPlay(source: Source, options?: TechOptions): boolean {
    return Boolean(host.Vhs && host.VhsSourceHandler?.canHandleSource(source, options));
  }

  start({ source, tech, engine }: PlaybackJob): PlaybackSession {
    if (!host.Vhs || !host.VhsSourceHandler) throw new TypeError('playswarm: start without canPlay');
    const vhs = host.VhsSourceHandler.handleSource(source, tech, tech.options_);
    // Here VHS has asked for the manifest and for nothing else.
    const binding = attachVhs({ videojs: host as VideojsWithVhs, player: playerOf(tech), vhs, media: tech.el(), src: source.src, engine });
    let disposed = false;
    return {
      seekable: () => vhs.seekable(),
      duration: () => vhs.duration(),
      latencyS: () => (disposed ? undefined : binding.latencyS()),
      dispose: () => {
        if (disposed) return;
        disposed = true;
        binding.detach();
        vhs.dispose();
      },
    };
  }
}
