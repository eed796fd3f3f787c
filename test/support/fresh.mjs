// Makes a clone ready to run: installs and builds, but only when something changed since the last time.
// It runs before anything is installed, so it uses nothing but Node.
import { spawnSync } from 'node:child_process';
import { readdirSync, statSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../..', import.meta.url));
const BUILD_INPUTS = ['core', 'plugins', '.config', 'rollup.config.mjs', 'tsconfig.json', 'package-lock.json'];

const modified = (file) => statSync(path.join(root, file), { throwIfNoEntry: false })?.mtimeMs ?? 0;

function newest(entry) {
  const own = modified(entry);
  if (!statSync(path.join(root, entry), { throwIfNoEntry: false })?.isDirectory()) return own;
  return readdirSync(path.join(root, entry)).reduce((latest, name) => Math.max(latest, newest(path.join(entry, name))), own);
}

export const npm = (...args) => {
  const { status } = spawnSync('npm', args, { cwd: root, stdio: 'inherit', shell: process.platform === 'win32' });
  if (status !== 0) throw new Error(`npm ${args.join(' ')} failed`);
};

export const installIsStale = () => modified('node_modules/.package-lock.json') < modified('package-lock.json');
export const buildIsStale = () => modified('dist/umd/hlsjs.js') < Math.max(...BUILD_INPUTS.map(newest));

export function ensureInstalled() {
  if (!installIsStale()) return;
  console.log('Installing (once)…');
  npm('ci', '--no-progress', '--loglevel=error');
}

export function ensureBuilt() {
  if (!buildIsStale()) return;
  console.log('Building…');
  npm('run', '--silent', 'build');
}
