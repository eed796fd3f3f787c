const words = { ok: 'ok', failed: 'FAILED', lacks: '—' };

/** A row of words for each cell. @returns {{ heads: string[], rows: string[][] }} */
export function grid(cells, expectations) {
  return {
    heads: ['cell', 'build', ...expectations.map(({ name }) => name)],
    rows: cells.map(({ name, build, outcomes }) => [
      name,
      build,
      ...expectations.map((expectation) => words[outcomes.find((outcome) => outcome.name === expectation.name)?.result] ?? '·'),
    ]),
  };
}

/** Cells by expectations; below, why a dash is one. */
export function table(results, expectations, missing) {
  const cells = results.filter(({ format }) => format);
  const pairs = results.filter(({ format }) => !format);
  const { heads, rows } = grid(cells, expectations);
  const widths = heads.map((head, column) => Math.max(head.length, ...rows.map((row) => row[column].length)));
  const line = (row) => row.map((text, column) => text.padEnd(widths[column])).join('  ').trimEnd();
  return [
    ...(cells.length > 0 ? [line(heads), ...rows.map(line)] : []),
    ...pairs.map(pairLine),
    '',
    ...reasons(cells, missing).map((reason) => `— ${reason}`),
  ].join('\n');
}

export const pairLine = ({ name, outcomes: [{ result, detail = '' }] }) => `${name}: ${words[result]} ${detail}`.trimEnd();

export function reasons(cells, missing) {
  const lacking = cells.flatMap(({ outcomes }) => outcomes.filter(({ result }) => result === 'lacks').map(({ name, why }) => `${name}: ${why}`));
  const absent = [...new Set(missing.map(({ reason }) => reason))].map((why) => `no cell (${missing.filter(({ reason }) => reason === why).length}): ${why}`);
  return [...new Set(lacking), ...absent];
}

/** @param {{ cells: object[], pairs: object[] }[]} found by browser */
export function summary(found) {
  const outcomes = found.flatMap(({ cells, pairs }) => [...cells, ...pairs]).flatMap((result) => result.outcomes);
  const count = (wanted) => outcomes.filter(({ result }) => result === wanted).length;
  const passed = count('ok');
  const failed = count('failed');
  return { passed, failed, text: `${passed} passed, ${failed} failed` };
}
