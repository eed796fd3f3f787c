import type shaka from 'shaka-player';
import type { GivenShaka } from '../../shaka/library.ts';
import type { Source } from '../host.ts';
import type { Playback, PlaybackJob, PlaybackSession } from '../playback.ts';
import { ShakaSession } from './session.ts';

const TYPES = /^application\/dash\+xml$|^(audio|video|application)\/(x-|vnd\.apple\.)?mpegurl$/i;

/** Plays DASH and HLS with Shaka Player. */
export class ShakaPlayback implements Playback {
  constructor(
    private readonly given: GivenShaka | undefined,
    private readonly config: object,
  ) {}

  canPlay({ type }: Source): boolean {
    return TYPES.test(type) && Boolean(this.library()?.Player.isBrowserSupported());
  }

  start(job: PlaybackJob): PlaybackSession {
    const library = this.library();
    if (!library) throw new TypeError('playswarm: start without canPlay');
    return new ShakaSession(library, this.config, job);
  }

  /** Read at the last moment: a page may load Shaka after Video.js and this plugin. */
  private library(): typeof shaka | undefined {
    return (this.given ?? (globalThis as { shaka?: GivenShaka }).shaka) as typeof shaka | undefined;
  }
}
