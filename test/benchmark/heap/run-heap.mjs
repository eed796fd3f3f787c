// `npm run bench:heap -- --help`: what a page's memory is once the engine's cache is full, against plain hls.js at the same place.
import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { ensureBuilt } from '../../support/fresh.mjs';
import { readOptions } from '../../support/options.mjs';
import { Swarm } from '../../support/swarm.mjs';
import { ensureHeavyStream, HEAVY_MOUNTS, HEAVY_STREAM } from '../heavy.mjs';

const HELP = `npm run bench:heap -- [options]
  --cap <MB>      64  of the cache of each viewer (10^6 bytes)
  --until <s>     30  of the film watched, at the least
  --out <folder>      for heap.json`;

const values = readOptions(HELP, { cap: { type: 'string', default: '64' }, until: { type: 'string', default: '30' }, out: { type: 'string' } });

const capMB = Number(values.cap);
/** Segments are 10 MB: the cache is as full as it gets when the next one would not go in. */
const FULL = capMB * 1e6 - 10e6;
/** What the engine may take besides its cache. */
const ALLOWED_MB = 20;
const LIMIT_MS = 170_000;

/**
 * The page's own JavaScript heap, the browser's objects behind it and the memory of its ArrayBuffers after two full garbage
 * collections (CDP `Runtime.getHeapUsage`); not the media that the browser has buffered, nor hls.js's worker.
 */
async function heapOf({ page }) {
  const session = await page.createCDPSession();
  await session.send('HeapProfiler.enable');
  for (let pass = 0; pass < 2; pass++) await session.send('HeapProfiler.collectGarbage');
  const { usedSize, embedderHeapUsedSize = 0, backingStorageSize = 0 } = await session.send('Runtime.getHeapUsage');
  await session.detach();
  return { heapMB: usedSize / 1e6, embedderMB: embedderHeapUsedSize / 1e6, buffersMB: backingStorageSize / 1e6, allMB: (usedSize + embedderHeapUsedSize + backingStorageSize) / 1e6 };
}

ensureBuilt();
ensureHeavyStream();
const swarm = await Swarm.start({ mounts: HEAVY_MOUNTS });
const rows = [];
try {
  const p2p = { cache: { maxMB: capMB } };
  const names = ['plain hls.js', 'Playswarm, first', 'Playswarm, later'];
  await swarm.join({ engine: 'plain', stream: HEAVY_STREAM });
  await swarm.join({ stream: HEAVY_STREAM, p2p });
  await swarm.until('the first has something to give', ({ positionS }) => positionS > 4, { timeoutMs: LIMIT_MS });
  await swarm.join({ stream: HEAVY_STREAM, p2p });
  await swarm.until(
    'all have watched, and the caches are full',
    ({ positionS, stats }) => positionS > Number(values.until) && (!stats || stats.cacheBytes > FULL),
    { timeoutMs: LIMIT_MS },
  );
  for (const [index, viewer] of swarm.viewers.entries()) {
    const { stats, positionS } = await viewer.metrics();
    rows.push({ name: names[index], ...(await heapOf(viewer)), cacheMB: (stats?.cacheBytes ?? 0) / 1e6, fromPeers: stats?.ratio ?? 0, positionS });
  }
} finally {
  await swarm.stop();
}

const columns = { 'at s': 'positionS', 'from peers': 'fromPeers', 'cache MB': 'cacheMB', 'JS MB': 'heapMB', 'DOM MB': 'embedderMB', 'buffers MB': 'buffersMB', 'all MB': 'allMB' };
console.log(''.padEnd(20) + [...Object.keys(columns), 'more than plain'].map((head) => head.padStart(16)).join(''));
for (const row of rows) {
  const cells = Object.values(columns).map((key) => (key === 'fromPeers' ? `${Math.round(row[key] * 100)}%` : row[key].toFixed(1)));
  console.log(row.name.padEnd(20) + [...cells, (row.allMB - rows[0].allMB).toFixed(1)].map((cell) => cell.padStart(16)).join(''));
}
console.log(`allowed: ${capMB} MB of cache and ${ALLOWED_MB} MB`);
if (values.out) {
  await mkdir(values.out, { recursive: true });
  await writeFile(path.join(values.out, 'heap.json'), JSON.stringify({ capMB, rows }, null, 2));
}
