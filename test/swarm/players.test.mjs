// A cell of every player of the conformance suite (`npm run conformance` has them all).
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { cells } from './conformance/cells.mjs';
import { expectations } from './conformance/expectations.mjs';
import { runCell } from './conformance/run-cell.mjs';
import { startStage } from './conformance/stage.mjs';

const PLAYED = [
  { player: 'hls.js', engine: 'hls.js', format: 'HLS fMP4', mode: 'VOD' },
  { player: 'shaka', engine: 'shaka', format: 'DASH', mode: 'VOD' },
  { player: 'videojs', engine: 'vhs', format: 'HLS fMP4', mode: 'VOD' },
  { player: 'clappr', engine: 'hls.js', format: 'HLS TS', mode: 'VOD' },
  { player: 'plyr', engine: 'hls.js', format: 'HLS TS', mode: 'VOD' },
];
const EXPECTED = ['plays', 'share', 'menu', 'captions', 'seek', 'recreate', 'no errors'];

let swarm;
before(async () => (swarm = await startStage()));
after(() => swarm.stop());

// Two cells at a time, each in a swarm of its own.
describe('players', { concurrency: 2 }, () => {
  for (const { player, engine, format, mode } of PLAYED) {
    const cell = cells.find((each) => each.player === player && each.engine === engine && each.format === format && each.mode === mode);
    it(cell.name, async () => {
      const outcomes = await runCell(swarm, cell, expectations.filter(({ name }) => EXPECTED.includes(name)), { p2p: { swarmId: cell.name } });
      assert.deepEqual(outcomes.filter(({ result }) => result === 'failed'), []);
    });
  }
});
