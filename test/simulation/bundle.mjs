import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const entry = fileURLToPath(new URL('index.ts', import.meta.url));

/** Makes one file of the simulation, in a folder of the run's own: several at a time must not take each other's. */
export async function bundleSimulation(folder) {
  const bundle = path.join(folder, 'simulation.mjs');
  await mkdir(folder, { recursive: true });
  await build({ entryPoints: [entry], outfile: bundle, bundle: true, format: 'esm', platform: 'node', target: 'node20', sourcemap: 'inline' });
  return bundle;
}
