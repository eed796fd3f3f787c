// Every command says what it can do.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../..', import.meta.url));
const { scripts } = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8'));
const run = (script, ...options) => spawnSync(process.execPath, [scripts[script].replace('node ', ''), ...options], { cwd: root, encoding: 'utf8' });

for (const script of ['start', 'test', 'unit', 'swarm', 'conformance', 'bench', 'bench:abr', 'bench:data-plane', 'bench:heap', 'bench:long-tasks', 'simulate', 'screenshots']) {
  const called = { start: 'npm start -- [options]', test: 'npm test -- [stages]' }[script] ?? `npm run ${script} -- [options]`;

  test(`${script}: --help tells of the options`, () => {
    const { status, stderr, stdout } = run(script, '--help');
    assert.ok(stdout.startsWith(called), stdout);
    assert.deepEqual({ status, stderr }, { status: 0, stderr: '' });
  });

  test(`${script}: an option that there is not is named, with those that there are`, () => {
    const { status, stderr, stdout } = run(script, '--colour');
    assert.ok(stderr.startsWith(`Unknown option '--colour'\n\n${called}`), stderr);
    assert.deepEqual({ status, stdout }, { status: 2, stdout: '' });
  });
}

test('test: a stage that there is not is named, rather than none run', () => {
  const { status, stderr, stdout } = run('test', 'swrm');
  assert.ok(stderr.startsWith("Unknown word 'swrm'\n\nnpm test -- [stages]"), stderr);
  assert.deepEqual({ status, stdout }, { status: 2, stdout: '' });
});
