// The examples, as the front page shows them and as the tests load them.
/** @typedef {'hls' | 'dash'} Format */

/** @type {{ folder: string, title: string, player: string, engine: string, formats: Format[], text: string }[]} */
export const examples = [
  {
    folder: 'hlsjs',
    title: 'hls.js',
    player: 'A plain <video> element',
    engine: 'hls.js',
    formats: ['hls'],
    text: 'The shortest way in: hls.js with one wrapper around its class.',
  },
  {
    folder: 'shaka',
    title: 'Shaka Player',
    player: 'A plain <video> element',
    engine: 'Shaka Player',
    formats: ['dash', 'hls'],
    text: 'One call attaches P2P to a Shaka player, for MPEG-DASH and HLS alike.',
  },
  {
    folder: 'videojs',
    title: 'Video.js',
    player: 'Video.js 8',
    engine: 'VHS, Video.js’s own',
    formats: ['hls', 'dash'],
    text: 'Two script tags: Video.js and its P2P plugin, with a menu in the control bar.',
  },
  {
    folder: 'videojs-hlsjs',
    title: 'Video.js with hls.js',
    player: 'Video.js 8',
    engine: 'hls.js',
    formats: ['hls'],
    text: 'The same plugin and menu, with hls.js instead of VHS underneath.',
  },
  {
    folder: 'videojs-shaka',
    title: 'Video.js with Shaka',
    player: 'Video.js 8',
    engine: 'Shaka Player',
    formats: ['dash', 'hls'],
    text: 'The same plugin and menu, with Shaka Player underneath.',
  },
  {
    folder: 'clappr',
    title: 'Clappr',
    player: 'Clappr',
    engine: 'The hls.js that Clappr brings; Shaka for DASH',
    formats: ['hls', 'dash'],
    text: 'Three plugins for Clappr’s array: HLS, MPEG-DASH and the P2P menu.',
  },
  {
    folder: 'plyr',
    title: 'Plyr',
    player: 'Plyr 3',
    engine: 'hls.js; Shaka for DASH',
    formats: ['hls', 'dash'],
    text: 'HLS and MPEG-DASH in Plyr with its own quality menu, and P2P among the settings.',
  },
];

export const formatNames = { hls: 'HLS', dash: 'DASH' };

/** @param {{ format: Format, live: boolean, quality?: string, embed?: boolean }} wanted  @returns the query of an example's address */
export function queryFor({ format, live, quality = 'auto', embed = false }) {
  const parts = [];
  if (format === 'dash') parts.push('dash');
  if (live) parts.push('live');
  if (quality !== 'auto') parts.push(`quality=${quality}`);
  if (embed) parts.push('embed');
  return parts.length > 0 ? `?${parts.join('&')}` : '';
}

/** Every way to open an example: each format, on demand and live. */
export const waysOf = ({ folder, formats }) =>
  formats.flatMap((format) => [false, true].map((live) => ({ format, live, path: `/${folder}/${queryFor({ format, live })}` })));
