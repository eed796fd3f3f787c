// Two viewers of one cell, and what the expectations ask of them.
import { eventually } from './eventually.mjs';

const JOIN_AFTER_MS = 5000;

export class Room {
  /** All that have joined. */
  #joined = [];

  /**
   * @param {import('../../support/swarm.mjs').Swarm} swarm  @param {object} cell
   * @param {{ browser?: string, p2p?: object }} options p2p: configuration beyond what makes them one swarm
   */
  constructor(swarm, cell, { browser = 'chromium', p2p = {} } = {}) {
    this.swarm = swarm;
    this.cell = cell;
    this.browser = browser;
    this.p2p = p2p;
  }

  /** The first viewer; the second follows five seconds later, whatever the first is doing. */
  async open() {
    const before = performance.now();
    this.first = await this.join();
    const leftMs = JOIN_AFTER_MS - (performance.now() - before);
    await this.first.page.evaluate((ms) => new Promise((resolve) => setTimeout(resolve, ms)), Math.max(0, leftMs));
    this.second = await this.join();
  }

  async join(cell = this.cell) {
    const { player, engine, build, source } = cell;
    const query = new URLSearchParams({ player, engine, build, source: this.swarm.origin.url + source, p2p: JSON.stringify({ ...this.swarm.p2p, ...this.p2p }) });
    const viewer = await this.swarm.open(`/conformance/index.html?${query}`, { browser: this.browser });
    this.#joined.push(viewer);
    return viewer;
  }

  /** Of a browser that crashed nothing can be closed. */
  async close() {
    await Promise.allSettled(this.#joined.map((viewer) => this.swarm.leave(viewer)));
  }

  get viewers() {
    return [this.first, this.second];
  }

  /** Does something with the player of the first viewer. @param {string} name of a Driver's member */
  drive(name, ...args) {
    return this.first.evaluate((member, given) => void window.viewer.driver[member](...given), name, args);
  }

  read(name) {
    return this.first.evaluate((member) => window.viewer.driver[member]?.(), name);
  }

  offers(name) {
    return this.first.evaluate((member) => member in window.viewer.driver, name);
  }

  /** As a player's own controls do. @param {number} positionS below 0: before the end */
  async seek(positionS) {
    await this.first.evaluate((to) => {
      const video = window.viewer.driver.video();
      video.currentTime = to < 0 ? video.duration + to : to;
    }, positionS);
    await eventually('has sought', () => this.first.evaluate(() => window.viewer.driver.video().seeking), (seeking) => !seeking);
  }

  /** Waits for the metrics of the first viewer. */
  until(what, holds, options) {
    return eventually(what, () => this.first.metrics(), holds, options);
  }

  /** Waits for the metrics of both. */
  untilBoth(what, holds, options) {
    return eventually(what, () => Promise.all(this.viewers.map((viewer) => viewer.metrics())), (both) => holds(both), options);
  }

  /** Plays on for so many seconds of content. */
  async playsOn(seconds, options) {
    const { positionS } = await this.first.metrics();
    return this.until(`plays ${seconds} s on from ${positionS.toFixed(1)} s`, (now) => now.positionS >= positionS + seconds, options);
  }

  /** What went wrong in the pages so far. */
  async errors() {
    const found = await Promise.all(this.viewers.map(async (viewer) => [...viewer.errors, ...(await viewer.metrics()).fatal].map((error) => `${viewer.name}: ${error}`)));
    return found.flat();
  }
}
