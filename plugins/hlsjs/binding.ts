import type Hls from 'hls.js';
import type {
  Fragment, FragmentLoaderContext, LevelDetails, LevelParsed, LevelUpdatedData, ManifestLoadedData, MediaPlaylist, TrackLoadedData,
} from 'hls.js';
import { playbackOf, renditionTrack, tracksOf, variantTrack } from '../bridge/index.ts';
import type { P2PEngine, Segment, Track } from '../../core/index.ts';
import { hostTransport } from './host-request.ts';
import type { HostTransport } from './host-request.ts';
import { latencyS } from './latency.ts';
import { UnrecordableError } from './recorder.ts';
import { SegmentFeed } from './segment-feed.ts';

type Listener = Parameters<Hls['on']>[1];

/**
 * Joins an engine to one Hls instance: tells the engine the content, its lists and the playhead, and
 * tells the fragment loader which segment a fragment is. Ends with the instance (DESTROYING).
 */
export class HlsBinding {
  /** By what hls.js would send what the engine sends for it. */
  readonly transport: HostTransport;
  private readonly feed: SegmentFeed;
  private readonly listeners: readonly (readonly [event: string, listener: Listener])[];
  /** By the URL of the media playlist, as it is listed. */
  private tracks: ReadonlyMap<string, Track> = new Map();
  private live = false;
  private warned = false;

  constructor(
    readonly hls: Hls,
    readonly engine: P2PEngine,
  ) {
    const { Events, DefaultConfig } = hls.constructor as typeof Hls;
    this.transport = hostTransport(hls.config, DefaultConfig.loader);
    this.feed = new SegmentFeed(engine);
    const listener = <Data>(handle: (data: Data) => void) => ((_event: string, data: Data) => handle(data)) as Listener;
    const audio = listener<TrackLoadedData>((data) => this.updateRendition('audio', hls.audioTracks, data));
    const text = listener<TrackLoadedData>((data) => this.updateRendition('text', hls.subtitleTracks, data));
    // hls.js 1.5 does not know the *_TRACK_UPDATED events; it has aligned a list by the time it tells of its loading.
    const listeners: (readonly [string | undefined, Listener])[] = [
      [Events.MANIFEST_LOADING, listener(() => this.startContent())],
      [Events.MANIFEST_LOADED, listener<ManifestLoadedData>((data) => (this.tracks = tracksIn(data)))],
      [Events.LEVEL_UPDATED, listener<LevelUpdatedData>((data) => this.updateLevel(data))],
      [Events.LEVEL_PTS_UPDATED, listener(() => this.feed.realign())],
      [Events.AUDIO_TRACK_LOADED, audio],
      [Events.AUDIO_TRACK_UPDATED, audio],
      [Events.SUBTITLE_TRACK_LOADED, text],
      [Events.SUBTITLE_TRACK_UPDATED, text],
      [Events.DESTROYING, listener(() => this.release())],
    ];
    this.listeners = listeners.filter((entry): entry is readonly [string, Listener] => entry[0] !== undefined);
    for (const [event, listen] of this.listeners) hls.on(event as Parameters<Hls['on']>[0], listen);
    engine.setPlayback(() => this.playback());
    // Bound while loading already, as Clappr's listeners allow at the earliest.
    if (hls.url) this.startContent();
    if (this.transport === 'custom') {
      this.warn('hls.js is configured with a `loader` of its own, which gets every request: there is no P2P.');
    }
  }

  /** Whether the engine may be asked for this request at all; `segmentOf` tells whether it knows it. */
  mayServe({ frag, part }: FragmentLoaderContext): boolean {
    return this.transport !== 'custom' && !part && frag.sn !== 'initSegment';
  }

  segmentOf(fragment: Fragment): Segment | undefined {
    return this.feed.segmentOf(fragment);
  }

  /** Says once on the console what a page can mend so that its requests take part in P2P. */
  report(error: unknown): void {
    if (error instanceof UnrecordableError) this.warn(error.message);
  }

  /** Lets go of the instance; the engine leaves its swarm and can be bound again. */
  release(): void {
    for (const [event, listen] of this.listeners) this.hls.off(event as Parameters<Hls['off']>[0], listen);
    this.feed.clear();
    this.engine.setContent(undefined);
  }

  private startContent(): void {
    // Absolute and set before MANIFEST_LOADING is told (`hls.ts`, `loadSource`); the event's own may be relative.
    const { url } = this.hls;
    if (!url) return;
    this.feed.clear();
    this.engine.setContent({ manifestUrl: url });
  }

  private updateLevel({ level: index, details }: LevelUpdatedData): void {
    const level = this.hls.levels[index];
    if (!level) return;
    this.live = details.live;
    this.feed.update(this.tracks.get(level.uri) ?? variantTrack(level.attrs), details);
    // Renditions that were loaded first are aligned with the main playlist only now.
    this.feed.realign();
  }

  private updateRendition(
    type: 'audio' | 'text',
    tracks: readonly MediaPlaylist[],
    { id, groupId, details }: { id: number; groupId: string; details: LevelDetails },
  ): void {
    const track = tracks[id];
    if (track && track.groupId === groupId) this.feed.update(this.tracks.get(track.url) ?? renditionTrack(type, track.attrs), details);
  }

  private playback() {
    const { hls, live } = this;
    // hls.js tells a live position on demand, too.
    const liveStartS = live ? (hls.liveSyncPosition ?? undefined) : undefined;
    return playbackOf(hls.media, {
      live,
      latencyS: live ? latencyS(hls) : undefined,
      startS: hls.config.startPosition >= 0 ? hls.config.startPosition : liveStartS,
    });
  }

  private warn(message: string): void {
    if (this.warned) return;
    this.warned = true;
    console.warn(`[playswarm] ${message}`);
  }
}

/** All that is listed, of which hls.js goes on to leave out what it cannot play. */
function tracksIn({ levels, audioTracks, subtitles = [] }: ManifestLoadedData): ReadonlyMap<string, Track> {
  const listed = (type: 'main' | 'audio' | 'text') => ({ url, attrs }: LevelParsed | MediaPlaylist) => ({ type, url, attributes: attrs });
  return tracksOf([...levels.map(listed('main')), ...audioTracks.map(listed('audio')), ...subtitles.map(listed('text'))]);
}

/** Joins an engine to an Hls instance whose `fLoader` comes from `createFragmentLoader`. */
export function bindEngine(hls: Hls, engine: P2PEngine): HlsBinding {
  return new HlsBinding(hls, engine);
}
