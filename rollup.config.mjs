import { dts } from 'rollup-plugin-dts';
import { minify } from 'rollup-plugin-swc3';
import { bundlePlugins } from './.config/bundle.mjs';
import { compiledEagerly } from './.config/eager.mjs';
import { entries, hosts, isHost } from './.config/entries.mjs';

const inputs = Object.fromEntries(entries.map(({ name, input }) => [name, input]));

/** A cycle would make the order of evaluation an accident; anything else Rollup warns about is a mistake too. */
function onLog(level, log, handler) {
  if (level !== 'warn') return handler(level, log);
  const ours = log.code !== 'CIRCULAR_DEPENDENCY' || !log.ids?.some((id) => id.includes('node_modules'));
  handler(ours ? 'error' : 'debug', log);
}

/** ESM for bundlers and import maps. What entries share is in one file (the engine in index.js): two entries on a page are still one engine.
 * Chunks have plain names, so that a rebuild under a running server replaces them. */
const esm = {
  input: inputs,
  external: isHost,
  plugins: bundlePlugins(),
  onLog,
  output: {
    dir: 'dist',
    format: 'es',
    sourcemap: true,
    entryFileNames: '[name].js',
    chunkFileNames: 'chunks/[name].js',
  },
};

/** One self-contained file per entry for a script tag; `extend` merges them all into one global. */
const umd = entries.map(({ name, input }) => ({
  input,
  external: isHost,
  plugins: bundlePlugins(),
  onLog,
  output: {
    file: `dist/umd/${name}.js`,
    format: 'umd',
    name: 'Playswarm',
    extend: true,
    exports: 'named',
    globals: hosts,
    inlineDynamicImports: true,
    sourcemap: true,
    // The minifier keeps this one, and not simple-peer's own, which stands before a line that it removes.
    banner: '/*! Playswarm. MIT License. With simple-peer. MIT License. Feross Aboukhadijeh <https://feross.org/opensource> */',
    // 4% smaller after gzip than what esbuild makes.
    plugins: [minify({ ecma: 2022, compress: { passes: 2 }, mangle: true, format: { comments: 'some' }, sourceMap: true }), compiledEagerly()],
  },
}));

const types = {
  input: inputs,
  external: isHost,
  plugins: [dts()],
  onLog,
  output: { dir: 'dist', format: 'es', entryFileNames: '[name].d.ts', chunkFileNames: 'chunks/[name].d.ts' },
};

export default [esm, ...umd, types];
