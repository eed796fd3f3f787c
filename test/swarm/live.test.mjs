// Live at the player's default latency.
import assert from 'node:assert/strict';
import { afterEach, beforeEach, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { errorsOf, shareOf, Swarm, takesPart } from '../support/swarm.mjs';

/** Of the recorded stream that the live one is made of. */
const SEGMENT_MS = 4000;
/** Less than a segment more than plain hls.js, which is three segments behind and waits for one. */
const FARTHEST = 1.25;
const stream = '/live/vod/2000k/playlist.m3u8';
let swarm;
beforeEach(async () => (swarm = await Swarm.start()));
afterEach(() => swarm.stop());

/** A new segment has just appeared: whoever joins now sees the same playlist as whoever joins a moment later. */
const segmentAppeared = () => sleep(SEGMENT_MS - (swarm.origin.onAirMs() % SEGMENT_MS) + 200);

test('live viewers share, do not stall, and are no further behind than without P2P', async () => {
  await swarm.join({ stream });
  await swarm.join({ stream });
  await segmentAppeared();
  const [plainViewer, pairedViewer] = await Promise.all([swarm.join({ stream, engine: 'plain' }), swarm.join({ stream })]);
  const isPlain = ({ viewer }) => viewer === plainViewer;
  const samples = await swarm.untilAll(
    'two fifths came from peers',
    (all) => all.every((sample) => sample.fragments.length >= 9 && (isPlain(sample) || takesPart(sample))) && shareOf(all) >= 0.4,
    { timeoutMs: 60_000 },
  );
  for (const { viewer, stalls } of samples) assert.equal(stalls, 0, `${viewer.name} stalled`);
  const [plain] = samples.filter(isPlain);
  const [paired] = samples.filter(({ viewer }) => viewer === pairedViewer);
  // How far behind a viewer is, is where it began, what passed until its first frame, and what it lost since.
  assert.equal(paired.fragments[0].sn, plain.fragments[0].sn, 'began with another segment than without P2P');
  for (const { viewer, slippedS } of samples) assert.ok(Math.abs(slippedS) <= 0.3, `${viewer.name} slipped by ${slippedS.toFixed(2)} s while playing`);
  // With five pages on two cores the time to the first frame is noise: it differs by up to 1.2 s. Benchmarks tell it.
  assert.ok(paired.latencyS <= plain.latencyS * FARTHEST, `${paired.latencyS.toFixed(1)} s behind, without P2P ${plain.latencyS.toFixed(1)} s`);
  assert.deepEqual(errorsOf(samples), []);
});
