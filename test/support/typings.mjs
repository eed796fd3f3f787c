// `npm run typings`: compiles test/types as a user of the package would, by either way of finding modules, and the
// examples in the documentation. Their libraries' own mistakes are not ours.
import { spawnSync } from 'node:child_process';
import { readFileSync, readdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { writeSnippets } from './doc-snippets.mjs';

const root = fileURLToPath(new URL('../..', import.meta.url));
const tsc = path.join(path.dirname(createRequire(import.meta.url).resolve('typescript/package.json')), 'bin/tsc');
const isTheirs = (problem) => problem.startsWith('node_modules/');

for (const project of ['test/types/tsconfig.json', 'test/types/tsconfig.nodenext.json', writeSnippets(root)]) {
  const { stdout, status } = spawnSync(process.execPath, [tsc, '--project', project, '--pretty', 'false'], { cwd: root, encoding: 'utf8' });
  // What follows an error, indented, belongs to it.
  const problems = stdout.split(/\n(?! )/).filter((problem) => problem.trim() && !isTheirs(problem));
  for (const problem of problems) console.log(problem);
  // Without a line of output, something else went wrong than a type.
  if (problems.length > 0 || (status !== 0 && stdout.trim() === '')) process.exitCode = 1;
}

const folder = path.join(root, 'test/types');
const written = readdirSync(folder).map((name) => readFileSync(path.join(folder, name), 'utf8')).join('\n');
const { exports } = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8'));
for (const [entry, { types }] of Object.entries(exports)) {
  if (!types || written.includes(`'playswarm${entry.slice(1)}'`)) continue;
  console.log(`test/types does not use playswarm${entry.slice(1)}`);
  process.exitCode = 1;
}
