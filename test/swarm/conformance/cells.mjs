// player x engine x format x mode: every combination, and why those that are missing cannot be.
import { streams } from './streams.mjs';

const PLAYERS = ['hls.js', 'shaka', 'videojs', 'clappr', 'plyr'];
const ENGINES = ['hls.js', 'shaka', 'vhs'];
const FORMATS = Object.keys(streams);
const MODES = ['VOD', 'live'];

export const NAMES = { 'hls.js': 'hls.js', shaka: 'Shaka', videojs: 'Video.js', clappr: 'Clappr', plyr: 'Plyr', vhs: 'VHS' };

/** The first that applies says why a cell cannot exist. */
const impossible = [
  [({ player, engine }) => ['hls.js', 'shaka'].includes(player) && player !== engine, ({ player }) => `bare ${NAMES[player]} is its own engine`],
  [({ player, engine }) => engine === 'vhs' && player !== 'videojs', ({ player }) => `${NAMES[player]} has no VHS: it is part of Video.js`],
  [({ engine, format }) => engine === 'hls.js' && format === 'DASH', () => 'hls.js plays no DASH'],
  [
    ({ player, engine, format }) => ['clappr', 'plyr'].includes(player) && engine === 'shaka' && format !== 'DASH',
    ({ player }) => `in ${NAMES[player]}, HLS is played by hls.js`,
  ],
];

const combinations = PLAYERS.flatMap((player) =>
  ENGINES.flatMap((engine) => FORMATS.flatMap((format) => MODES.map((mode) => ({ player, engine, format, mode })))),
);

const nameOf = ({ player, engine, format, mode }) =>
  `${NAMES[player]}${player === engine ? '' : ` on ${NAMES[engine]}`}, ${format}, ${mode}`;

const withReason = (cell) => {
  const [, reason] = impossible.find(([applies]) => applies(cell)) ?? [];
  return { ...cell, name: nameOf(cell), source: streams[cell.format][cell.mode === 'live' ? 'live' : 'recorded'], reason: reason?.(cell) };
};

const all = combinations.map(withReason);

export const missing = all.filter(({ reason }) => reason);

/** Every second one plays the UMD builds, the others the ESM builds; of a player and engine, each mode plays both. */
export const cells = all
  .filter(({ reason }) => !reason)
  .map((cell, index) => ({ ...cell, build: (index + Math.floor(index / 2)) % 2 === 0 ? 'umd' : 'esm' }));

/** In Firefox, each player and each engine, with HLS and DASH, on demand and live. */
const IN_FIREFOX = [
  'hls.js, HLS fMP4, VOD',
  'Shaka, HLS fMP4, VOD',
  'Shaka, DASH, live',
  'Video.js on VHS, HLS fMP4, VOD',
  'Video.js on VHS, HLS TS, live',
  'Clappr on Shaka, DASH, VOD',
  'Plyr on hls.js, HLS fMP4, live',
];

export const firefoxCells = cells.filter(({ name }) => IN_FIREFOX.includes(name));
