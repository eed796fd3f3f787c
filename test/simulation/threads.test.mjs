// What a simulation comes to must not depend on how many threads it was divided among, nor on how they were scheduled.
import assert from 'node:assert/strict';
import test from 'node:test';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { bundleSimulation } from './bundle.mjs';
import { simulate } from './simulate.mjs';

const bundle = await bundleSimulation(fileURLToPath(new URL('../../.cache/simulation/threads-test', import.meta.url)));
const { scenariosOf } = await import(pathToFileURL(bundle).href);

const figuresOf = async (scenario, threads) => (await simulate({ bundle, scenario, p2p: true, threads })).figures;

for (const [name, overrides] of [
  ['live, with viewers who come, leave and crash', { viewers: 14, minutes: 1.5, leavePerMinute: 0.5, joinPerMinute: 0.5 }],
  ['on demand, with seeks and quality switches', { viewers: 8, minutes: 1.25, live: false, seeksPerMinute: 1, switchesPerMinute: 1 }],
]) {
  test(`the same figures on 1, 2 and 3 threads: ${name}`, async () => {
    const [scenario] = scenariosOf(undefined, overrides);
    const onOne = await figuresOf(scenario, 1);
    assert.ok(onOne.offload > 0.3, `viewers got ${onOne.offload} from each other`);
    assert.deepEqual(await figuresOf(scenario, 2), onOne);
    assert.deepEqual(await figuresOf(scenario, 3), onOne);
  });
}
