// `npm test`: everything, on a fresh clone. The last line is `N passed, N failed`.
import { spawn } from 'node:child_process';
import { readdirSync } from 'node:fs';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { requireBrowsers } from './support/browsers.mjs';
import { ensureInstalled } from './support/fresh.mjs';
import { readOptions } from './support/options.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
const npm = (script) => ['npm', ['run', '--silent', script]];
const nodeTests = (...files) => [
  process.execPath,
  ['--test', '--test-concurrency=1', '--test-reporter=./test/support/node-reporter.mjs', '--test-reporter-destination=stdout', ...files],
];
const testFilesIn = (folder) =>
  readdirSync(path.join(root, folder)).filter((name) => name.endsWith('.test.mjs')).map((name) => `${folder}/${name}`);

/**
 * Each is one check unless it reports counts of its own. They run one after the other, but for those marked `beside`:
 * these, one after the other, keep one core busy while the others, which mostly wait, go on; they speak when they are done.
 */
const stages = [
  { name: 'lint', what: 'ESLint', command: npm('lint'), beside: true },
  { name: 'simulation', what: 'one simulation, on one thread and on more', command: nodeTests(...testFilesIn('test/simulation')), beside: true },
  { name: 'types', what: 'TypeScript', command: npm('types') },
  { name: 'build', what: 'Rollup and the size budget', command: npm('build') },
  { name: 'typings', what: 'the types that users get', command: npm('typings') },
  { name: 'support', what: 'lint rules, origin and tracker', command: nodeTests(...testFilesIn('test/support')) },
  { name: 'unit', what: 'unit and contract suites in Chromium and Firefox', command: [process.execPath, ['test/support/unit.mjs']] },
  { name: 'swarm', what: 'real browsers, a real tracker, a real origin', command: nodeTests(...testFilesIn('test/swarm')) },
];

/** Runs a command, passes its output on, and picks out the line with its counts. */
function run([command, args], say) {
  const child = spawn(command, args, { cwd: root, stdio: ['ignore', 'pipe', 'inherit'], shell: command === 'npm' && process.platform === 'win32' });
  let counts;
  const lines = createInterface({ input: child.stdout });
  lines.on('line', (line) => {
    const found = /^COUNTS (\{.*\})$/.exec(line);
    if (found) counts = JSON.parse(found[1]);
    else say(line);
  });
  return new Promise((resolve) => {
    child.on('error', (error) => say(String(error)));
    child.on('close', (code) => resolve({ ok: code === 0, counts }));
  });
}

/** A stage that fails without a failed test of its own (it broke off, it never began) is itself a failure. */
function tally({ ok, counts }) {
  if (!counts) return { passed: ok ? 1 : 0, failed: ok ? 0 : 1 };
  return { passed: counts.passed, failed: counts.failed || (ok ? 0 : 1) };
}

async function runStage({ name, what, command, beside = false }) {
  const kept = [];
  const say = beside ? (line) => kept.push(line) : console.log;
  say(`\n▸ ${name}: ${what}`);
  const start = performance.now();
  const result = tally(await run(command, say));
  say(`${result.failed === 0 ? '✓' : '✗'} ${name} (${((performance.now() - start) / 1000).toFixed(1)} s)`);
  if (beside) console.log(kept.join('\n'));
  return result;
}

const HELP = `npm test -- [stages]
Runs these stages, in this order; without any, all:
${stages.map(({ name, what }) => `  ${name.padEnd(12)}${what}`).join('\n')}`;

const { words: wanted } = readOptions(HELP, {}, stages.map(({ name }) => name));
const total = { passed: 0, failed: 0 };
const count = ({ passed, failed }) => {
  total.passed += passed;
  total.failed += failed;
};

try {
  ensureInstalled();
  const found = requireBrowsers(['chromium', 'firefox']);
  process.env.CHROME_BIN = found.chromium;
  process.env.FIREFOX_BIN = found.firefox;
  const chosen = stages.filter(({ name }) => wanted.length === 0 || wanted.includes(name));
  const inTurn = async (some) => {
    for (const stage of some) count(await runStage(stage));
  };
  await Promise.all([inTurn(chosen.filter(({ beside }) => beside)), inTurn(chosen.filter(({ beside }) => !beside))]);
} catch (error) {
  console.log(error instanceof Error ? error.message : error);
  total.failed += 1;
}

process.exitCode = total.failed === 0 ? 0 : 1;
console.log(`\n${total.passed} passed, ${total.failed} failed`);
