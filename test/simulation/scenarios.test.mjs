// What is asked of `npm run simulate` is looked at before anything is simulated.
import assert from 'node:assert/strict';
import test from 'node:test';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { bundleSimulation } from './bundle.mjs';

const bundle = await bundleSimulation(fileURLToPath(new URL('../../.cache/simulation/scenarios-test', import.meta.url)));
const { scenariosOf } = await import(pathToFileURL(bundle).href);

test('a run that would leave no segment to measure is refused, and the message says what to do', () => {
  assert.throws(() => scenariosOf(undefined, { minutes: 1 }), /RangeError.*warm-up of 60 s.*lengthen the one or shorten the other/);
  assert.equal(scenariosOf(undefined, { minutes: 1, warmUpS: 30 }).length, 1);
});
