// A quiet reporter for node:test: a line per test, every failure in full, and counts that test/run.mjs adds up.

const seconds = (ms) => `${(ms / 1000).toFixed(1)} s`;

export default async function* report(source) {
  const totals = { passed: 0, failed: 0, skipped: 0 };
  for await (const { type, data } of source) {
    if (type === 'test:stdout' || type === 'test:stderr') yield data.message;
    if (type !== 'test:pass' && type !== 'test:fail') continue;
    // A file is reported as a test of its own; it counts only when it breaks outside its tests.
    const isFile = data.nesting === 0 && data.name.endsWith('.mjs');
    const isSuite = data.details.type === 'suite' || isFile;
    if (data.skip || data.todo) totals.skipped += 1;
    else if (type === 'test:pass') totals.passed += isSuite ? 0 : 1;
    else {
      totals.failed += isSuite && data.details.error?.failureType === 'subtestsFailed' ? 0 : 1;
      const cause = data.details.error?.cause ?? data.details.error;
      yield `  ✗ ${data.name}\n      ${String(cause?.stack ?? cause).replaceAll('\n', '\n      ')}\n`;
      continue;
    }
    if (!isSuite && data.details.duration_ms > 2000) yield `  ✓ ${data.name} (${seconds(data.details.duration_ms)})\n`;
  }
  yield `  ${totals.passed} passed, ${totals.failed} failed${totals.skipped ? `, ${totals.skipped} skipped` : ''}\n`;
  yield `COUNTS ${JSON.stringify(totals)}\n`;
}
