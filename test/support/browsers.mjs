// Finds the browsers the tests run in, or gets them, or says in one sentence what is missing.
import { execFileSync, spawnSync } from 'node:child_process';
import { accessSync, constants, existsSync } from 'node:fs';
import path from 'node:path';

const BROWSERS = {
  chromium: {
    variable: 'CHROME_BIN',
    debian: 'chromium',
    commands: ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'chrome', 'microsoft-edge'],
    places: [
      '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
      '/Applications/Chromium.app/Contents/MacOS/Chromium',
      'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
      'C:\\Program Files (x86)\\Google\\Chrome\\Application\\chrome.exe',
      'C:\\Program Files (x86)\\Microsoft\\Edge\\Application\\msedge.exe',
    ],
  },
  firefox: {
    variable: 'FIREFOX_BIN',
    debian: 'firefox-esr',
    commands: ['firefox', 'firefox-esr'],
    places: ['/Applications/Firefox.app/Contents/MacOS/firefox', 'C:\\Program Files\\Mozilla Firefox\\firefox.exe'],
  },
};

/** What it takes for many viewers on one machine to find each other, stay awake and play unasked. */
export const CHROMIUM_FLAGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-background-networking',
  '--disable-features=WebRtcHideLocalIpsWithMdns',
  '--allow-loopback-in-peer-connection',
  '--disable-background-timer-throttling',
  '--disable-renderer-backgrounding',
  '--disable-backgrounding-occluded-windows',
  '--autoplay-policy=no-user-gesture-required',
];

/** Each viewer has a tab of one window, and all but the last are hidden: their timers are to run, their picture to be decoded. */
export const FIREFOX_PREFS = {
  'media.peerconnection.ice.loopback': true,
  'media.peerconnection.ice.obfuscate_host_addresses': false,
  'media.autoplay.default': 0,
  'media.suspend-background-video.enabled': false,
  'dom.min_background_timeout_value': 4,
  'dom.min_background_timeout_value_without_budget_throttling': 4,
  'dom.timeout.enable_budget_timer_throttling': false,
};

const runnable = (file) => {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
};

/** @param {'chromium' | 'firefox'} name  @returns {string | undefined} */
export function findBrowser(name) {
  const { variable, commands, places } = BROWSERS[name];
  const named = process.env[variable];
  if (named) return named;
  const onPath = (process.env.PATH ?? '').split(path.delimiter).flatMap((folder) => commands.map((command) => path.join(folder, command)));
  return [...onPath, ...places].find(runnable);
}

const canInstall = () => process.getuid?.() === 0 && existsSync('/etc/debian_version');

/** @param {('chromium' | 'firefox')[]} names  @returns {Record<string, string>}  @throws an Error that says what to install */
export function requireBrowsers(names) {
  const missing = names.filter((name) => !findBrowser(name));
  if (missing.length > 0 && canInstall()) {
    const packages = missing.map((name) => BROWSERS[name].debian);
    console.log(`Installing ${packages.join(' and ')} with apt…`);
    const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
    execFileSync('apt-get', ['update', '-qq'], { stdio: 'inherit', env });
    spawnSync('apt-get', ['install', '-y', '-qq', '--no-install-recommends', ...packages], { stdio: 'inherit', env });
  }
  const found = Object.fromEntries(names.map((name) => [name, findBrowser(name)]));
  const absent = names.filter((name) => !found[name]);
  if (absent.length > 0) {
    const hints = absent.map((name) => `${name} (or point ${BROWSERS[name].variable} at it)`);
    throw new Error(`The tests need ${hints.join(' and ')}: please install it and run them again.`);
  }
  return found;
}
