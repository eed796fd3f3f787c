// Where P2P cannot be, the player plays as it does without us, and says why there is none.
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { cells } from './conformance/cells.mjs';
import { eventually } from './conformance/eventually.mjs';
import { startStage } from './conformance/stage.mjs';

const PLAYERS = ['hls.js', 'shaka', 'videojs', 'clappr', 'plyr'];

/** Each is done to the page before its scripts. `code`: what `explain()` must say. */
const conditions = [
  { name: 'without WebRTC', code: 'no-webrtc', plays: true, before: () => { for (const name of ['RTCPeerConnection', 'webkitRTCPeerConnection', 'RTCDataChannel']) delete window[name]; } },
  {
    name: 'with WebRTC that throws, as under a policy', code: 'no-webrtc', plays: true,
    before: () => {
      window.RTCPeerConnection = class {
        constructor() {
          throw new DOMException('WebRTC is blocked', 'NotAllowedError');
        }
      };
    },
  },
  {
    // In a browser that plays HLS by itself, as Safari on older iPhones, the player goes on to it: `native` says who can.
    name: 'without Media Source Extensions', code: 'no-mse',
    before: () => { for (const name of ['MediaSource', 'ManagedMediaSource', 'WebKitMediaSource', 'SourceBuffer']) delete window[name]; },
  },
];

let swarm;
before(async () => (swarm = await startStage()));
after(() => swarm.stop());

function address({ player, engine, build, source }) {
  const query = new URLSearchParams({ player, engine, build, source: swarm.origin.url + source, p2p: JSON.stringify(swarm.p2p) });
  return `/conformance/index.html?${query}`;
}

describe('without P2P', { concurrency: 3 }, () => {
  for (const { name, code, plays, before: change } of conditions) {
    for (const player of PLAYERS) {
      const cell = cells.find((each) => each.player === player && each.mode === 'VOD');
      it(`${cell.name}: ${name}`, async () => {
        const viewer = await swarm.open(address(cell), { before: change });
        const look = () => viewer.metrics();
        if (plays) await eventually('plays', look, ({ positionS }) => positionS > 2);
        await eventually(`explains: ${code}`, look, ({ explain }) => explain?.code === code, { withinMs: 10_000 });
        const { explain } = await viewer.metrics();
        assert.ok(explain.sentence.length > 10);
        if (plays) assert.deepEqual(viewer.errors, []);
        assert.deepEqual(viewer.errors.filter((error) => error.startsWith('uncaught')), []);
        await swarm.leave(viewer);
      });
    }
  }
});
