const words = { ok: 'ok', failed: 'FAILED', lacks: '—' };

/** Cells by expectations; below, why a dash is one. */
export function table(results, expectations, missing) {
  const cells = results.filter(({ format }) => format);
  const pairs = results.filter(({ format }) => !format);
  const heads = ['cell', 'build', ...expectations.map(({ name }) => name)];
  const rows = cells.map(({ name, build, outcomes }) => [
    name,
    build,
    ...expectations.map((expectation) => words[outcomes.find((outcome) => outcome.name === expectation.name)?.result] ?? '·'),
  ]);
  const widths = heads.map((head, column) => Math.max(head.length, ...rows.map((row) => row[column].length)));
  const line = (row) => row.map((text, column) => text.padEnd(widths[column])).join('  ').trimEnd();
  return [
    ...(cells.length > 0 ? [line(heads), ...rows.map(line)] : []),
    ...pairs.map(({ name, outcomes: [{ result, detail = '' }] }) => `${name}: ${words[result]} ${detail}`),
    '',
    ...reasons(cells, missing),
  ].join('\n');
}

function reasons(cells, missing) {
  const lacking = cells.flatMap(({ outcomes }) => outcomes.filter(({ result }) => result === 'lacks').map(({ name, why }) => `— ${name}: ${why}`));
  const absent = [...new Set(missing.map(({ reason }) => reason))].map((why) => `— no cell (${missing.filter(({ reason }) => reason === why).length}): ${why}`);
  return [...new Set(lacking), ...absent];
}
