// `npm run bench -- --help`: Playswarm, p2p-media-loader and plain hls.js in turn, on the same machine, media and tracker, in real browsers.
import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { ensureBuilt } from '../support/fresh.mjs';
import { readOptions } from '../support/options.mjs';
import { median } from '../support/swarm.mjs';
import { measure } from './measure.mjs';
import { plot, table } from './report.mjs';
import { engines, scenarios } from './scenarios.mjs';

const HELP = `npm run bench -- [options]
  --scenarios <names>  ${Object.keys(scenarios).join(',')}
  --engines <names>    ${Object.keys(engines).join(',')}
  --viewers <n>   6    --seconds <s>   60, watched once all have joined
  --rounds <n>    1    of each the median is told
  --out <folder>       for benchmark.json and benchmark.svg`;

const values = readOptions(HELP, {
  scenarios: { type: 'string', default: Object.keys(scenarios).join() },
  engines: { type: 'string', default: Object.keys(engines).join() },
  viewers: { type: 'string', default: '6' },
  seconds: { type: 'string', default: '60' },
  rounds: { type: 'string', default: '1' },
  out: { type: 'string' },
});

function chosen(option, known) {
  const names = values[option].split(',');
  const unknown = names.find((name) => !(name in known));
  if (unknown !== undefined) throw new Error(`--${option}: "${unknown}" is not one of ${Object.keys(known).join(', ')}`);
  return names;
}

/** Of each figure the median over the rounds; errors of all. */
function overRounds(rounds) {
  const figures = { rounds };
  for (const name of Object.keys(rounds[0])) {
    if (name === 'errors') figures.errors = rounds.flatMap(({ errors }) => errors);
    else if (rounds.every((round) => round[name] !== undefined)) figures[name] = median(rounds.map((round) => round[name]));
  }
  return figures;
}

const show = (text) => (process.stderr.isTTY ? process.stderr.write(`\r\x1b[K${text}`) : undefined);

ensureBuilt();
const plan = chosen('scenarios', scenarios).flatMap((scenario) =>
  Array.from({ length: Number(values.rounds) }, () => chosen('engines', engines).map((engine) => ({ scenario, engine }))).flat());
const measured = {};
for (const [index, { scenario, engine }] of plan.entries()) {
  const title = `${index + 1}/${plan.length} ${scenarios[scenario].title}, ${engines[engine]}`;
  if (!process.stderr.isTTY) console.error(title);
  const figures = await measure(scenarios[scenario], {
    engine,
    viewers: Number(values.viewers),
    seconds: Number(values.seconds),
    progress: (text) => show(`${title}: ${text}`),
  });
  ((measured[scenario] ??= {})[engine] ??= []).push(figures);
}
show('');
const results = Object.fromEntries(Object.entries(measured).map(([scenario, byEngine]) =>
  [scenario, Object.fromEntries(Object.entries(byEngine).map(([engine, rounds]) => [engine, overRounds(rounds)]))]));
console.log(table(results));
for (const byEngine of Object.values(results)) for (const error of byEngine.playswarm?.errors ?? []) console.log(error);
if (values.out) {
  await mkdir(values.out, { recursive: true });
  await writeFile(path.join(values.out, 'benchmark.json'), JSON.stringify(results, null, 2));
  await writeFile(path.join(values.out, 'benchmark.svg'), plot(results));
}
