// The Karma suites, quickly: `npm run unit -- --browser chromium --only unit/wire --grep frame --log`.
// `--only` bundles just the files whose path has it, `--grep` runs just the specs whose name has it.
import { spawn } from 'node:child_process';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';

const { values } = parseArgs({ options: { browser: { type: 'string' }, grep: { type: 'string' }, only: { type: 'string' }, log: { type: 'boolean' } } });
const root = fileURLToPath(new URL('../..', import.meta.url));
const karma = createRequire(import.meta.url).resolve('karma/bin/karma');

const env = { ...process.env };
if (values.browser) env.PLAYSWARM_BROWSERS = values.browser;
if (values.grep) env.PLAYSWARM_GREP = values.grep;
if (values.only) env.PLAYSWARM_ONLY = values.only;
if (values.log) env.PLAYSWARM_LOG = '1';
spawn(process.execPath, [karma, 'start', 'karma.conf.cjs'], { cwd: root, env, stdio: 'inherit' }).on('exit', (code) => {
  process.exitCode = code ?? 1;
});
