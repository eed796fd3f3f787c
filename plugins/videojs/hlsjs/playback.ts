import type Hls from 'hls.js';
import type { GivenHls } from '../../hlsjs/library.ts';
import type { Source } from '../host.ts';
import type { Playback, PlaybackJob, PlaybackSession } from '../playback.ts';
import { HlsSession } from './session.ts';

/** The types that VHS, too, takes for HLS (`simpleTypeFromSourceType`). */
const HLS_TYPE = /^(audio|video|application)\/(x-|vnd\.apple\.)?mpegurl$/i;

/** Plays HLS with hls.js. */
export class HlsPlayback implements Playback {
  constructor(
    private readonly given: GivenHls | undefined,
    private readonly config: object,
  ) {}

  canPlay({ type }: Source): boolean {
    return HLS_TYPE.test(type) && Boolean(this.hlsClass()?.isSupported());
  }

  start(job: PlaybackJob): PlaybackSession {
    const hlsClass = this.hlsClass();
    if (!hlsClass) throw new TypeError('playswarm: start without canPlay');
    return new HlsSession(hlsClass, this.config, job);
  }

  /** Read at the last moment: a page may load hls.js after Video.js and this plugin. */
  private hlsClass(): typeof Hls | undefined {
    return (this.given ?? (globalThis as { Hls?: GivenHls }).Hls) as typeof Hls | undefined;
  }
}
