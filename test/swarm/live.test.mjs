// Live at the player's default latency.
import assert from 'node:assert/strict';
import { afterEach, beforeEach, test } from 'node:test';
import { errorsOf, shareOf, Swarm, takesPart } from '../support/swarm.mjs';

const stream = '/live/vod/2000k/playlist.m3u8';
let swarm;
beforeEach(async () => (swarm = await Swarm.start()));
afterEach(() => swarm.stop());

test('live viewers share, do not stall, and are no further behind than without P2P', async () => {
  await swarm.join({ stream });
  await swarm.join({ stream });
  // Joining together, so that both see the same playlist.
  await Promise.all([swarm.join({ stream, engine: 'plain' }), swarm.join({ stream })]);
  const isPlain = ({ stats }) => stats === undefined;
  const samples = await swarm.untilAll(
    'a fair share came from peers',
    (all) => all.every((sample) => sample.fragments.length >= 9 && (isPlain(sample) || takesPart(sample))) && shareOf(all) >= 0.4,
    { timeoutMs: 120_000 },
  );
  const [plain] = samples.filter(isPlain);
  const ours = samples.filter((sample) => !isPlain(sample));
  for (const { viewer, latencyS, stalls } of ours) {
    assert.equal(stalls, 0, `${viewer.name} stalled`);
    assert.ok(latencyS <= plain.latencyS + 4.5, `${viewer.name} is ${latencyS.toFixed(1)} s behind, plain ${plain.latencyS.toFixed(1)} s`);
  }
  assert.deepEqual(errorsOf(samples), []);
});
