// `npm run bench:abr -- --help`: which quality hls.js settles on behind a shaped line, plain
// and with none, half and nearly all of its segments from peers. Needs Linux and root: see shaped-line.mjs.
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { ensureBuilt } from '../../support/fresh.mjs';
import { readOptions } from '../../support/options.mjs';
import { Origin } from '../../support/origin.mjs';
import { Tracker } from '../../support/tracker.mjs';
import { Viewers } from '../../support/viewers.mjs';
import { ShapedLine } from './shaped-line.mjs';

const HELP = `npm run bench:abr -- [options]      (Linux, root)
  --mbps <Mbit/s>  3   that the viewer's line carries
  --seconds <s>    60  watched in each case
  --rounds <n>     1   of all cases`;

const values = readOptions(HELP, { mbps: { type: 'string', default: '3' }, seconds: { type: 'string', default: '60' }, rounds: { type: 'string', default: '1' } });
const root = fileURLToPath(new URL('../../..', import.meta.url));
const folder = (name) => path.join(root, name) + path.sep;
const STREAM = '/media/vod/main.m3u8';
const LEVELS = [0, 1, 2];
/** For half of the segments: the peers give for so long, and then nothing for as long. */
const TURN_MS = 5_000;
/** hls.js starts at its default estimate of 0.5 Mbit/s: what it settles on shows afterwards. */
const SETTLED_AFTER_S = 20;
/** Little buffer: with all of a short film loaded in advance, nothing would be left to decide. */
const HLS = { maxBufferLength: 12, maxMaxBufferLength: 12 };

const CASES = [
  { name: 'plain hls.js', engine: 'plain', gives: () => false },
  { name: 'no peers', engine: 'playswarm', gives: () => false },
  { name: 'peers half of the time', engine: 'playswarm', gives: (elapsedMs) => Math.floor(elapsedMs / TURN_MS) % 2 === 0 },
  { name: 'peers with everything', engine: 'playswarm', gives: () => true },
];

async function measure({ engine, gives }) {
  const line = new ShapedLine({ downMbps: Number(values.mbps) });
  const mounts = { '/support/': folder('test/support'), '/dist/': folder('dist'), '/vendor/': folder('node_modules') };
  const origin = await new Origin({ mounts }).listen(0, line.hostAddress);
  const tracker = await new Tracker({ intervalSeconds: 5, host: line.hostAddress }).start();
  const near = new Viewers();
  const far = new Viewers({ wrap: (executable) => line.wrap(executable) });
  const at = `http://${line.hostAddress}:${origin.port}`;
  const p2p = { trackers: [`ws://${line.hostAddress}:${tracker.port}`], rtcConfig: { iceServers: [] }, upload: gives(0) };
  const open = (viewers, which, hls) =>
    viewers.open(`${at}/support/viewer.html?${new URLSearchParams({ engine: which, source: at + STREAM, hls: JSON.stringify(hls), p2p: JSON.stringify(p2p) })}`);
  try {
    const givers = [];
    if (engine !== 'plain') {
      for (const level of LEVELS) givers.push(await open(near, 'playswarm', { startLevel: level, maxBufferLength: 600 }));
      await Promise.all(givers.map((giver, index) => giver.evaluate((level) => (window.viewer.hls.loadLevel = level), LEVELS[index])));
      await Promise.all(givers.map((giver) => giver.page.waitForFunction(() => window.viewer.metrics().bufferedS > 60)));
    }
    const viewer = await open(far, engine, HLS);
    const began = performance.now();
    const secondsAt = LEVELS.map(() => 0);
    let given = gives(0);
    for (let second = 0; second < Number(values.seconds); second++) {
      await sleep(1000);
      const wanted = gives(performance.now() - began);
      if (wanted !== given) await Promise.all(givers.map((giver) => giver.evaluate((upload) => window.viewer.engine.configure({ upload }), wanted)));
      given = wanted;
      const { levels } = await viewer.metrics();
      if (second >= SETTLED_AFTER_S && levels.length > 0) secondsAt[levels.at(-1)]++;
    }
    const { levels, stalls, stallMs, stats, estimateBps } = await viewer.metrics();
    return { secondsAt, switches: levels.length - 1, stalls, stallMs, estimateBps, share: stats ? stats.p2pBytes / (stats.p2pBytes + stats.httpBytes || 1) : 0, errors: viewer.errors };
  } finally {
    await Promise.all([near.close(), far.close()]);
    await Promise.all([origin.close(), tracker.kill()]);
    line.remove();
  }
}

ensureBuilt();
const column = (text, width) => String(text).padStart(width);
console.log(`behind ${values.mbps} Mbit/s`.padEnd(26) + ['from peers', 's at 0.4', 's at 1', 's at 2 Mbit/s', 'switches', 'stalls', 'stall s', 'estimate Mbit/s'].map((head) => column(head, head.length + 3)).join(''));
for (let round = 0; round < Number(values.rounds); round++) {
  for (const { name, ...how } of CASES) {
    const { secondsAt, switches, stalls, stallMs, estimateBps, share, errors } = await measure(how);
    const cells = [`${(share * 100).toFixed(0)}%`, ...secondsAt, switches, stalls, (stallMs / 1000).toFixed(1), (estimateBps / 1e6).toFixed(2)];
    const widths = [13, 11, 9, 16, 11, 9, 10, 18];
    console.log(name.padEnd(26) + cells.map((cell, index) => column(cell, widths[index])).join(''));
    for (const error of errors) console.log(`  ${error}`);
  }
}
