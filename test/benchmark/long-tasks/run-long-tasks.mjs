// `npm run bench:long-tasks -- --help`: for how long the engine holds up the main thread of a page that plays 20 Mbit/s.
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { ensureBuilt } from '../../support/fresh.mjs';
import { readOptions } from '../../support/options.mjs';
import { playing, Swarm } from '../../support/swarm.mjs';
import { Viewers } from '../../support/viewers.mjs';
import { ensureHeavyStream, HEAVY_MOUNTS, HEAVY_STREAM } from '../heavy.mjs';
import { attribute } from './attribute.mjs';

const HELP = `npm run bench:long-tasks -- [options]
  --seconds <s>   30    of playback that are traced, from the page's start
  --engine <name>       playswarm, or plain for hls.js alone; default playswarm
  --out <folder>        for long-tasks.json, and trace.json for Chromium's own viewer of traces`;

const values = readOptions(HELP, { seconds: { type: 'string', default: '30' }, engine: { type: 'string', default: 'playswarm' }, out: { type: 'string' } });

/** A page that misses one frame at 60 a second. */
const LONG_MS = 16;
const CATEGORIES = ['-*', 'devtools.timeline', 'disabled-by-default-devtools.timeline', 'disabled-by-default-v8.cpu_profiler', 'v8', '__metadata'];
/** Before the traced viewer comes, the other has this much to give. */
const HEAD_START_S = 12;

ensureBuilt();
ensureHeavyStream();
const cache = fileURLToPath(new URL('../../../.cache', import.meta.url));
const traceFile = path.join(values.out ?? cache, 'trace.json');
await mkdir(path.dirname(traceFile), { recursive: true });
const swarm = await Swarm.start({ mounts: HEAVY_MOUNTS });
const traced = new Viewers();
let metrics;
let events;
/** What the addresses of the pages begin with. */
const site = swarm.origin.url;
try {
  // One to take from, and one that comes later to give to.
  await swarm.join({ stream: HEAVY_STREAM });
  await swarm.until('the giver has segments', ({ positionS, bufferedS }) => positionS + bufferedS > HEAD_START_S, { timeoutMs: 60_000 });
  const address = site + swarm.address({ engine: values.engine, stream: HEAVY_STREAM });
  const viewer = await traced.open('about:blank', { ready: () => true });
  await viewer.page.tracing.start({ path: traceFile, categories: CATEGORIES });
  await viewer.page.goto(address, { waitUntil: 'load' });
  await sleep((Number(values.seconds) * 1000) / 2);
  await swarm.join({ stream: HEAVY_STREAM });
  await sleep((Number(values.seconds) * 1000) / 2);
  await viewer.page.tracing.stop();
  metrics = await viewer.metrics();
  if (!playing(metrics)) throw new Error('the traced viewer did not play');
  ({ traceEvents: events } = JSON.parse(await readFile(traceFile, 'utf8')));
} finally {
  await traced.close();
  await swarm.stop();
}

const { seconds, tasks } = attribute(events, site);
if (!values.out) await rm(traceFile);
const sum = (of) => tasks.reduce((total, task) => total + of(task), 0);
const long = tasks.filter(({ ms }) => ms > LONG_MS);
const owners = ['engine', 'player', 'page', 'browser'].map((owner) => {
  const times = tasks.map(({ by }) => by[owner] ?? 0);
  return { owner, longestMs: Math.max(...times), overLong: times.filter((ms) => ms > LONG_MS).length, share: times.reduce((total, ms) => total + ms, 0) / 1000 / seconds };
});
const { stats } = metrics;
console.log(`${seconds.toFixed(0)} s, ${tasks.length} tasks, ${long.length} over ${LONG_MS} ms, busy ${((sum(({ ms }) => ms) / seconds / 1000) * 100).toFixed(1)}% of the time`);
if (stats) console.log(`from peers ${(stats.p2pBytes / 1e6).toFixed(0)} MB, from the origin ${(stats.httpBytes / 1e6).toFixed(0)} MB, given ${(stats.uploadBytes / 1e6).toFixed(0)} MB; stalls ${metrics.stalls}`);
console.log(`${'whose work'.padEnd(12)}${['longest in a task, ms', `tasks with over ${LONG_MS} ms`, 'of the main thread'].map((head) => head.padStart(24)).join('')}`);
for (const { owner, longestMs, overLong, share } of owners) {
  console.log(owner.padEnd(12) + [longestMs.toFixed(1), overLong, `${(share * 100).toFixed(1)}%`].map((cell) => String(cell).padStart(24)).join(''));
}
const worst = [...tasks].sort((a, b) => (b.by.engine ?? 0) - (a.by.engine ?? 0)).slice(0, 5).map(({ startUs, ms, cpuMs, by, names }) => ({
  atS: (startUs - tasks[0].startUs) / 1e6, ms, cpuMs, by, functions: [...names].sort(([, a], [, b]) => b - a).slice(0, 5),
}));
console.log('the engine\'s longest:');
for (const { atS, ms, cpuMs, by, functions } of worst) {
  console.log(`  at ${atS.toFixed(1)} s: ${(by.engine ?? 0).toFixed(1)} of ${ms.toFixed(1)} ms (CPU ${cpuMs.toFixed(1)}): ${functions.map(([name, of]) => `${name} ${of.toFixed(1)}`).join(', ')}`);
}
if (values.out) await writeFile(path.join(values.out, 'long-tasks.json'), JSON.stringify({ seconds, tasks: tasks.length, long: long.length, owners, worst, metrics: { ...metrics, fragments: undefined } }, null, 2));
