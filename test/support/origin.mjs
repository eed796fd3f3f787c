// A web server as an origin: static files, a live stream, honest accounts of what it sent, and faults on demand.
import { readFile, stat } from 'node:fs/promises';
import { createServer } from 'node:http';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { Bucket } from './buckets.mjs';
import { parseRange } from './byte-range.mjs';
import { Faults } from './faults.mjs';
import { Ledger } from './ledger.mjs';
import { Live } from './live.mjs';

const repository = fileURLToPath(new URL('../..', import.meta.url));
export const MEDIA = path.join(repository, 'test/media');

const TYPES = {
  '.m3u8': 'application/vnd.apple.mpegurl',
  '.mpd': 'application/dash+xml',
  '.ts': 'video/mp2t',
  '.m4s': 'video/iso.segment',
  '.mp4': 'video/mp4',
  '.vtt': 'text/vtt; charset=utf-8',
  '.html': 'text/html; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.mjs': 'text/javascript; charset=utf-8',
  '.json': 'application/json',
  '.map': 'application/json',
  '.svg': 'image/svg+xml',
  '.woff': 'font/woff',
};

const CORS = {
  'access-control-allow-origin': '*',
  'access-control-expose-headers': 'Content-Length, Content-Range, Accept-Ranges, Date',
  'timing-allow-origin': '*',
};
const PREFLIGHT = { 'access-control-allow-methods': 'GET, HEAD', 'access-control-allow-headers': '*, Range', 'access-control-max-age': '600' };

/** What the limit of all connections together is for. */
const MEDIA_PATH = /^\/(media|live)/;
const UNLIMITED = new Bucket();

/** Chunks small enough that the account of an aborted request is true to within one of them. */
const CHUNK = 64 * 1024;

export class Origin {
  faults = new Faults();
  ledger = new Ledger();
  #server = createServer((request, response) => void this.#serve(request, response));
  #mounts;
  #documents;
  #live;
  #total;
  #perConnection;

  /**
   * @param {{ mounts?: Record<string, string>, documents?: Record<string, () => string>, totalBitsPerSecond?: number, connectionBitsPerSecond?: number, liveAgeSeconds?: number }} options
   *   mounts: URL prefix to folder; `/media/` and the live streams are always there.
   *   totalBitsPerSecond: of media, for all viewers together; pages and scripts come from elsewhere in life, and unlimited here.
   *   documents: path to what is written when it is asked for.
   */
  constructor({ mounts = {}, documents = {}, totalBitsPerSecond = Infinity, connectionBitsPerSecond = Infinity, liveAgeSeconds } = {}) {
    this.#mounts = Object.entries({ '/media/': MEDIA, ...mounts }).sort(([a], [b]) => b.length - a.length);
    this.#documents = { '/__stats': () => JSON.stringify({ ...this.ledger.copies(), paths: this.ledger.entries() }), ...documents };
    this.#live = new Live({ root: MEDIA, ageSeconds: liveAgeSeconds });
    this.#total = new Bucket(totalBitsPerSecond);
    this.#perConnection = connectionBitsPerSecond;
  }
  /** How long the live streams have been on air. */
  onAirMs() {
    return this.#live.onAirMs();
  }


  /** @returns {Promise<this>} Rejects with EADDRINUSE when the port is taken. */
  listen(port = 0, host = '127.0.0.1') {
    return new Promise((resolve, reject) => {
      this.#server.once('error', reject).listen(port, host, () => resolve(this));
    });
  }

  get port() {
    return this.#server.address().port;
  }

  get url() {
    return `http://127.0.0.1:${this.port}`;
  }

  /** Limits take effect at once, also for answers under way. */
  limit({ totalBitsPerSecond, connectionBitsPerSecond }) {
    if (totalBitsPerSecond !== undefined) this.#total.rate = totalBitsPerSecond;
    if (connectionBitsPerSecond !== undefined) this.#perConnection = connectionBitsPerSecond;
  }

