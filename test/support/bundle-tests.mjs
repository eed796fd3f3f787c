// Bundles every suite Karma runs into one module, so that each browser loads it once.
import { readdir, rm } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { rollup } from 'rollup';
import { bundlePlugins } from '../../.config/bundle.mjs';

const root = fileURLToPath(new URL('../..', import.meta.url));
const SUITES = ['test/unit', 'test/contracts', 'test/browser'];
const ALL = '\0all-tests';

/** @param {string} only parts of paths, with commas: leaves out the other files (and whatever is broken in them) */
async function suites(only) {
  const found = await Promise.all(
    SUITES.map(async (folder) => {
      const files = await readdir(path.join(root, folder), { recursive: true }).catch(() => []);
      return files.filter((file) => file.endsWith('.test.ts')).map((file) => path.join(root, folder, file));
    }),
  );
  const files = found.flat().filter((file) => only.split(',').some((part) => file.includes(part))).sort();
  if (files.length === 0) throw new RangeError(`no test file of ${SUITES.join(', ')} has "${only}" in its path`);
  return files;
}

const allTests = (files) => ({
  name: 'all-tests',
  resolveId: (id) => (id === ALL ? id : null),
  load: (id) => (id === ALL ? files.map((file) => `import ${JSON.stringify(file)};`).join('\n') : null),
});

/**
 * Writes `tests.js` and its source map into `folder`.
 * @param {string} [only] see `suites`
 */
export async function bundleTests(folder, only = '') {
  await rm(folder, { recursive: true, force: true });
  const bundle = await rollup({
    input: ALL,
    plugins: [allTests(await suites(only)), ...bundlePlugins()],
    onLog: (level, log, handler) => {
      if (log.code !== 'CIRCULAR_DEPENDENCY' && log.code !== 'THIS_IS_UNDEFINED' && log.code !== 'EMPTY_BUNDLE') handler(level, log);
    },
  });
  await bundle.write({ dir: folder, format: 'es', sourcemap: 'inline', inlineDynamicImports: true, entryFileNames: 'tests.js' });
  await bundle.close();
}
