// What every cell must do, in the order in which it is tried. An expectation that a cell does not have says why.
import assert from 'node:assert/strict';
import { eventually } from './eventually.mjs';
import { useMenuByKeyboard } from './menu.mjs';
import { streams } from './streams.mjs';

const isLive = ({ mode }) => mode === 'live';
const streamOf = ({ format }) => streams[format];
const shareOf = (both) => {
  const sum = (field) => both.reduce((total, { stats }) => total + (stats?.[field] ?? 0), 0);
  return sum('p2pBytes') / (sum('p2pBytes') + sum('httpBytes') || 1);
};
const hasLanguages = (cell) => (streamOf(cell).languages ? undefined : 'this stream has one sound track and no captions');

/**
 * @typedef {object} Expectation
 * @property {string} name
 * @property {(cell: object) => string | undefined} [lacks] why this cell does not have it
 * @property {(room: import('./room.mjs').Room) => Promise<void>} holds
 */

/** @type {Expectation[]} */
export const expectations = [
  {
    name: 'plays',
    async holds(room) {
      const both = await room.untilBoth('both play', (all) => all.every(({ positionS, firstFrameMs }) => firstFrameMs !== undefined && positionS > 3));
      assert.deepEqual(both.map(({ stalls }) => stalls), [0, 0], 'stalls of the first and the second viewer');
    },
  },
  {
    name: 'share',
    async holds(room) {
      // Live, the window that each began with, before they met, weighs less with every segment.
      await room.untilBoth('30% of all bytes come from the other', (all) => shareOf(all) >= 0.3, { withinMs: isLive(room.cell) ? 120_000 : 30_000 });
    },
  },
  {
    name: 'menu',
    lacks: ({ player }) => (['hls.js', 'shaka'].includes(player) ? 'a bare engine has no controls' : undefined),
    holds: useMenuByKeyboard,
  },
  {
    name: 'pause',
    async holds(room) {
      await room.drive('pause');
      const paused = await room.until('paused', (now) => now.paused);
      await room.drive('resume');
      await room.until('playing again', (now) => !now.paused && now.positionS > paused.positionS + 1);
    },
  },
  {
    name: 'by hand',
    async holds(room) {
      const [lowest] = streamOf(room.cell).heights;
      if (!isLive(room.cell)) await room.seek(1);
      await room.drive('setQuality', 'lowest');
      await room.until(`shows ${lowest} px`, ({ height }) => height === lowest, { withinMs: 30_000 });
    },
  },
  {
    name: 'ABR',
    async holds(room) {
      const [lowest] = streamOf(room.cell).heights;
      // From the start, so that there is enough left to switch in; and from what was chosen by hand, not from what is
      // left there of a better quality.
      if (!isLive(room.cell)) await room.seek(1);
      await room.until(`still shows ${lowest} px`, ({ height }) => height === lowest, { withinMs: 30_000 });
      await room.drive('setQuality', 'auto');
      await room.until(`shows more than ${lowest} px`, ({ height }) => height > lowest, { withinMs: 30_000 });
    },
  },
  {
    name: 'sound',
    lacks: (cell) => hasLanguages(cell) ?? (cell.player === 'plyr' ? 'Plyr has no choice of sound tracks' : undefined),
    async holds(room) {
      const [, other] = streamOf(room.cell).languages;
      if (!isLive(room.cell)) await room.seek(1);
      await room.drive('setAudio', 1);
      await eventually(`sound in ${other}`, () => room.read('audio'), (language) => language === other);
      await room.playsOn(2);
    },
  },
  {
    name: 'captions',
    lacks: (cell) => hasLanguages(cell) ?? (isLive(cell) ? 'this live stream has no captions' : undefined),
    async holds(room) {
      await room.seek(5);
      await room.drive('setText', 0);
      await eventually('a caption is shown', () => room.read('shownText'), (text) => /English \d+/.test(text), { withinMs: 15_000 });
    },
  },
  {
    name: 'seek',
    async holds(room) {
      const { positionS } = await room.first.metrics();
      // Live, within the window; on demand, to where nobody has been.
      await room.seek(isLive(room.cell) ? positionS - 4 : 22);
      await room.playsOn(2);
    },
  },
  {
    name: 'live edge',
    lacks: (cell) => (isLive(cell) ? undefined : 'on demand there is none'),
    async holds(room) {
      await room.playsOn(8, { withinMs: 16_000 });
      const latencyS = await room.read('latencyS');
      if (latencyS !== undefined && latencyS !== null) assert.ok(latencyS < 24, `${latencyS.toFixed(1)} s behind live`);
    },
  },
  {
    name: 'end',
    lacks: (cell) => (isLive(cell) ? 'live has none' : undefined),
    async holds(room) {
      await room.seek(-2);
      await room.until('ended', ({ ends }) => ends > 0);
    },
  },
  {
    name: 'source',
    async holds(room) {
      const { other, heights } = streamOf(room.cell);
      await room.drive('setSource', room.swarm.origin.url + other);
      const othersHeights = Object.values(streams).find(({ recorded }) => recorded === other)?.heights ?? [144, 216];
      await room.until('plays the other source', ({ height, positionS, paused }) => othersHeights.includes(height) && positionS > 1 && !paused, { withinMs: 30_000 });
      assert.notDeepEqual(heights, othersHeights);
    },
  },
  {
    name: 'recreate',
    async holds(room) {
      await room.first.evaluate(() => window.viewer.destroy());
      const nothing = { timers: 0, sockets: 0, connections: 0, listeners: 0 };
      await eventually('destroyed, it leaves nothing open', () => room.first.evaluate(() => window.openResources()), (open) => JSON.stringify(open) === JSON.stringify(nothing), { withinMs: 5000 });
      await room.first.evaluate(() => window.viewer.start());
      await room.until('plays anew', ({ firstFrameMs, positionS }) => firstFrameMs !== undefined && positionS > 1);
    },
  },
  {
    name: 'no errors',
    async holds(room) {
      assert.deepEqual(await room.errors(), []);
    },
  },
];
