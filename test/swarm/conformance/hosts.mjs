// The players and engines as modules for an import map: what a page's own bundler would make of their packages.
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const root = fileURLToPath(new URL('../../..', import.meta.url));
export const FOLDER = '.cache/conformance/hosts/';

const modules = {
  hlsjs: { from: 'hls.js' },
  shaka: { from: 'shaka-player' },
  videojs: { from: 'video.js' },
  plyr: { from: 'plyr' },
  'clappr-core': { from: '@clappr/core', named: true },
  'clappr-plugins': { from: '@clappr/plugins', named: true, hasDefault: false },
};

const source = ({ from, named, hasDefault = true }) =>
  [hasDefault && `export { default } from '${from}';`, named && `export * from '${from}';`].filter(Boolean).join('\n');

/** One copy of each: what another of them imports stays an import. */
export function bundleHosts() {
  const names = Object.values(modules).map(({ from }) => from);
  return Promise.all(
    Object.entries(modules).map(([name, module]) =>
      build({
        stdin: { contents: source(module), resolveDir: root },
        outfile: path.join(root, FOLDER, `${name}.js`),
        bundle: true,
        format: 'esm',
        minify: true,
        external: names.filter((other) => other !== module.from),
        loader: { '.svg': 'dataurl', '.png': 'dataurl', '.woff': 'dataurl' },
        logLevel: 'error',
      }),
    ),
  );
}
