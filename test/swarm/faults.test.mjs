// An origin that misbehaves: the player sees what it would have seen without P2P, and nothing short is passed on.
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { assertDelivered } from '../support/delivered.mjs';
import { errorsOf, Swarm, takesPart } from '../support/swarm.mjs';

const stream = '/media/vod/400k/playlist.m3u8';
// Little buffer, so that the faulty segments are asked for while both watch.
const hls = { maxBufferLength: 8, maxMaxBufferLength: 8, fragLoadPolicy: policy() };

function policy() {
  const retry = { maxNumRetry: 6, retryDelayMs: 200, maxRetryDelayMs: 500 };
  return { default: { maxTimeToFirstByteMs: 2500, maxLoadTimeMs: 10_000, timeoutRetry: retry, errorRetry: retry } };
}

const faults = [
  ['404 once', { status: 404, times: 1 }],
  ['500 once', { status: 500, times: 1 }],
  ['no answer at all, once', { hang: true, times: 1 }],
  ['a body cut short, twice', { cutAfter: 50_000, times: 2 }],
  ['200 to every Range request', { ignoreRange: true }],
  ['no CORS for Range', { refusePreflight: true, method: 'OPTIONS' }],
  ['slow headers', { headersAfterMs: 1000 }],
];

// They wait for playback most of the time: several at once, each in a swarm of its own.
describe('an origin that fails', { concurrency: 4 }, () => {
  for (const [what, fault] of faults) {
    it(what, async () => {
      const swarm = await Swarm.start();
      try {
        swarm.origin.faults.add(/400k\/seg-[23]\.ts/, fault);
        await swarm.join({ stream, hls });
        await swarm.join({ stream, hls });
        const samples = await swarm.until('both watched past the fault', ({ positionS }) => positionS > 14, { timeoutMs: 75_000 });
        assert.deepEqual(errorsOf(samples), []);
        assert.ok(samples.every(takesPart), 'nothing was shared, so nothing was shown');
        await assertDelivered(samples);
      } finally {
        await swarm.stop();
      }
    });
  }
});
