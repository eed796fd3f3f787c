// Every example page, on demand and live: it plays, it shows what the swarm does, and nothing in it fails.
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { spawn } from 'node:child_process';
import { after, before, test } from 'node:test';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { examples } from '../../examples/shared/list.js';
import { Viewers } from '../support/viewers.mjs';

const root = fileURLToPath(new URL('../..', import.meta.url));
const PORT = '18080';
/** Played by a bare engine: the browser's own controls have no menu to add to. */
const WITHOUT_MENU = new Set(['hlsjs', 'shaka']);

let server, address;
const viewers = new Viewers();
before(async () => {
  server = spawn(process.execPath, ['examples/serve.mjs', '--port', PORT], { cwd: root, stdio: ['ignore', 'pipe', 'inherit'] });
  for await (const line of createInterface({ input: server.stdout })) {
    address = /https?:\/\/[^/\s]+/.exec(line)?.[0];
    if (address) break;
  }
});
after(async () => {
  await viewers.close();
  server.kill();
  await once(server, 'exit');
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

for (const { folder, title } of examples) {
  test(`${title} (examples/${folder})`, async () => {
    const viewer = await viewers.open(`${address}/${folder}/`, { ready: () => document.querySelector('.stage') });
    await shows(viewer, 'it plays', plays);
    await shows(viewer, 'figures and an explanation', showsFigures);
    if (!WITHOUT_MENU.has(folder)) await shows(viewer, 'a P2P menu', offersMenu);
    assert.deepEqual(viewer.errors, []);
    await viewer.close();
  });
}
