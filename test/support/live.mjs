// A live stream out of a recorded one: a window that slides over an endless loop of its segments.
// Everything follows from the wall clock, so any number of origins or reloads agree.
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { LiveDash } from './live-dash.mjs';

const PREFIX = /^\/live(?:-w(\d+))?\/([\w-]+)\/(.+)$/;

export class Live {
  #root;
  #startedAt;
  #playlists = new Map();
  /** @type {Map<string, LiveDash>} */
  #dash = new Map();

  /** @param {{ root: string, ageSeconds?: number }} options ageSeconds: how long it has been on air when the origin starts */
  constructor({ root, ageSeconds = 60 }) {
    this.#root = root;
    this.#startedAt = Date.now() - ageSeconds * 1000;
  }

  /** How long its streams have been on air. */
  onAirMs() {
    return Date.now() - this.#startedAt;
  }

  /**
   * `/live/<name>/main.m3u8`, `/live/<name>/<track>/playlist.m3u8` and `.../seg-<n>.ts` or `.m4s`, or with a window
   * of k segments (6 unless said otherwise) `/live-w<k>/…`; `/live/<name>/manifest.mpd` and its `dash/<loop>/<file>`.
   * @returns {Promise<undefined | { text: string } | { file: string } | { missing: true }>} undefined: not live's affair
   */
  async resolve(pathname) {
    const [, window, name, rest] = PREFIX.exec(pathname) ?? [];
    if (!name) return undefined;
    if (rest === 'manifest.mpd') return { text: await this.#dashOf(name).manifest() };
    if (rest === 'main.m3u8') return { text: withoutCaptions(await readFile(path.join(this.#root, name, rest), 'utf8')) };
    const recorded = /^dash\/\d+\/([\w./-]+\.(?:m4s|mp4))$/.exec(rest)?.[1];
    if (recorded) return { file: path.join(this.#root, name, path.posix.join('/', recorded)) };
    const [, quality, leaf] = /^([\w-]+)\/([\w.-]+)$/.exec(rest) ?? [];
    if (!leaf) return { missing: true };
    if (leaf === 'init.mp4') return { file: path.join(this.#root, name, quality, leaf) };
    const segments = await this.#segments(name, quality);
    if (leaf === 'playlist.m3u8') return { text: this.#playlist(segments, Number(window ?? 6)) };
    const sequence = Number(/^seg-(\d+)\.\w+$/.exec(leaf)?.[1] ?? NaN);
    if (!(sequence < this.#nextSequence(segments))) return { missing: true };
    return { file: path.join(this.#root, name, quality, segments[sequence % segments.length].uri) };
  }

  #dashOf(name) {
    if (!this.#dash.has(name)) this.#dash.set(name, new LiveDash({ folder: path.join(this.#root, name), startedAt: this.#startedAt }));
    return this.#dash.get(name);
  }

  async #segments(name, quality) {
    const file = path.join(this.#root, name, quality, 'playlist.m3u8');
    if (!this.#playlists.has(file)) {
      const text = await readFile(file, 'utf8');
      const segments = [...text.matchAll(/#EXTINF:([\d.]+),.*\n(?:#.*\n)*(.+)/g)].map(([, seconds, uri]) => ({ seconds: Number(seconds), uri }));
      this.#playlists.set(file, segments);
    }
    return this.#playlists.get(file);
  }

  /** The media sequence number that will appear next: all before it are whole. */
  #nextSequence(segments) {
    const loopSeconds = loopOf(segments);
    const age = (Date.now() - this.#startedAt) / 1000;
    const loops = Math.floor(age / loopSeconds);
    let left = age - loops * loopSeconds;
    let index = 0;
    while (index < segments.length && left >= segments[index].seconds) left -= segments[index++].seconds;
    return loops * segments.length + index;
  }

  #playlist(segments, window) {
    const count = segments.length;
    const end = this.#nextSequence(segments);
    const first = Math.max(0, end - window);
    const loopSeconds = loopOf(segments);
    const startOf = (sequence) =>
      Math.floor(sequence / count) * loopSeconds + segments.slice(0, sequence % count).reduce((sum, { seconds }) => sum + seconds, 0);
    const lines = [
      '#EXTM3U',
      `#EXT-X-VERSION:${isFmp4(segments) ? 7 : 3}`,
      '#EXT-X-INDEPENDENT-SEGMENTS',
      `#EXT-X-TARGETDURATION:${Math.ceil(Math.max(...segments.map(({ seconds }) => seconds)))}`,
      `#EXT-X-MEDIA-SEQUENCE:${first}`,
      // Discontinuities that have left the window; the one before `first` itself, if it is still listed, is not among them.
      `#EXT-X-DISCONTINUITY-SEQUENCE:${first === 0 ? 0 : Math.floor((first - 1) / count)}`,
    ];
    for (let sequence = first; sequence < end; sequence++) {
      if (sequence > 0 && sequence % count === 0) lines.push('#EXT-X-DISCONTINUITY');
      if (isFmp4(segments) && (sequence === first || sequence % count === 0)) lines.push('#EXT-X-MAP:URI="init.mp4"');
      if (sequence === first || sequence % count === 0) {
        lines.push(`#EXT-X-PROGRAM-DATE-TIME:${new Date(this.#startedAt + startOf(sequence) * 1000).toISOString()}`);
      }
      const { seconds, uri } = segments[sequence % count];
      lines.push(`#EXTINF:${seconds.toFixed(6)},`, `seg-${sequence}${path.extname(uri)}`);
    }
    return `${lines.join('\n')}\n`;
  }
}

const isFmp4 = ([{ uri }]) => uri.endsWith('.m4s');

/** A loop lasts whole seconds, so that picture and sound, which differ by some milliseconds, stay together. */
const loopOf = (segments) => Math.round(segments.reduce((sum, { seconds }) => sum + seconds, 0));

/** Captions here are of the recording, and would be wrong in its second loop. */
const withoutCaptions = (multivariant) => multivariant.replace(/#EXT-X-MEDIA:TYPE=SUBTITLES.*\n/g, '').replace(/,SUBTITLES="\w+"/g, '');
