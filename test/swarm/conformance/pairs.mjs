// The same content in different players: one swarm.
import { cells, NAMES } from './cells.mjs';
import { Room } from './room.mjs';

const HLS = 'HLS fMP4';
const cellOf = (player, engine, format) => cells.find((cell) => cell.player === player && cell.engine === engine && cell.format === format && cell.mode === 'VOD');

/** Each with the next, and so the last with all. */
const hlsRing = [cellOf('hls.js', 'hls.js', HLS), cellOf('videojs', 'vhs', HLS), cellOf('shaka', 'shaka', HLS), cellOf('clappr', 'hls.js', HLS), cellOf('plyr', 'hls.js', HLS)];
const dash = [[cellOf('videojs', 'vhs', 'DASH'), cellOf('shaka', 'shaka', 'DASH')]];

const label = ({ player, engine }) => (engine === 'vhs' ? NAMES.vhs : NAMES[player]);

export const pairs = [...hlsRing.map((cell, index) => [cell, hlsRing[(index + 1) % hlsRing.length]]), ...dash].map(([first, second]) => ({
  name: `${label(first)} ↔ ${label(second)}, ${first.format}`,
  first,
  second,
}));

/** Each is given to by the other: they join in both orders. */
export async function runPair(swarm, { first, second }, { browser } = {}) {
  const shares = [];
  for (const [elder, younger] of [[first, second], [second, first]]) {
    const room = new Room(swarm, elder, { browser });
    try {
      room.first = await room.join(elder);
      await room.playsOn(3);
      room.second = await room.join(younger);
      const [, { stats }] = await room.untilBoth(`${label(younger)} gets 30% from ${label(elder)}`, ([, { stats: now }]) => now?.ratio >= 0.3, { withinMs: 30_000 });
      shares.push(`${label(elder)} → ${label(younger)} ${Math.round(stats.ratio * 100)}%`);
    } catch (error) {
      return { name: 'share', result: 'failed', why: error.message };
    } finally {
      await room.close();
    }
  }
  return { name: 'share', result: 'ok', detail: shares.join(', ') };
}
