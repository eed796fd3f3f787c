// How sources and npm packages become browser code: the same for the build and for the tests in Karma.
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import commonjs from '@rollup/plugin-commonjs';
import { nodeResolve } from '@rollup/plugin-node-resolve';
import esbuild from 'rollup-plugin-esbuild';

/** What simple-peer imports beyond what we use of it; why is said in each file that takes a package's place. */
const STAND_INS = new Set(['debug', 'err-code', 'streamx', 'webrtc-polyfill']);
const standInFolder = fileURLToPath(new URL('../core/adapters/simple-peer/stand-ins', import.meta.url));

function standIns() {
  return {
    name: 'stand-ins',
    resolveId: (id) => (STAND_INS.has(id) ? path.join(standInFolder, `${id}.ts`) : null),
  };
}

export const TARGET = 'es2022';

export function bundlePlugins() {
  return [
    standIns(),
    // `events` is a Node builtin's name and an npm package: in a browser it must be the package.
    // `sideEffects` in our package.json speaks of dist/, not of the sources.
    nodeResolve({ browser: true, preferBuiltins: false, ignoreSideEffectsForRoot: true, extensions: ['.mjs', '.js', '.ts', '.json'] }),
    commonjs(),
    esbuild({ target: TARGET, tsconfig: 'tsconfig.json' }),
  ];
}
