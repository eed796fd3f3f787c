import type { ByteRange } from '../../core/index.ts';
import type { ListedPlaylist } from './hls-tracks.ts';

/**
 * Reads the few things in an HLS playlist that name segments (RFC 8216), for players that do not tell
 * their plugins a segment's media sequence. It checks nothing: the player does, with the same text.
 */

/** What names and locates one segment of a media playlist. */
export interface ListedSegment {
  readonly mediaSequence: number;
  readonly discontinuitySequence: number;
  readonly url: string;
  readonly byteRange: ByteRange | undefined;
}

export function isMediaPlaylist(text: string): boolean {
  return /^#EXTINF:|^#EXT-X-TARGETDURATION:/m.test(text);
}

/** @param baseUrl the URL that answered, after redirects. */
export function readMultivariantPlaylist(text: string, baseUrl: string): ListedPlaylist[] {
  const lines = linesOf(text);
  return lines.flatMap((line, index): ListedPlaylist[] => {
    const attributes = attributesOf(line);
    if (line.startsWith('#EXT-X-STREAM-INF:')) {
      const uri = lines.slice(index + 1).find((next) => !next.startsWith('#'));
      return uri === undefined ? [] : [{ type: 'main', url: resolve(uri, baseUrl), attributes }];
    }
    const type = line.startsWith('#EXT-X-MEDIA:') ? RENDITION_TYPES.get(attributes.TYPE ?? '') : undefined;
    return type && attributes.URI ? [{ type, url: resolve(attributes.URI, baseUrl), attributes }] : [];
  });
}

/** `VIDEO` has no part here: hls.js, Shaka and VHS play variants, not alternative video renditions. */
const RENDITION_TYPES = new Map<string, 'audio' | 'text'>([
  ['AUDIO', 'audio'],
  ['SUBTITLES', 'text'],
]);

/**
 * @param baseUrl the URL that answered, after redirects.
 * @param before what the playlist listed before. A delta update (`EXT-X-SKIP`) leaves out segments and
 *   the discontinuities among them; without `before`, such an update lists nothing that could be named.
 */
export function readMediaPlaylist(text: string, baseUrl: string, before: readonly ListedSegment[] = []): ListedSegment[] {
  const segments: ListedSegment[] = [];
  let mediaSequence = 0;
  let discontinuitySequence: number | undefined = 0;
  let range: { readonly lengthBytes: number; readonly start: number | undefined } | undefined;
  for (const line of linesOf(text)) {
    const [, tag, value = ''] = /^#(EXT[^:]*):?(.*)$/.exec(line) ?? [];
    if (tag === 'EXT-X-MEDIA-SEQUENCE') mediaSequence = Number(value);
    else if (tag === 'EXT-X-DISCONTINUITY-SEQUENCE') discontinuitySequence = Number(value);
    else if (tag === 'EXT-X-DISCONTINUITY') discontinuitySequence = discontinuitySequence === undefined ? undefined : discontinuitySequence + 1;
    else if (tag === 'EXT-X-BYTERANGE') range = rangeOf(value);
    else if (tag === 'EXT-X-SKIP') {
      mediaSequence += Number(attributesOf(line)['SKIPPED-SEGMENTS'] ?? 0);
      discontinuitySequence = before.find((segment) => segment.mediaSequence === mediaSequence - 1)?.discontinuitySequence;
    } else if (!line.startsWith('#')) {
      const url = resolve(line, baseUrl);
      if (discontinuitySequence !== undefined) {
        segments.push({ mediaSequence, discontinuitySequence, url, byteRange: placed(range, url, segments.at(-1)) });
      }
      mediaSequence++;
      range = undefined;
    }
  }
  return segments;
}

/** `<n>[@<o>]`, RFC 8216, 4.3.2.2. */
function rangeOf(value: string): { readonly lengthBytes: number; readonly start: number | undefined } {
  const [length, start] = value.split('@');
  return { lengthBytes: Number(length), start: start === undefined ? undefined : Number(start) };
}

/** Without an offset, a range begins where that of the segment before it ended, in the same resource. */
function placed(
  range: ReturnType<typeof rangeOf> | undefined,
  url: string,
  before: ListedSegment | undefined,
): ByteRange | undefined {
  if (!range) return undefined;
  const start = range.start ?? (before?.url === url ? (before.byteRange?.end ?? 0) : 0);
  return { start, end: start + range.lengthBytes };
}

function linesOf(text: string): string[] {
  return text.split(/[\r\n]+/).map((line) => line.trim()).filter((line) => line !== '');
}

function attributesOf(line: string): Record<string, string | undefined> {
  const attributes: Record<string, string | undefined> = {};
  for (const [, name, quoted, plain] of line.matchAll(/([A-Z0-9-]+)=(?:"([^"]*)"|([^,]*))/g)) {
    if (name) attributes[name] = quoted ?? plain;
  }
  return attributes;
}

function resolve(uri: string, baseUrl: string): string {
  try {
    return new URL(uri, baseUrl).href;
  } catch {
    return uri;
  }
}
