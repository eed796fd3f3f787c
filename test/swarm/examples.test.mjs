// Every example page, in each of its formats, on demand and live: it plays, it shows what the swarm does, and nothing in it fails.
import assert from 'node:assert/strict';
import { readdir } from 'node:fs/promises';
import path from 'node:path';
import { after, before, describe, it, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { examples, formatNames, waysOf } from '../../examples/shared/list.js';
import { startExamples } from '../support/examples-server.mjs';
import { Viewers } from '../support/viewers.mjs';

const root = fileURLToPath(new URL('../..', import.meta.url));
const PORT = 18080;
/** Played by a bare engine: the browser's own controls have no menu to add to. */
const WITHOUT_MENU = new Set(['hlsjs', 'shaka']);

let server, address;
const viewers = new Viewers();
before(async () => {
  server = await startExamples(PORT);
  address = server.address;
});
after(async () => {
  await viewers.close();
  await server.stop();
});

const plays = () => (document.querySelector('.stage video')?.currentTime ?? 0) > 1;
const offersMenu = () =>
  [...document.querySelectorAll('.stage button, .stage [role^="menuitem"]')].some((element) => `${element.ariaLabel} ${element.title} ${element.textContent}`.includes('P2P'));
const showsFigures = () => /\d/.test(document.querySelector('.figures dd')?.textContent ?? '') && document.querySelector('.explanation')?.textContent !== '';

async function shows(viewer, what, condition) {
  await viewer.page.waitForFunction(condition, { timeout: 20_000, polling: 150 }).catch(() => {
    assert.fail(`not within 20 s: ${what}\n${viewer.errors.join('\n')}`);
  });
}

// Each waits for its video most of the time.
describe('examples', { concurrency: 3 }, () => {
  for (const example of examples) {
    for (const { format, live, path: way } of waysOf(example)) {
      it(`${example.title}, ${formatNames[format]}, ${live ? 'live' : 'on demand'} (${way})`, async () => {
        const viewer = await viewers.open(address + way, { ready: () => document.querySelector('.stage') });
        await shows(viewer, 'it plays', plays);
        await shows(viewer, 'figures and an explanation', showsFigures);
        if (!WITHOUT_MENU.has(example.folder)) await shows(viewer, 'a P2P menu', offersMenu);
        assert.deepEqual(viewer.errors, []);
        await viewer.close();
      });
    }
  }
});

test('the front page lists them all', async () => {
  const viewer = await viewers.open(`${address}/`, { ready: () => document.querySelector('.card') });
  const linked = await viewer.evaluate(() => Array.from(document.querySelectorAll('.card a'), (link) => link.getAttribute('href')));
  assert.deepEqual(linked, examples.flatMap(waysOf).map(({ path }) => path));
  const folders = (await readdir(path.join(root, 'examples'), { withFileTypes: true })).filter((entry) => entry.isDirectory() && entry.name !== 'shared');
  assert.deepEqual(folders.map(({ name }) => name).sort(), examples.map(({ folder }) => folder).sort());
  assert.deepEqual(viewer.errors, []);
  await viewer.close();
});
