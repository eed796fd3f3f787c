// A quiet reporter: a line per browser and per slow test, every failure in full, and counts that test/run.mjs adds up.

const SLOW_MS = 2000;

const short = (browser) => browser.name.replace(/ \(.*$/, '');

function Reporter(baseReporterDecorator, formatError) {
  baseReporterDecorator(this);
  const say = (text) => process.stdout.write(`${text}\n`);
  const totals = { passed: 0, failed: 0, skipped: 0 };

  this.onSpecComplete = (browser, result) => {
    const name = [...result.suite, result.description].join(' › ');
    if (result.skipped) totals.skipped += 1;
    else if (result.success) totals.passed += 1;
    else {
      totals.failed += 1;
      say(`  ✗ ${short(browser)}: ${name}`);
      for (const line of result.log) say(formatError(line, '      '));
    }
    if (result.success && result.time >= SLOW_MS) say(`  ✓ ${short(browser)}: ${name} (${(result.time / 1000).toFixed(1)} s)`);
  };
  this.onBrowserLog = (browser, log, type) => {
    if (type === 'error' || type === 'warn' || process.env.PLAYSWARM_LOG) say(`  ${short(browser)} ${type}: ${log}`);
  };
  this.onBrowserError = (browser, error) => {
    totals.failed += 1;
    say(`  ✗ ${short(browser)} broke off: ${formatError(error, '      ')}`);
  };
  this.onBrowserComplete = (browser) => {
    const { success, failed, skipped, totalTime } = browser.lastResult;
    say(`  ${short(browser)}: ${success} passed, ${failed} failed${skipped ? `, ${skipped} skipped` : ''} (${(totalTime / 1000).toFixed(1)} s)`);
  };
  this.onRunComplete = () => say(`COUNTS ${JSON.stringify(totals)}`);
}
Reporter.$inject = ['baseReporterDecorator', 'formatError'];

export default { 'reporter:playswarm': ['type', Reporter] };
