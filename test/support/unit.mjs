// The Karma suites, quickly: `npm run unit -- --help`.
import { spawn } from 'node:child_process';
import { createRequire } from 'node:module';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { bundleTests } from './bundle-tests.mjs';
import { readOptions } from './options.mjs';

const HELP = `npm run unit -- [options]
  --browser <name>   chromium or firefox; default: both
  --only <parts>     bundles just the files whose path has one of these, with commas: unit/wire
  --grep <words>     runs just the specs whose name has it
  --log              shows what specs log`;

const values = readOptions(HELP, { browser: { type: 'string' }, grep: { type: 'string' }, only: { type: 'string' }, log: { type: 'boolean' } });
const root = fileURLToPath(new URL('../..', import.meta.url));
const browsers = (values.browser ?? 'chromium,firefox').split(',');
const bundle = path.join(root, '.cache', `karma-${browsers.join('-')}`);
const karma = createRequire(import.meta.url).resolve('karma/bin/karma');

/** @returns how the suites went in this browser; without `counts` where Karma broke off. */
function run(browser) {
  const env = { ...process.env, PLAYSWARM_BROWSER: browser, PLAYSWARM_BUNDLE: bundle };
  if (values.grep) env.PLAYSWARM_GREP = values.grep;
  if (values.log) env.PLAYSWARM_LOG = '1';
  const child = spawn(process.execPath, [karma, 'start', 'karma.conf.cjs'], { cwd: root, env, stdio: ['ignore', 'pipe', 'inherit'] });
  let counts;
  createInterface({ input: child.stdout }).on('line', (line) => {
    const found = /^COUNTS (\{.*\})$/.exec(line);
    if (found) counts = JSON.parse(found[1]);
    else console.log(line);
  });
  return new Promise((resolve) => child.on('close', (code) => resolve({ code, counts })));
}

await bundleTests(bundle, values.only);
// Most of a run is waiting for trackers to come back and for buffers to fill: the browsers take turns by themselves.
const runs = await Promise.all(browsers.map(run));
const sum = (member) => runs.reduce((total, { code, counts }) => total + (counts?.[member] ?? (member === 'failed' && code !== 0 ? 1 : 0)), 0);
console.log(`COUNTS ${JSON.stringify({ passed: sum('passed'), failed: sum('failed'), skipped: sum('skipped') })}`);
if (sum('passed') + sum('failed') === 0) console.error(`no spec was run${values.grep ? `: none has "${values.grep}" in its name` : ''}`);
process.exitCode = runs.every(({ code }) => code === 0) && sum('passed') > 0 ? 0 : 1;
