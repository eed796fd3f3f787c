// `npm run conformance -- --help`: every player on every engine with every kind of stream, held against one list of expectations.
import { writeFile } from 'node:fs/promises';
import { ensureBuilt } from '../../support/fresh.mjs';
import { readOptions } from '../../support/options.mjs';
import { cells, firefoxCells, missing } from './cells.mjs';
import { expectations } from './expectations.mjs';
import { markdown } from './markdown.mjs';
import { pairs, runPair } from './pairs.mjs';
import { FILE, Results } from './results.mjs';
import { runCell } from './run-cell.mjs';
import { startStage } from './stage.mjs';
import { summary, table } from './table.mjs';

const HELP = `npm run conformance -- [options]
  --cell <words>       those whose name has all words, and none after a "!": --cell "videojs !dash"
  --only <names>       of the expectations, with commas: share,menu
  --browser <names>    chromium   or firefox, or both with a comma
  --no-pairs           no viewers of different players together
  --resume             without what passed in the run before
  --without-p2p        with P2P switched off: what fails then, too, is not ours
  --markdown <file>    the table, as in docs/conformance.md
  --json <file>        the results; default: where --resume looks for them`;

const values = readOptions(HELP, {
  cell: { type: 'string', default: '' },
  only: { type: 'string', default: '' },
  browser: { type: 'string', default: 'chromium' },
  'without-p2p': { type: 'boolean', default: false },
  'no-pairs': { type: 'boolean', default: false },
  resume: { type: 'boolean', default: false },
  json: { type: 'string', default: FILE },
  markdown: { type: 'string' },
});

/** All words of the filter are in the name, whatever the case, and none of those after a `!`. */
const named = ({ name, build = '' }) => words.every((word) => `${name} ${build}`.toLowerCase().includes(word.replace('!', '')) !== word.startsWith('!'));
const words = values.cell.toLowerCase().split(/\s+/);
const wanted = values.only ? values.only.split(',').map((name) => name.trim()) : undefined;
const plain = values['without-p2p'];
// A cell that does not play, or has errors, has failed whatever is asked of it.
const chosen = expectations.filter(({ name }) => !(plain && name === 'share')).filter(({ name }) => !wanted || name === 'plays' || name === 'no errors' || wanted.includes(name));

/** In Firefox, a subset, and no pairs: what meets there is the same engine. */
const plans = values.browser.split(',').map((browser) => ({
  browser,
  cells: (browser === 'firefox' ? firefoxCells : cells).filter(named),
  pairs: !values['no-pairs'] && !wanted && !plain && browser !== 'firefox' ? pairs.filter(named) : [],
}));

ensureBuilt();
const results = new Results(values.json);
if (values.resume) await results.resume();
const mark = { ok: '✓', failed: '✗', lacks: '—' };

for (const plan of plans) {
  console.log(`${plan.browser}: ${plan.cells.length} cells, ${plan.pairs.length} pairs`);
  const swarm = await startStage(plan.browser);
  try {
    await run(plan, swarm);
  } finally {
    await swarm.stop();
  }
}

const found = plans.map((plan) => ({ browser: plan.browser, cells: results.of(plan.browser, plan.cells), pairs: results.of(plan.browser, plan.pairs) }));
for (const { browser, cells: ofCells, pairs: ofPairs } of found) console.log(`\n${browser}\n${table([...ofCells, ...ofPairs], chosen, missing.filter(named))}`);
const { passed, failed, text } = summary(found);
console.log(`\n${text}`);
if (values.markdown) await writeFile(values.markdown, markdown(found, chosen, missing.filter(named)));
if (failed > 0 || passed === 0) process.exitCode = 1;

function secondsSince(startedAt) {
  return Math.round((performance.now() - startedAt) / 1000);
}

async function run({ browser, cells: ofCells, pairs: ofPairs }, swarm) {
  for (const [index, cell] of ofCells.entries()) {
    if (results.has(browser, cell)) continue;
    process.stdout.write(`[${index + 1}/${ofCells.length}] ${cell.name} (${cell.build}) `);
    const startedAt = performance.now();
    const outcomes = await runCell(swarm, cell, chosen, { browser, p2p: plain ? { enabled: false } : {}, onOutcome: ({ result }) => process.stdout.write(mark[result]) });
    const seconds = secondsSince(startedAt);
    console.log(` ${seconds} s`);
    for (const { name, result, why } of outcomes) if (result === 'failed') console.log(`    ✗ ${name}: ${why}`);
    await results.add({ ...cell, browser, seconds, outcomes });
  }
  for (const pair of ofPairs) {
    if (results.has(browser, pair)) continue;
    process.stdout.write(`${pair.name} `);
    const startedAt = performance.now();
    const outcome = await runPair(swarm, pair, { browser });
    console.log(outcome.result === 'ok' ? `✓ ${outcome.detail}` : `✗ ${outcome.why}`);
    await results.add({ name: pair.name, browser, seconds: secondsSince(startedAt), outcomes: [outcome] });
  }
}
