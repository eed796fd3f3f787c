// `npm run swarm -- --help`: a swarm of real browsers that watch together, and what it cost the origin.
import { writeFile } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { ensureBuilt } from '../support/fresh.mjs';
import { readOptions } from '../support/options.mjs';
import { errorsOf, Swarm } from '../support/swarm.mjs';

const JOIN_EVERY_MS = 3000;

const HELP = `npm run swarm -- [options]
  --viewers <n>         3      --firefox <n>  0, of them in Firefox
  --seconds <s>         30     watched once all have joined
  --live                       rather than on demand
  --quality <name>      2000k  or 400k, 1000k; auto: as the player chooses
  --origin-mbps <n>            that the origin gives to all together; default: no limit
  --plain                      without P2P
  --json <file>                what was seen of each viewer`;

const values = readOptions(HELP, {
  viewers: { type: 'string', default: '3' },
  seconds: { type: 'string', default: '30' },
  firefox: { type: 'string', default: '0' },
  quality: { type: 'string', default: '2000k' },
  live: { type: 'boolean', default: false },
  plain: { type: 'boolean', default: false },
  'origin-mbps': { type: 'string' },
  json: { type: 'string' },
});
const [count, firefoxes, seconds] = [Number(values.viewers), Number(values.firefox), Number(values.seconds)];

const MB = (bytes = 0) => (bytes / 1e6).toFixed(1);
const leaf = values.quality === 'auto' ? 'main.m3u8' : `${values.quality}/playlist.m3u8`;

function table(rows) {
  const heads = Object.keys(rows[0]);
  const width = (head) => Math.max(head.length, ...rows.map((row) => String(row[head]).length));
  const line = (cells) => heads.map((head, index) => String(cells[index])[index === 0 ? 'padEnd' : 'padStart'](width(head))).join('  ');
  console.log([line(heads), ...rows.map((row) => line(heads.map((head) => row[head])))].join('\n'));
}

const row = ({ viewer, stats, firstFrameMs, stalls, stallMs, latencyS, estimateBps, fatal, explain }) => ({
  viewer: viewer.name,
  'P2P MB': MB(stats?.p2pBytes),
  'HTTP MB': MB(stats?.httpBytes),
  'up MB': MB(stats?.uploadBytes),
  'share %': ((stats?.ratio ?? 0) * 100).toFixed(0),
  peers: stats?.peers ?? '-',
  'start ms': firstFrameMs?.toFixed(0) ?? 'never',
  stalls,
  'stall ms': stallMs.toFixed(0),
  'latency s': latencyS?.toFixed(1) ?? '-',
  'ABR Mbit/s': (estimateBps / 1e6).toFixed(1),
  errors: viewer.errors.length + fatal.length,
  state: explain?.code ?? '-',
});

ensureBuilt();
const limit = values['origin-mbps'] ? { totalBitsPerSecond: Number(values['origin-mbps']) * 1e6 } : {};
const swarm = await Swarm.start({ origin: limit, browsers: firefoxes > 0 ? ['chromium', 'firefox'] : ['chromium'] });
try {
  for (let index = 0; index < count; index++) {
    if (index > 0) await sleep(JOIN_EVERY_MS);
    // Firefox joins in the middle, so that it has both elders and followers.
    const browser = index > 0 && index <= firefoxes ? 'firefox' : 'chromium';
    await swarm.join({ browser, engine: values.plain ? 'plain' : 'playswarm', stream: `/${values.live ? 'live' : 'media'}/vod/${leaf}` });
  }
  console.log(`${count} viewers${values.plain ? ' without P2P' : ''}, ${values.live ? 'live' : 'on demand'}, ${seconds} s together…`);
  await sleep(seconds * 1000);

  const samples = await swarm.sample();
  const origin = swarm.copies();
  const sum = (field) => samples.reduce((total, { stats }) => total + (stats?.[field] ?? 0), 0);
  const share = sum('p2pBytes') / (sum('p2pBytes') + sum('httpBytes') || 1);
  table(samples.map(row));
  console.log(`\nFrom peers ${(share * 100).toFixed(1)}% of ${MB(sum('p2pBytes') + sum('httpBytes'))} MB (limit ${((1 - 1 / count) * 100).toFixed(1)}%)`);
  console.log(`Origin: ${MB(origin.bytes)} MB in ${origin.requests} requests for ${origin.segments} segments of ${MB(origin.distinctBytes)} MB: ${origin.copies.toFixed(2)} copies`);
  const errors = errorsOf(samples);
  for (const error of errors) console.log(error);
  if (values.json) {
    const viewers = samples.map(({ viewer, ...metrics }) => ({ name: viewer.name, errors: viewer.errors, ...metrics }));
    await writeFile(values.json, JSON.stringify({ share, origin, viewers }, null, 2));
  }
  if (errors.length > 0) process.exitCode = 1;
} finally {
  await swarm.stop();
}
