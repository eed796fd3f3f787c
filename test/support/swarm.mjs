// An origin, a tracker and viewers: what every swarm test and the swarm command stand on.
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { isSegment } from './ledger.mjs';
import { Origin } from './origin.mjs';
import { Tracker } from './tracker.mjs';
import { Viewers } from './viewers.mjs';

const root = fileURLToPath(new URL('../..', import.meta.url));
const folder = (name) => path.join(root, name) + path.sep;

export class Swarm {
  viewers = [];
  #browsers = new Viewers();

  /** @param {{ origin?: object, mounts?: Record<string, string>, trackerIntervalSeconds?: number, browsers?: import('./viewers.mjs').BrowserName[] }} options mounts: URL prefix to folder of the repository */
  static async start({ origin = {}, mounts: more = {}, trackerIntervalSeconds = 5, browsers = ['chromium'] } = {}) {
    const swarm = new Swarm();
    const mounts = { '/support/': folder('test/support'), '/benchmark/': folder('test/benchmark'), '/dist/': folder('dist'), '/vendor/': folder('node_modules') };
    for (const [prefix, name] of Object.entries(more)) mounts[prefix] = folder(name);
    swarm.origin = await new Origin({ mounts, ...origin }).listen();
    swarm.tracker = await new Tracker({ intervalSeconds: trackerIntervalSeconds }).start();
    await swarm.#browsers.warm(...browsers);
    return swarm;
  }

  /**
   * A viewer joins and begins to play.
   * @param {{ engine?: 'plain' | 'playswarm', stream?: string, hls?: object, p2p?: object, browser?: import('./viewers.mjs').BrowserName }} options
   */
  async join({ browser = 'chromium', ...how } = {}) {
    return this.open(this.address(how), { browser });
  }

  /** Path and query of a viewer's page, on the origin. */
  address({ engine = 'playswarm', stream = '/media/vod/2000k/playlist.m3u8', hls = {}, p2p = {} } = {}) {
    const query = new URLSearchParams({
      engine,
      source: this.origin.url + stream,
      hls: JSON.stringify(hls),
      p2p: JSON.stringify({ ...this.p2p, ...p2p }),
    });
    return `/support/viewer.html?${query}`;
  }

  /** Configuration that makes a viewer one of this swarm. */
  get p2p() {
    return { trackers: [this.tracker.url], rtcConfig: { iceServers: [] } };
  }

  /**
   * A viewer on another page than viewer.html, which gives the page its `window.viewer`.
   * @param {string} address on the origin  @param {Parameters<Viewers['open']>[1]} options
   */
  async open(address, options = {}) {
    const viewer = await this.#browsers.open(this.origin.url + address, options);
    this.viewers.push(viewer);
    return viewer;
  }

  async leave(viewer) {
    this.viewers = this.viewers.filter((other) => other !== viewer);
    await viewer.close();
  }

  /** Every viewer with its metrics, now. */
  sample() {
    return Promise.all(this.viewers.map(async (viewer) => ({ viewer, ...(await viewer.metrics()) })));
  }

  /**
   * Waits until every viewer's metrics meet the condition, and gives them.
   * @param {string} what for the error  @param {(metrics: object) => boolean} condition
   */
  until(what, condition, options) {
    return this.untilAll(what, (samples) => samples.every(condition), options);
  }

  /** The same for a condition on all of them together. */
  async untilAll(what, condition, { timeoutMs = 60_000 } = {}) {
    const deadline = performance.now() + timeoutMs;
    for (;;) {
      const samples = await this.sample();
      if (condition(samples)) return samples;
      if (performance.now() > deadline) {
        const brief = samples.map(({ viewer, stats, explain, positionS }) => ({ viewer: viewer.name, positionS, ...stats, explain: explain?.code, errors: viewer.errors }));
        throw new Error(`Not within ${timeoutMs / 1000} s: ${what}\n${JSON.stringify(brief, null, 2)}`);
      }
      await sleep(250);
    }
  }

  /** What the origin sent as segments, in copies. */
  copies() {
    return this.origin.ledger.copies((path) => isSegment(path) && /^\/(media|live)/.test(path));
  }

  async stop() {
    await this.#browsers.close();
    await Promise.all([this.origin.close(), this.tracker.kill()]);
  }
}

export const playing = ({ firstFrameMs }) => firstFrameMs !== undefined;
export const takesPart = ({ stats }) => stats?.p2pBytes > 0 || stats?.uploadBytes > 0;
export const exchanges = ({ stats }) => stats?.p2pBytes > 0 && stats?.uploadBytes > 0;
/** The part of all bytes that came from peers. */
export const shareOf = (samples) => {
  const sum = (field) => samples.reduce((total, { stats }) => total + (stats?.[field] ?? 0), 0);
  return sum('p2pBytes') / (sum('p2pBytes') + sum('httpBytes') || 1);
};
export const errorsOf = (samples) => samples.flatMap(({ viewer, fatal }) => [...viewer.errors, ...fatal].map((error) => `${viewer.name}: ${error}`));
export const median = (values) => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)];
