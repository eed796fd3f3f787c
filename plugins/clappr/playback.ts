import type { P2PEngine } from '../../core/index.ts';
import { SUPPORTED_VERSION } from './host.ts';
import type { ClapprHost, ClapprOptions, Html5Video, PlaybackClass, Translator } from './host.ts';
import { withQuality } from './playback/quality.ts';
import { withTimeline } from './playback/timeline.ts';
import { withTracks } from './playback/tracks.ts';
import { startSharing } from './sharing.ts';
import type { Sharing } from './sharing.ts';
import type { Connection, StreamFailure, StreamListener } from './stream.ts';

/** One of our playbacks, as Clappr's `core.activePlayback`. */
export interface P2PPlayback extends Html5Video {
  readonly p2p: P2PEngine;
  readonly sharing: Sharing;
}

export type P2PPlaybackClass = PlaybackClass<P2PPlayback>;

/** What makes a playback of hls.js or Shaka. */
export interface StreamKind<Class> {
  /** A playback takes the place of another of that name. */
  readonly name: string;
  /** At once where it is there, as from a script tag; else it is loaded before the playback is ready. */
  readonly library: { now(): Class | undefined; load(): Promise<Class> };
  canPlay(src: string, mimeType?: string): boolean;
  connect(library: Class, options: ClapprOptions, engine: P2PEngine): Connection;
}

/**
 * Makes a playback on the host's own media element playback: here it comes and goes, and `playback/` has what
 * it tells Clappr's controls.
 */
export function createStreamPlayback<Class>(host: ClapprHost, kind: StreamKind<Class>): P2PPlaybackClass {
  const { Events } = host;
  const Base = withTracks(host, withQuality(host, withTimeline(host, host.HTML5Video)));

  return class StreamPlayback extends Base implements P2PPlayback, StreamListener {
    static override canPlay(src: string, mimeType?: string): boolean {
      return kind.canPlay(src, mimeType);
    }

    readonly sharing: Sharing;
    private connection: Connection | undefined;
    private wantsToPlay = false;
    private destroyed = false;

    constructor(options: ClapprOptions, i18n?: Translator, playerError?: unknown) {
      super(options, i18n, playerError);
      this.sharing = startSharing(options.p2p, { language: options.language, i18n, latencyS: () => this.stream?.latencyS() });
      const connect = (found: Class) => (this.connection = kind.connect(found, options, this.p2p));
      const found = kind.library.now();
      if (found) {
        connect(found);
        return;
      }
      kind.library.load().then(
        (loaded) => {
          if (this.destroyed) return;
          connect(loaded);
          this._ready();
          this.onAttached();
        },
        (error: Error) => this.onFailure({ code: 'library-missing', description: error.message, raw: error }),
      );
    }

    override get name() {
      return kind.name;
    }

    get supportedVersion() {
      return SUPPORTED_VERSION;
    }

    get p2p() {
      return this.sharing.engine;
    }

    get isAdaptive() {
      return true;
    }

    get sourceMedia() {
      return this.options.src;
    }

    /** The base class would give the element the manifest's URL. */
    _setupSrc(): void {}

    /** Ready, and loading, once there is something to load with. */
    override _ready(): void {
      if (!this.connection) return;
      if (!this.stream) this.open(this.connection);
      super._ready();
    }

    override play(): unknown {
      this.wantsToPlay = true;
      if (!this.connection) return undefined;
      if (!this.stream) this.open(this.connection);
      return super.play();
    }

    pause(): void {
      this.wantsToPlay = false;
      this.el.pause();
    }

    onAttached(): void {
      if (this.wantsToPlay && this.el.paused) this.play();
    }

    load(src: string): void {
      (this.options as { src: string }).src = src;
      this.close();
      if (this.connection) this.open(this.connection);
    }

    override stop(): void {
      this.wantsToPlay = false;
      this.close();
      super.stop();
    }

    override destroy(): void {
      this.destroyed = true;
      this.close();
      const released = this.connection?.end();
      this.connection = undefined;
      this.sharing.end();
      if (!released) {
        super.destroy();
        return;
      }
      // Clappr gives the element to the next playback (`DomRecycler`), which must not lose its source to this one.
      this.el.remove();
      void released.finally(() => super.destroy());
    }

    private open(connection: Connection): void {
      this.forgetLevel();
      this.followCaptions();
      this.stream = connection.open(this.el, this.options.src, this);
    }

    private close(): void {
      this.leaveCaptions();
      this.stream?.close();
      this.stream = undefined;
    }

    onFailure(failure: StreamFailure): void {
      this.trigger(Events.PLAYBACK_ERROR, this.createError({ ...failure, description: `${this.name}: ${failure.description}` }));
      this.stop();
    }
  };
}
