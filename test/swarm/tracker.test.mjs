// The tracker introduces; it is not needed for what it introduced.
import assert from 'node:assert/strict';
import { afterEach, beforeEach, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { errorsOf, Swarm, takesPart } from '../support/swarm.mjs';

const stream = '/live/vod/1000k/playlist.m3u8';
let swarm;
beforeEach(async () => (swarm = await Swarm.start()));
afterEach(() => swarm.stop());

async function untilTracked(count, timeoutMs) {
  const deadline = performance.now() + timeoutMs;
  while (swarm.tracker.peers < count) {
    assert.ok(performance.now() < deadline, `the tracker knows ${swarm.tracker.peers} of ${count} viewers after ${timeoutMs / 1000} s`);
    await sleep(100);
  }
}

test('the tracker dies and comes back: exchange goes on, newcomers get in, everyone is found again', async () => {
  await swarm.join({ stream });
  await swarm.join({ stream });
  const before = await swarm.until('both took part', takesPart, { timeoutMs: 90_000 });

  await swarm.tracker.kill();
  const total = (samples) => samples.reduce((sum, { stats }) => sum + stats.p2pBytes, 0);
  const atDeath = total(before);
  const deadline = performance.now() + 40_000;
  while (total(await swarm.sample()) < atDeath + 1e6) {
    assert.ok(performance.now() < deadline, 'the exchange stopped with the tracker');
    await sleep(500);
  }

  await swarm.tracker.start();
  const newcomer = await swarm.join({ stream });
  await untilTracked(3, 20_000);
  const joined = performance.now() + 20_000;
  while ((await newcomer.metrics()).stats.peers === 0) {
    assert.ok(performance.now() < joined, 'the newcomer met nobody');
    await sleep(250);
  }
  // A dead tracker is the browser's to complain about; anything else is ours.
  const errors = errorsOf(await swarm.sample()).filter((error) => !/WebSocket connection to/.test(error));
  assert.deepEqual(errors, []);
});
