// Unit, contract and browser suites, in real browsers, with a real origin and a real tracker beside them; begun by test/support/unit.mjs.
// A test finds those in `window.__karma__.config.playswarm` ({ origin, tracker, control }).
const path = require('node:path');

module.exports = async (config) => {
  const { CHROMIUM_FLAGS, FIREFOX_PREFS, requireBrowsers } = await import('./test/support/browsers.mjs');
  const { startSurroundings } = await import('./test/support/surroundings.mjs');

  const { PLAYSWARM_BROWSER: browser, PLAYSWARM_BUNDLE: bundle, PLAYSWARM_GREP: grep } = process.env;
  const found = requireBrowsers([browser]);
  if (found.chromium) process.env.CHROME_BIN = found.chromium;
  if (found.firefox) process.env.FIREFOX_BIN = found.firefox;

  const playswarm = await startSurroundings({ '/vendor/': path.join(__dirname, 'node_modules') + '/' });

  config.set({
    basePath: bundle,
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
    browsers: [browser],
    customLaunchers: {
      chromium: { base: 'ChromeHeadless', flags: CHROMIUM_FLAGS },
      firefox: { base: 'FirefoxHeadless', prefs: FIREFOX_PREFS },
    },
    client: {
      captureConsole: true,
      playswarm,
      // One order for all runs: a failure comes again when it is looked for.
      jasmine: { random: true, seed: '20261122', timeoutInterval: 15_000 },
      args: grep ? ['--grep', grep] : [],
    },
    reporters: ['playswarm'],
    logLevel: config.LOG_WARN,
    singleRun: true,
    failOnEmptyTestSuite: false,
    browserNoActivityTimeout: 120_000,
    // A machine of two cores that also runs browsers for other suites can be silent for a while.
    pingTimeout: 60_000,
    browserDisconnectTimeout: 60_000,
    captureTimeout: 60_000,
  });
};
