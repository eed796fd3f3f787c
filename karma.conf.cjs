// Unit, contract and browser suites, in real browsers, with a real origin and a real tracker beside them.
// A test finds those in `window.__karma__.config.playswarm` ({ origin, tracker, control }).
const path = require('node:path');

module.exports = async (config) => {
  const { CHROMIUM_FLAGS, FIREFOX_PREFS, requireBrowsers } = await import('./test/support/browsers.mjs');
  const { startSurroundings } = await import('./test/support/surroundings.mjs');
  const { bundleTests } = await import('./test/support/bundle-tests.mjs');

  const names = (process.env.PLAYSWARM_BROWSERS ?? 'chromium,firefox').split(',');
  // Of its own: each browser's run may have a process beside it.
  const cached = path.join(__dirname, `.cache/karma-${names.join('-')}`);
  const found = requireBrowsers(names);
  if (found.chromium) process.env.CHROME_BIN = found.chromium;
  if (found.firefox) process.env.FIREFOX_BIN = found.firefox;

  await bundleTests(cached);
  const playswarm = await startSurroundings({ '/vendor/': path.join(__dirname, 'node_modules') + '/' });

  config.set({
    basePath: cached,
    frameworks: ['jasmine'],
    plugins: [
      require('karma-jasmine'),
      require('karma-chrome-launcher'),
      require('karma-firefox-launcher'),
      await import('./test/support/karma-reporter.mjs').then((module) => module.default),
    ],
    files: [
      { pattern: 'tests.js', type: 'module', included: true },
    ],
    browsers: names,
    customLaunchers: {
      chromium: { base: 'ChromeHeadless', flags: CHROMIUM_FLAGS },
      firefox: { base: 'FirefoxHeadless', prefs: FIREFOX_PREFS },
    },
    client: {
      captureConsole: true,
      playswarm,
      // One order for all runs: a failure comes again when it is looked for.
      jasmine: { random: true, seed: '20261122', timeoutInterval: 15_000 },
      args: process.env.PLAYSWARM_GREP ? ['--grep', process.env.PLAYSWARM_GREP] : [],
    },
    reporters: ['playswarm'],
    logLevel: config.LOG_WARN,
    singleRun: true,
    // One after the other: timing tests should not have to share two cores.
    concurrency: 1,
    failOnEmptyTestSuite: false,
    browserNoActivityTimeout: 120_000,
    // A machine of two cores that also runs browsers for other suites can be silent for a while.
    pingTimeout: 60_000,
    browserDisconnectTimeout: 60_000,
    captureTimeout: 60_000,
  });
};
