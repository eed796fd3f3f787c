// `npm run typings`: compiles test/types as a user of the package would. Their libraries' own mistakes are not ours.
import { spawnSync } from 'node:child_process';
import { createRequire } from 'node:module';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../..', import.meta.url));
const tsc = path.join(path.dirname(createRequire(import.meta.url).resolve('typescript/package.json')), 'bin/tsc');
const { stdout, status } = spawnSync(process.execPath, [tsc, '--project', 'test/types', '--pretty', 'false'], { cwd: root, encoding: 'utf8' });

const isTheirs = (line) => line.includes('node_modules/');
const problems = stdout.split('\n').filter((line) => line.trim() && !isTheirs(line));
for (const problem of problems) console.log(problem);
// Without a line of output, something else went wrong than a type.
if (problems.length > 0 || (status !== 0 && stdout.trim() === '')) process.exitCode = 1;
