// Real viewers in real browsers. In Chromium each has a browser context, and so a process, of its own.
import puppeteer from 'puppeteer-core';
import { CHROMIUM_FLAGS, FIREFOX_PREFS, requireBrowsers } from './browsers.mjs';

/** @typedef {'chromium' | 'firefox'} BrowserName */

class Viewer {
  /** Uncaught errors and console errors, as text. */
  errors = [];
  #context;

  constructor(name, browserName, context, page) {
    this.name = name;
    this.browserName = browserName;
    this.page = page;
    this.#context = context;
    page.on('pageerror', (error) => this.errors.push(`uncaught: ${error?.stack ?? error}`));
    page.on('console', (message) => {
      // A failed request is the origin's doing, and faults are tested on purpose; the rest is ours.
      if (message.type() === 'error' && !/Failed to load resource/.test(message.text())) this.errors.push(`console: ${message.text()}`);
    });
  }

  /** What the page measured so far. @see viewer.js */
  metrics() {
    return this.page.evaluate(() => window.viewer.metrics());
  }

  evaluate(fn, ...args) {
    return this.page.evaluate(fn, ...args);
  }

  /** As when the window is closed: nothing is said to anyone. */
  close() {
    return this.#context.close();
  }
}

export class Viewers {
  /** @type {Map<BrowserName, Promise<import('puppeteer-core').Browser>>} */
  #browsers = new Map();
  #opened = 0;
  #wrap;

  /** @param {{ wrap?: (executable: string) => string }} options wrap: the command to start in place of a browser's own, which speaks to us over its pipes */
  constructor({ wrap } = {}) {
    this.#wrap = wrap;
  }

  /** @param {BrowserName} name */
  #browser(name) {
    if (!this.#browsers.has(name)) {
      const launched = launch(name, this.#wrap);
      this.#browsers.set(name, launched);
      // One that crashes takes its viewers with it; those who come later get another.
      void launched.then((browser) => browser.once('disconnected', () => this.#browsers.delete(name)));
    }
    return this.#browsers.get(name);
  }

  /**
   * @param {string} url
   * @param {{ browser?: BrowserName, before?: string | (() => void), ready?: () => boolean }} options before: runs in the page
   *   ahead of its scripts; ready: whether the page has started
   */
  async open(url, { browser: browserName = 'chromium', before, ready = () => window.viewer !== undefined } = {}) {
    const browser = await this.#browser(browserName);
    const context = await browser.createBrowserContext();
    const page = await context.newPage();
    this.#opened += 1;
    const viewer = new Viewer(`${browserName} ${this.#opened}`, browserName, context, page);
    if (before) await page.evaluateOnNewDocument(before);
    await page.goto(url, { waitUntil: 'load' });
    await page.waitForFunction(ready, { timeout: 15_000 }).catch(() => {
      throw new Error(`The viewer's page did not start: ${viewer.errors.join('\n') || 'no error was seen'}`);
    });
    return viewer;
  }

  /** Starts a browser without opening anything, so that what is timed afterwards does not include it. */
  async warm(...names) {
    await Promise.all(names.map((name) => this.#browser(name)));
  }

  async close() {
    await Promise.all([...this.#browsers.values()].map(async (browser) => (await browser).close()));
    this.#browsers.clear();
  }
}

function launch(name, wrap) {
  const found = requireBrowsers([name])[name];
  const executablePath = wrap ? wrap(found) : found;
  if (name === 'firefox') return puppeteer.launch({ browser: 'firefox', executablePath, headless: true, extraPrefsFirefox: FIREFOX_PREFS });
  return puppeteer.launch({ executablePath, pipe: wrap !== undefined, headless: true, args: [...CHROMIUM_FLAGS, '--mute-audio', '--enable-precise-memory-info'] });
}
