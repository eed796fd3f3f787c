import { representationTrack, segmentsOf, timedSegmentsOf, tracksOf } from '../bridge/index.ts';
import type { ListedPlaylist } from '../bridge/index.ts';
import type { ByteRange, P2PEngine, Segment, Track } from '../../core/index.ts';
import type { Main, MediaType, Playlist, PlaylistSegment, VhsHandler } from './host.ts';
import { anchorOf, startTimes } from './timeline.ts';
import type { Anchor } from './timeline.ts';

/** Start times that moved less than this are left as they are: deadlines carry a larger margin. */
const DRIFT_TOLERANCE_S = 0.25;

/** What VHS plays one of: the main stream, the sound, the subtitles. */
type Part = 'main' | 'audio' | 'text';

interface Fed {
  readonly playlist: Playlist;
  readonly track: Track;
  readonly anchor: Anchor | undefined;
  readonly byPlace: ReadonlyMap<string, Segment>;
  /** Where what it lists ends on the player's timeline. */
  readonly endS: number;
}

/** How far live has come. */
interface Edge {
  /** Another one with each part, segment or, in DASH, moment that is listed; none in between. */
  readonly mark: number | string;
  /** On the clock of `performance.now()`. */
  readonly sinceMs: number;
}

/**
 * Tells the engine what VHS's playlists list. They are looked at when VHS asks for a segment, and
 * when it says that one was loaded; what has not changed since is known by its object.
 */
export class SegmentFeed {
  private readonly fed = new Map<Part, Fed>();
  private edge: Edge | undefined;

  constructor(
    private readonly engine: P2PEngine,
    private readonly vhs: VhsHandler,
  ) {}

  /** Whether the main stream goes on. */
  get live(): boolean {
    const playlist = this.vhs.playlists.media();
    return playlist !== undefined && !playlist.endList;
  }

  /**
   * Where live is by now on the player's timeline, as hls.js has it: the end of what is listed, and on from
   * there since it changed. (VHS's `seekable()` ends where playback is to keep to, three segments before.)
   */
  get liveEdgeS(): number | undefined {
    const main = this.fed.get('main');
    if (!main || !this.live) return undefined;
    const sinceMs = this.lookAtEdge(main.playlist);
    // Periods that VHS does not take for one stream are playlists of their own, and it plays one of them.
    const laterS = isDash(main.playlist) ? lastPresentedS(this.all) - lastPresentedS([main.playlist]) : 0;
    return main.endS + laterS + (performance.now() - sinceMs) / 1000;
  }

  /**
   * @param range of the request, as its header has it.
   * @param startS where VHS takes it to begin on the player's timeline.
   */
  find(url: string, range: string | undefined, startS: number | undefined): Segment | undefined {
    this.refresh();
    const place = `${url} ${range ?? ''}`;
    for (const [part, fed] of this.fed) {
      const segment = fed.byPlace.get(place);
      if (!segment) continue;
      if (startS === undefined || Math.abs(segment.startS - startS) <= DRIFT_TOLERANCE_S) return segment;
      const index = fed.playlist.segments?.findIndex((listed) => placeOf(listed) === place) ?? 0;
      const anchor = { mediaSequence: (fed.playlist.mediaSequence ?? 0) + index, startS };
      return this.update(part, fed.playlist, fed.track, anchor).byPlace.get(place);
    }
    return undefined;
  }

  /** Tells the engine of the playlists that have changed. */
  refresh(): void {
    const { playlists, playlistController_ } = this.vhs;
    const { AUDIO, SUBTITLES } = playlistController_?.mediaTypes_ ?? {};
    const main = playlists.media();
    if (main?.segments) this.lookAtEdge(main);
    this.look('main', main, ({ uri }) => uri);
    this.look('audio', AUDIO?.activePlaylistLoader?.media(), () => uriOfActive(AUDIO));
    this.look('text', SUBTITLES?.activePlaylistLoader?.media(), () => uriOfActive(SUBTITLES));
  }

  private get all(): readonly Playlist[] {
    return this.vhs.playlists.main?.playlists ?? [];
  }

  /** @returns since when what is listed has been listed, in ms. */
  private lookAtEdge(main: Playlist): number {
    const { mediaSequence = 0, segments = [] } = main;
    const mark = isDash(main) ? lastPresentedS(this.all) : `${mediaSequence + segments.length} ${segments.at(-1)?.parts?.length}`;
    if (this.edge?.mark !== mark) this.edge = { mark, sinceMs: performance.now() };
    return this.edge.sinceMs;
  }

  /** @param uriOf the playlist's, as the manifest lists it. */
  private look(part: Part, playlist: Playlist | undefined, uriOf: (playlist: Playlist) => string | undefined): void {
    const before = this.fed.get(part);
    if (!playlist?.segments || before?.playlist === playlist) return;
    const track = isDash(playlist)
      ? dashTrack(part === 'main' ? 'video' : part, playlist)
      : tracksOf(listedIn(this.vhs.playlists.main)).get(uriOf(playlist) ?? '');
    // A live list goes on where the one before it was, and the sound goes along with the picture.
    const anchor = playlist.endList ? undefined : (before ?? this.fed.get('main'))?.anchor;
    if (track) this.update(part, playlist, track, anchor);
  }