  close() {
    this.#server.closeAllConnections();
    return new Promise((resolve) => this.#server.close(() => resolve()));
  }

  async #serve(request, response) {
    const fault = this.faults.strike(request);
    if (fault.hang) return;
    if (fault.headersAfterMs) await sleep(fault.headersAfterMs);
    if (!fault.noCors) for (const [name, value] of Object.entries(CORS)) response.setHeader(name, value);
    if (request.method === 'OPTIONS') return void response.writeHead(204, fault.refusePreflight ? {} : PREFLIGHT).end();
    if (request.method !== 'GET' && request.method !== 'HEAD') return void response.writeHead(405).end();
    if (fault.status) return void response.writeHead(fault.status).end();
    try {
      const { pathname } = new URL(request.url, 'http://origin');
      const body = await this.#find(decodeURIComponent(pathname));
      if (!body) return void response.writeHead(404).end();
      await this.#send(request, response, pathname, body, fault);
    } catch (error) {
      console.error(`origin: ${request.method} ${request.url}:`, error);
      response.destroy();
    }
  }

  /** @returns {Promise<undefined | { bytes: Buffer, type: string }>} */
  async #find(pathname) {
    const written = this.#documents[pathname];
    if (written) return { bytes: Buffer.from(written()), type: TYPES[path.extname(pathname)] ?? TYPES['.json'] };
    const live = await this.#live.resolve(pathname).catch(() => ({ missing: true }));
    if (live?.missing) return undefined;
    if (live?.text) return { bytes: Buffer.from(live.text), type: TYPES[path.extname(pathname)] };
    const file = live?.file ?? (await this.#fileAt(pathname));
    if (!file) return undefined;
    return { bytes: await readFile(file), type: TYPES[path.extname(file)] ?? 'application/octet-stream' };
  }

  async #fileAt(pathname) {
    const [prefix, folder] = this.#mounts.find(([mount]) => pathname.startsWith(mount)) ?? [];
    if (!prefix) return undefined;
    const file = path.join(folder, pathname.slice(prefix.length));
    if (file !== folder && !file.startsWith(path.join(folder, path.sep))) return undefined;
    const found = await stat(file).catch(() => undefined);
    if (found?.isDirectory()) return this.#fileAt(`${pathname.replace(/\/?$/, '/')}index.html`);
    return found ? file : undefined;
  }

  async #send(request, response, pathname, { bytes, type }, fault) {
    const range = fault.ignoreRange ? undefined : parseRange(request.headers.range, bytes.length);
    response.setHeader('content-type', type);
    // Nothing is cached by the browser: what a viewer does not get from peers is seen here.
    response.setHeader('cache-control', 'no-store');
    if (!fault.ignoreRange) response.setHeader('accept-ranges', 'bytes');
    if (range === 'unsatisfiable') {
      return void response.writeHead(416, { 'content-range': `bytes */${bytes.length}`, 'content-length': 0 }).end();
    }
    const part = range ? bytes.subarray(range.start, range.end) : bytes;
    if (range) response.setHeader('content-range', `bytes ${range.start}-${range.end - 1}/${bytes.length}`);
    response.writeHead(range ? 206 : 200, { 'content-length': part.length });
    if (request.method === 'HEAD') return void response.end();
    const entry = this.ledger.request(pathname, bytes.length, range !== undefined);
    await this.#stream(response, damaged(part, fault), entry, fault, MEDIA_PATH.test(pathname) ? this.#total : UNLIMITED);
  }

  async #stream(response, bytes, entry, fault, shared) {
    const own = new Bucket(fault.bitsPerSecond ?? this.#perConnection);
    const end = Math.min(bytes.length, fault.cutAfter ?? Infinity);
    for (let at = 0; at < end && !response.destroyed; ) {
      const chunk = bytes.subarray(at, Math.min(end, at + Math.min(CHUNK, own.chunk, shared.chunk)));
      await own.take(chunk.length);
      await shared.take(chunk.length);
      if (!(await written(response, chunk))) return;
      entry.bytes += chunk.length;
      at += chunk.length;
    }
    if (end < bytes.length) response.destroy();
    else response.end();
  }
}

/** Resolves once the bytes were handed to the network: true, or false when the other side has gone. */
function written(response, chunk) {
  return new Promise((resolve) => {
    if (response.destroyed) return resolve(false);
    const gone = () => resolve(false);
    response.once('close', gone);
    response.write(chunk, (error) => {
      response.off('close', gone);
      resolve(!error);
    });
  });
}

const damaged = (bytes, { flip }) => (flip ? Buffer.from(bytes.map((byte) => byte ^ 0xff)) : bytes);
