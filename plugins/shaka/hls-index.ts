import { isMediaPlaylist, readMediaPlaylist, readMultivariantPlaylist, tracksOf, variantTrack } from '../bridge/index.ts';
import type { ListedSegment } from '../bridge/index.ts';
import type { ByteRange, Track } from '../../core/index.ts';

/** Media playlists of contents long past are forgotten beyond this many; one content seldom has more. */
const MAX_PLAYLISTS = 100;

/** A segment of an HLS playlist, and the track it is of. */
export interface PlacedSegment extends ListedSegment {
  readonly track: Track;
}

interface Playlist {
  readonly track: Track;
  readonly segments: readonly ListedSegment[];
  readonly byPlace: ReadonlyMap<string, readonly ListedSegment[]>;
}

/**
 * Which segment of which track lies at a URL and byte range, by the text of the playlists that Shaka
 * loads: what names a segment in all players, its media sequence, Shaka keeps to itself
 * (`hls/hls_parser.js`, `createSegments_`).
 */
export class HlsIndex {
  private readonly tracks = new Map<string, Track>();
  private readonly playlists = new Map<string, Playlist>();

  /**
   * @param url as asked for: what leads from a multivariant playlist to its media playlists.
   * @param baseUrl the URL that answered, after redirects.
   * @param isRoot whether this is the manifest itself: without a multivariant playlist above it, it is the one track.
   */
  read(text: string, { url, baseUrl, isRoot }: { url: string; baseUrl: string; isRoot: boolean }): void {
    if (!isMediaPlaylist(text)) {
      for (const [playlistUrl, track] of tracksOf(readMultivariantPlaylist(text, baseUrl))) {
        this.tracks.set(withoutQuery(playlistUrl), track);
        this.tracks.set(playlistUrl, track);
      }
      return;
    }
    const track = isRoot ? variantTrack({}) : (this.tracks.get(url) ?? this.tracks.get(withoutQuery(url)));
    if (!track) return;
    const segments = readMediaPlaylist(text, baseUrl, this.playlists.get(url)?.segments);
    const byPlace = new Map<string, ListedSegment[]>();
    for (const segment of segments) {
      const place = placeOf(segment.url, segment.byteRange);
      const there = byPlace.get(place);
      if (there) there.push(segment);
      else byPlace.set(place, [segment]);
    }
    // Set anew, so that the order of the map is the order of use.
    this.playlists.delete(url);
    this.playlists.set(url, { track, segments, byPlace });
    for (const [oldest] of this.playlists) if (this.playlists.size > MAX_PLAYLISTS) this.playlists.delete(oldest);
  }

  /** @param afterSequence where a playlist has one place several times, the first one past this media sequence is meant. */
  find(url: string, byteRange: ByteRange | undefined, afterSequence: number): PlacedSegment | undefined {
    const place = placeOf(url, byteRange);
    for (const { track, byPlace } of this.playlists.values()) {
      const segment = byPlace.get(place)?.find(({ mediaSequence }) => mediaSequence > afterSequence);
      if (segment) return { ...segment, track };
    }
    return undefined;
  }
}

function placeOf(url: string, byteRange: ByteRange | undefined): string {
  return byteRange ? `${url}@${byteRange.start}-${byteRange.end}` : url;
}

/** Pages put tokens into the query when a request leaves, after the playlist was read. */
function withoutQuery(url: string): string {
  return url.replace(/[?#].*$/s, '');
}
