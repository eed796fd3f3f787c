// On demand: what the swarm is for, in real browsers.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { assertDelivered } from '../support/delivered.mjs';
import { errorsOf, exchanges, median, playing, shareOf, Swarm, takesPart } from '../support/swarm.mjs';

const JOIN_EVERY_MS = 3000;
/** Runs ahead of a page's own scripts. The stack that it takes for each timer and listener costs a start tens of milliseconds. */
const COUNT_RESOURCES = `${readFileSync(new URL('../support/count-resources.js', import.meta.url), 'utf8')}\n//# sourceURL=count-resources.js`;

/** A swarm of its own for each test. */
function inSwarm(run, browsers = ['chromium']) {
  return async () => {
    const swarm = await Swarm.start({ browsers });
    try {
      await run(swarm);
    } finally {
      await swarm.stop();
    }
  };
}

async function joinOneByOne(swarm, ...options) {
  for (const [index, option] of options.entries()) {
    if (index > 0) await sleep(JOIN_EVERY_MS);
    await swarm.join(option);
  }
}

const noStalls = (samples) => samples.every(({ stalls }) => stalls === 0);

// One after the other: two at a time, the last viewer came too late on a slow machine to take part.
describe('on demand', { concurrency: 1 }, () => {
  it('three viewers: peers deliver nearly half, the origin little more than one copy', inSwarm(async (swarm) => {
    await joinOneByOne(swarm, {}, {}, {});
    const samples = await swarm.until('everyone watched half a minute', ({ positionS }) => positionS > 30);
    const share = shareOf(samples);
    assert.ok(share >= 0.45, `${(share * 100).toFixed(1)}% from peers`);
    assert.ok(swarm.copies().copies <= 1.6, `${swarm.copies().copies.toFixed(2)} origin copies`);
    assert.ok(noStalls(samples), 'a viewer stalled');
    assert.deepEqual(errorsOf(samples), []);
    await assertDelivered(samples);
  }));

  it('five viewers, one of them Firefox: everyone receives, and all send but the last', inSwarm(async (swarm) => {
    await joinOneByOne(swarm, {}, { browser: 'firefox' }, {}, {}, {});
    // Whoever comes last has something to give only if it is chosen to fetch; the others have what it needs.
    const last = swarm.viewers.at(-1);
    const samples = await swarm.until('everyone received, and all but the last sent', (sample) => (sample.viewer === last ? sample.stats?.p2pBytes > 0 : exchanges(sample)));
    assert.deepEqual(errorsOf(samples), []);
  }, ['chromium', 'firefox']));

  it('a viewer closed in mid-transfer costs the others nothing', inSwarm(async (swarm) => {
    await joinOneByOne(swarm, {}, {}, {});
    const [, leaver] = swarm.viewers;
    await swarm.untilAll('the second viewer gives', (samples) => samples.some(({ viewer, stats }) => viewer === leaver && stats.uploadBytes > 0 && stats.uploadRate > 0));
    await swarm.leave(leaver);
    const samples = await swarm.until('the rest watched on', ({ positionS }) => positionS > 35);
    assert.ok(noStalls(samples), 'a viewer stalled');
    assert.deepEqual(errorsOf(samples), []);
    await assertDelivered(samples);
  }));
});

// Two viewers leave a machine time for another two.
describe('on demand, two viewers', { concurrency: 2 }, () => {
  it('several qualities: switching files nothing under the wrong one', inSwarm(async (swarm) => {
    // Little buffer, so that there is something left to load in each quality.
    const viewer = { stream: '/media/vod/main.m3u8', hls: { maxBufferLength: 6, maxMaxBufferLength: 6 } };
    await joinOneByOne(swarm, viewer, viewer);
    await swarm.until('everyone plays', playing);
    for (const level of [0, 2, 1]) {
      await Promise.all(swarm.viewers.map((watcher) => watcher.evaluate((wanted) => (window.viewer.hls.nextLevel = wanted), level)));
      await swarm.until(`everyone shows quality ${level}`, ({ levels }) => levels.at(-1) === level);
      const shared = Math.max(...(await swarm.sample()).map(({ stats }) => stats.p2pBytes));
      await swarm.untilAll(`quality ${level} is passed on`, (samples) => samples.some(({ stats }) => stats.p2pBytes > shared));
    }
    const samples = await swarm.sample();
    assert.deepEqual(errorsOf(samples), []);
    // hls.js drops its buffer to switch at once.
    await assertDelivered(samples, { mayAskAgain: true });
  }));

  for (const [what, stream] of [['AES-128', '/media/aes/400k/playlist.m3u8'], ['fMP4 in byte ranges', '/media/cmaf/1000k/playlist.m3u8']]) {
    it(`${what}: plays, and is passed on`, inSwarm(async (swarm) => {
      await joinOneByOne(swarm, { stream }, { stream });
      const [first, second] = await swarm.until('both watched it', ({ positionS }) => positionS > 12);
      assert.ok(first.stats.uploadBytes + second.stats.uploadBytes > 0, 'nothing was passed on');
      assert.deepEqual(errorsOf([first, second]), []);
      if (what === 'AES-128') assert.ok(swarm.origin.ledger.entries()['/media/aes/key.bin'].requests >= 2, 'each viewer must ask the origin for the key');
    }));
  }

  it('destroy() leaves no timer, socket, connection or listener', inSwarm(async (swarm) => {
    await swarm.open(swarm.address(), { before: COUNT_RESOURCES });
    await swarm.until('the first one plays', playing);
    await swarm.join();
    await swarm.until('everyone took part', takesPart);
    const before = await swarm.viewers[0].evaluate(() => window.openResources());
    assert.ok(before.sockets > 0 && before.connections > 0 && before.timers > 0, `the count sees nothing: ${JSON.stringify(before)}`);
    const after = await swarm.viewers[0].evaluate(async () => {
      await window.viewer.engine.destroy();
      window.viewer.hls.destroy();
      await new Promise((resolve) => setTimeout(resolve, 1000));
      return window.openResources();
    });
    assert.deepEqual(after, { timers: 0, sockets: 0, connections: 0, listeners: 0 });
  }));
});

it('start-up is as without P2P', inSwarm(async (swarm) => {
  const startMs = { plain: [], playswarm: [] };
  for (let round = 0; round < 6; round++) {
    for (const engine of ['plain', 'playswarm']) {
      const viewer = await swarm.join({ engine });
      const samples = await swarm.until('everyone plays', playing);
      // The first round fills the caches of the machine, not of the viewers.
      if (round > 0) startMs[engine].push(samples.at(-1).firstFrameMs);
      if (engine === 'plain') await swarm.leave(viewer);
    }
  }
  const [plain, ours] = [median(startMs.plain), median(startMs.playswarm)];
  assert.ok(ours <= plain * 1.6 + 150, `${ours.toFixed(0)} ms with P2P, ${plain.toFixed(0)} ms without`);
}));
