// `npm run bench:data-plane -- --help`: what the engine carries between two browsers, against a bare data channel on the same machine.
import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { ensureBuilt } from '../../support/fresh.mjs';
import { readOptions } from '../../support/options.mjs';
import { Origin } from '../../support/origin.mjs';
import { median } from '../../support/swarm.mjs';
import { Tracker } from '../../support/tracker.mjs';
import { Viewers } from '../../support/viewers.mjs';

const HELP = `npm run bench:data-plane -- [options]
  --rounds <n>    5   rounds of: raw with 64 KiB messages, ours, raw with 16 KiB messages, ours
  --segments <n>  32  of 1 MB each, for every measurement
  --out <folder>      for data-plane.json`;

const values = readOptions(HELP, { rounds: { type: 'string', default: '5' }, segments: { type: 'string', default: '32' }, out: { type: 'string' } });

const FILES = 24;
const FOLDER = '/media/vod/2000k/';
/** Nothing is there: the bytes can only come from the peer. */
const NOWHERE = '/media/nowhere/';
const SEGMENT_BYTES = 1_000_000;
/** A new connection's holdings are told within a moment. */
const TOLD_MS = 500;
const count = Number(values.segments);

ensureBuilt();
const root = fileURLToPath(new URL('../../..', import.meta.url));
const folder = (name) => path.join(root, name) + path.sep;
const origin = await new Origin({ mounts: { '/benchmark/': folder('test/benchmark'), '/dist/': folder('dist') } }).listen();
const tracker = await new Tracker({ intervalSeconds: 5 }).start();
// A browser each: what two viewers share on one machine is the machine.
const givers = new Viewers();
const takers = new Viewers();
const open = (viewers) => viewers.open(`${origin.url}/benchmark/data-plane/page.html`);

async function raw(messageBytes) {
  const [giver, taker] = await Promise.all([open(givers), open(takers)]);
  const totalBytes = count * SEGMENT_BYTES;
  const offer = await giver.evaluate(() => window.viewer.rawOffer());
  const answer = await taker.evaluate((...args) => window.viewer.rawAnswer(...args), offer, totalBytes);
  const pumped = giver.evaluate((...args) => window.viewer.rawPump(...args), answer, totalBytes, messageBytes);
  const { bytes, ms } = await taker.evaluate(() => window.viewer.rawReceived());
  await pumped;
  await Promise.all([giver.close(), taker.close()]);
  return (bytes * 8) / ms / 1000;
}

async function ours(giver, config) {
  const taker = await open(takers);
  await taker.evaluate((setup) => window.viewer.begin(setup), { config, folder: origin.url + NOWHERE, files: FILES, count });
  await taker.page.waitForFunction(() => window.viewer.peers() === 1, { timeout: 20_000 });
  await sleep(TOLD_MS);
  const { bytes, fromPeersBytes, ms } = await taker.evaluate(() => window.viewer.loadAll());
  if (fromPeersBytes !== bytes) throw new Error(`only ${fromPeersBytes} of ${bytes} bytes came from the peer`);
  await taker.close();
  await giver.page.waitForFunction(() => window.viewer.peers() === 0, { timeout: 20_000 });
  return (bytes * 8) / ms / 1000;
}

const figures = { 'raw, 64 KiB messages': [], 'raw, 16 KiB messages': [], Playswarm: [] };
async function note(name, measured) {
  const mbps = await measured;
  figures[name].push(mbps);
  console.error(`${name}: ${mbps.toFixed(1)} Mbit/s`);
}

try {
  const config = { trackers: [tracker.url], rtcConfig: { iceServers: [] }, upload: true };
  const giver = await open(givers);
  await giver.evaluate((setup) => window.viewer.begin(setup), { config, folder: origin.url + FOLDER, files: FILES, count });
  await giver.evaluate(() => window.viewer.loadAll());
  for (let round = 0; round < Number(values.rounds); round++) {
    // In turn, so that a machine that is busy for a while is so for all of them.
    await note('raw, 64 KiB messages', raw(64 * 1024));
    await note('Playswarm', ours(giver, config));
    await note('raw, 16 KiB messages', raw(16 * 1024));
    await note('Playswarm', ours(giver, config));
  }
} finally {
  await Promise.all([givers.close(), takers.close()]);
  await Promise.all([origin.close(), tracker.kill()]);
}

const best = median(figures['raw, 64 KiB messages']);
console.log(`${'payload, Mbit/s'.padEnd(24)}${['median', 'least', 'most', 'of raw 64 KiB'].map((head) => head.padStart(15)).join('')}`);
for (const [name, mbps] of Object.entries(figures)) {
  const cells = [median(mbps).toFixed(1), Math.min(...mbps).toFixed(1), Math.max(...mbps).toFixed(1), `${Math.round((median(mbps) / best) * 100)}%`];
  console.log(name.padEnd(24) + cells.map((cell) => cell.padStart(15)).join(''));
}
if (values.out) {
  await mkdir(values.out, { recursive: true });
  await writeFile(path.join(values.out, 'data-plane.json'), JSON.stringify(figures, null, 2));
}