  private update(part: Part, playlist: Playlist, track: Track, known: Anchor | undefined): Fed {
    const listed = playlist.segments ?? [];
    const startsS = startTimes(playlist, known);
    const make = makerOf(track, playlist);
    const byPlace = new Map<string, Segment>();
    const segments = listed.flatMap((segment, index) => {
      const made = make(segment, index, startsS[index] ?? 0);
      if (!made) return [];
      byPlace.set(placeOf(segment), made);
      return [made];
    });
    const fed = {
      playlist,
      track,
      anchor: anchorOf(playlist, startsS),
      byPlace,
      endS: (startsS.at(-1) ?? 0) + availableS(listed.at(-1)),
    };
    this.fed.set(part, fed);
    this.engine.setSegments(track, segments);
    return fed;
  }
}

/** VHS takes a segment that consists of parts so far to be as long as they are at most (`playlist-loader.js`, `getAllSegments`). */
function availableS(segment: PlaylistSegment | undefined): number {
  if (!segment?.preload) return segment?.duration ?? 0;
  return (segment.parts ?? []).reduce((sumS, { duration }) => sumS + duration, 0);
}

/** Where what DASH playlists list ends, on the presentation's timeline. */
function lastPresentedS(playlists: readonly Playlist[]): number {
  return Math.max(
    ...playlists.map(({ segments }) => {
      const { presentationTime = 0, duration = 0 } = segments?.at(-1) ?? {};
      return presentationTime + duration;
    }),
  );
}

/** The parser of MPDs gives presentation times, that of HLS playlists does not. */
function isDash({ segments }: Playlist): boolean {
  return segments?.[0]?.presentationTime !== undefined;
}

function uriOfActive(mediaType: MediaType | undefined): string | undefined {
  const renditions = Object.values(mediaType?.groups ?? {}).flat();
  return renditions.find(({ playlistLoader }) => playlistLoader === mediaType?.activePlaylistLoader)?.uri;
}

/** The multivariant playlist, whose URIs VHS keeps as they are written. */
function listedIn({ playlists = [], mediaGroups }: Main = {}): ListedPlaylist[] {
  const renditions = ([['audio', 'AUDIO'], ['text', 'SUBTITLES']] as const).flatMap(([type, groupsOf]) =>
    Object.entries(mediaGroups?.[groupsOf] ?? {}).flatMap(([groupId, group]) =>
      Object.entries(group).map(([name, { uri = '', language }]) => ({
        type, url: uri, attributes: { 'GROUP-ID': groupId, NAME: name, LANGUAGE: language },
      })),
    ),
  );
  const variants = playlists.map(({ uri = '', attributes: { BANDWIDTH, CODECS, RESOLUTION } = {} }) => ({
    type: 'main' as const, url: uri, attributes: { BANDWIDTH, CODECS, RESOLUTION: RESOLUTION && `${RESOLUTION.width}x${RESOLUTION.height}` },
  }));
  return [...variants, ...renditions].filter(({ url }) => url !== '');
}

function dashTrack(type: 'video' | 'audio' | 'text', { attributes }: Playlist): Track {
  const { NAME, BANDWIDTH, RESOLUTION } = attributes ?? {};
  return representationTrack({ type, id: NAME, bandwidthBps: BANDWIDTH, width: RESOLUTION?.width, height: RESOLUTION?.height });
}

type Maker = (segment: PlaylistSegment, index: number, startS: number) => Segment | undefined;

function makerOf(track: Track, playlist: Playlist): Maker {
  const { mediaSequence = 0 } = playlist;
  const located = (segment: PlaylistSegment, startS: number) => ({
    startS,
    durationS: segment.duration,
    url: segment.resolvedUri,
    byteRange: byteRangeOf(segment),
  });
  if (isDash(playlist)) {
    const make = timedSegmentsOf(track);
    return (segment, _index, startS) =>
      segment.presentationTime === undefined
        ? undefined
        : make({ ...located(segment, startS), presentationTimeS: segment.presentationTime });
  }
  const make = segmentsOf(track);
  return (segment, index, startS) =>
    // The last one of a low-latency playlist consists of parts and has no address of its own yet.
    segment.resolvedUri
      ? make({ ...located(segment, startS), mediaSequence: mediaSequence + index, discontinuitySequence: segment.timeline })
      : undefined;
}

function byteRangeOf({ byterange }: PlaylistSegment): ByteRange | undefined {
  if (!byterange) return undefined;
  const start = Number(byterange.offset);
  return { start, end: start + Number(byterange.length) };
}

/** As in the request for it (`xhr.js`, `byterangeStr`). */
function placeOf(segment: PlaylistSegment): string {
  const range = byteRangeOf(segment);
  return `${segment.resolvedUri} ${range ? `bytes=${range.start}-${range.end - 1}` : ''}`;
}
