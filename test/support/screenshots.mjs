// `npm run screenshots`: the pictures in docs/pictures, taken of the examples in Chromium.
// `npm run screenshots -- --all [--player plyr]`: every menu in every setting, into .cache/screenshots, to be looked at.
import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import puppeteer from 'puppeteer-core';
import { CHROMIUM_FLAGS, requireBrowsers } from './browsers.mjs';
import { startExamples } from './examples-server.mjs';
import { readOptions } from './options.mjs';

const HELP = `npm run screenshots -- [options]
  --all              every menu in every setting, into .cache/screenshots, rather than the pictures of the docs
  --player <name>    of this one only, with --all: videojs, clappr, plyr`;

const values = readOptions(HELP, { all: { type: 'boolean' }, player: { type: 'string' } });
const root = fileURLToPath(new URL('../..', import.meta.url));
const folder = path.join(root, values.all ? '.cache/screenshots' : 'docs/pictures');

const DESKTOP = { width: 1280, height: 800 };
const NARROW = { width: 320, height: 640 };
const PHONE = { width: 360, height: 700, isMobile: true, hasTouch: true };
/** Until speeds have settled and the graph has something to show. */
const SHARE_FOR_MS = values.all ? 12_000 : 45_000;

/** How one opens each player's menu, and what scrolls in it. */
const players = {
  videojs: {
    open: (page) => press(page, '.vjs-p2p-button > button'),
    panel: '.vjs-p2p-panel',
    fullscreen: '.vjs-fullscreen-control',
  },
  clappr: {
    open: (page) => press(page, '.playswarm-button'),
    panel: '.playswarm-panel',
    fullscreen: '.media-control-button[data-fullscreen]',
  },
  plyr: {
    async open(page) {
      await press(page, '[data-plyr="settings"]');
      await sleep(400);
      await page.evaluate(() => [...document.querySelectorAll('.plyr__menu [role="menuitem"]')].find((entry) => entry.textContent.includes('P2P')).click());
    },
    panel: '.playswarm-pane',
    fullscreen: '[data-plyr="fullscreen"]',
  },
};

/** With the pointer over the controls, so that they stay. */
async function press(page, selector) {
  const { x, y } = await page.$eval('.stage', (stage) => {
    const { left, top, width, height } = stage.getBoundingClientRect();
    return { x: left + width / 2, y: top + height / 2 };
  });
  await page.mouse.move(x, y);
  await page.mouse.move(x + 5, y + 5);
  await page.waitForSelector(selector, { visible: true });
  await page.$eval(selector, (button) => button.click());
  await sleep(400);
}

const isOpen = (page, { panel }) => page.$eval(panel, (element) => element.checkVisibility({ visibilityProperty: true })).catch(() => false);

async function ensureOpen(page, player) {
  if (!(await isOpen(page, player))) await player.open(page);
  await sleep(600);
}

const { chromium } = requireBrowsers(['chromium']);
const server = await startExamples(18280);
const browser = await puppeteer.launch({ executablePath: chromium, args: [...CHROMIUM_FLAGS, '--mute-audio', '--hide-scrollbars'] });

/** A page of its own browser context, so a viewer of its own. */
async function watch(address, { viewport = DESKTOP, language } = {}) {
  const page = await (await browser.createBrowserContext()).newPage();
  await page.setViewport(viewport);
  if (language) await page.evaluateOnNewDocument(speak, language);
  await page.goto(server.address + address);
  await page.waitForFunction(() => document.querySelector('.stage video')?.currentTime > 1);
  return page;
}

function speak(language) {
  Object.defineProperty(navigator, 'language', { value: language });
  new MutationObserver(() => Object.assign(document.documentElement, { lang: language, dir: 'rtl' })).observe(document, { childList: true });
}

const end = (page) => page.browserContext().close();

async function take(page, name, { of, clip } = {}) {
  const options = values.all ? { path: path.join(folder, `${name}.png`) } : { path: path.join(folder, `${name}.webp`), type: 'webp', quality: 80 };
  const target = of ? await page.$(of) : page;
  await target.screenshot({ ...options, ...(clip ? { clip } : {}) });
  console.log(path.relative(root, options.path));
}

const scheme = (page, value) => page.emulateMediaFeatures([{ name: 'prefers-color-scheme', value }]);
const toStatistics = (page, { panel }) => page.$eval(panel, (element) => element.scrollTo(0, element.scrollHeight));

async function takeAll(name, player) {
  const page = await watch(`/${name}/?quality=400k`);
  await sleep(SHARE_FOR_MS);
  await player.open(page);
  for (const value of ['light', 'dark']) {
    await scheme(page, value);
    await ensureOpen(page, player);
    await take(page, `${name}-${value}`);
  }
  await toStatistics(page, player);
  await take(page, `${name}-statistics`, { of: '.stage' });
  await press(page, player.fullscreen);
  await sleep(1000);
  await ensureOpen(page, player);
  await take(page, `${name}-fullscreen`);
  await page.evaluate(() => document.exitFullscreen());
  await page.setViewport(NARROW);
  await sleep(1000);
  await ensureOpen(page, player);
  await take(page, `${name}-narrow`);
  await toStatistics(page, player);
  await take(page, `${name}-narrow-statistics`);
  await end(page);
  for (const [kind, options] of [['touch', { viewport: PHONE }], ['he', { language: 'he' }], ['ar-touch', { viewport: PHONE, language: 'ar' }]]) {
    const other = await watch(`/${name}/?quality=400k&live`, options);
    await sleep(3000);
    await ensureOpen(other, player);
    await take(other, `${name}-${kind}`);
    await end(other);
  }
}

/** Of the full screen, the corner with the menu in it, whole. */
const CORNER = { x: DESKTOP.width - 480, y: DESKTOP.height - 620, width: 480, height: 620 };

/** What docs/ and the README show: a swarm at work, and each player's menu. */
async function takeForDocs() {
  const swarm = await watch('/videojs-hlsjs/?quality=1000k&live', { viewport: { width: 1280, height: 960 } });
  await swarm.evaluate(() => [...document.querySelectorAll('button')].find(({ textContent }) => textContent === 'Add 3').click());
  await sleep(SHARE_FOR_MS);
  await take(swarm, 'example');
  await end(swarm);
  for (const [name, player] of Object.entries(players)) {
    const page = await watch(`/${name}/?quality=1000k`);
    await sleep(SHARE_FOR_MS / 2);
    await press(page, player.fullscreen);
    await sleep(1000);
    await ensureOpen(page, player);
    await take(page, `menu-${name}`, { clip: CORNER });
    await end(page);
  }
}

try {
  await mkdir(folder, { recursive: true });
  // Somebody to share with.
  const quality = values.all ? '400k' : '1000k';
  await Promise.all(['', '&live'].map((live) => watch(`/hlsjs/?embed&quality=${quality}${live}`)));
  if (!values.all) await takeForDocs();
  else {
    for (const [name, player] of Object.entries(players)) if (!values.player || values.player === name) await takeAll(name, player);
  }
} finally {
  await browser.close();
  await server.stop();
}
