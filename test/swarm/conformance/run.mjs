// `npm run conformance -- [--cell videojs] [--only share,menu] [--browser firefox] [--no-pairs] [--json out.json]`:
// every player on every engine with every kind of stream, held against one list of expectations. With `--without-p2p`
// the same with P2P switched off: what fails then, too, is not ours.
import { writeFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { ensureBuilt } from '../../support/fresh.mjs';
import { cells, firefoxCells, missing } from './cells.mjs';
import { expectations } from './expectations.mjs';
import { pairs, runPair } from './pairs.mjs';
import { runCell } from './run-cell.mjs';
import { startStage } from './stage.mjs';
import { table } from './table.mjs';

const { values } = parseArgs({
  options: {
    cell: { type: 'string', default: '' },
    only: { type: 'string', default: '' },
    browser: { type: 'string', default: 'chromium' },
    'without-p2p': { type: 'boolean', default: false },
    pairs: { type: 'boolean', default: true },
    json: { type: 'string' },
  },
  allowNegative: true,
});

/** All words of the filter are in the name, whatever the case. */
const named = ({ name, build = '' }) => values.cell.toLowerCase().split(/\s+/).every((word) => `${name} ${build}`.toLowerCase().includes(word));
const wanted = values.only ? values.only.split(',').map((name) => name.trim()) : undefined;
const plain = values['without-p2p'];
// A cell that does not play, or has errors, has failed whatever is asked of it.
const chosen = expectations.filter(({ name }) => !(plain && name === 'share')).filter(({ name }) => !wanted || name === 'plays' || name === 'no errors' || wanted.includes(name));
const todo = (values.browser === 'firefox' ? firefoxCells : cells).filter(named);
const pairsToDo = values.pairs && !wanted && !plain ? pairs.filter(named) : [];

ensureBuilt();
const swarm = await startStage(values.browser);
const results = [];
const mark = { ok: '✓', failed: '✗', lacks: '—' };
try {
  for (const [index, cell] of todo.entries()) {
    process.stdout.write(`[${index + 1}/${todo.length}] ${cell.name} (${cell.build}) `);
    const outcomes = await runCell(swarm, cell, chosen, { browser: values.browser, p2p: plain ? { enabled: false } : {}, onOutcome: ({ result }) => process.stdout.write(mark[result]) });
    console.log();
    for (const { name, result, why } of outcomes) if (result === 'failed') console.log(`    ✗ ${name}: ${why}`);
    results.push({ ...cell, outcomes });
  }
  for (const pair of pairsToDo) {
    process.stdout.write(`${pair.name} `);
    const outcome = await runPair(swarm, pair, { browser: values.browser });
    console.log(outcome.result === 'ok' ? `✓ ${outcome.detail}` : `✗ ${outcome.why}`);
    results.push({ ...pair, outcomes: [outcome] });
  }
} finally {
  await swarm.stop();
}

console.log(`\n${table(results, chosen, missing.filter(named))}`);
const failures = results.flatMap(({ outcomes }) => outcomes).filter(({ result }) => result === 'failed').length;
const passed = results.flatMap(({ outcomes }) => outcomes).filter(({ result }) => result === 'ok').length;
console.log(`\n${passed} passed, ${failures} failed`);
if (values.json) await writeFile(values.json, JSON.stringify(results, null, 2));
if (failures > 0 || results.length === 0) process.exitCode = 1;
