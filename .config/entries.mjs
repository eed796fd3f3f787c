// What the package offers: one line per entry, for the build, the size report and the examples.
// `hosts` are the libraries a page brings itself; they are never bundled.
export const entries = [
  { name: 'index', input: 'core/index.ts' },
  { name: 'hlsjs', input: 'plugins/hlsjs/index.ts' },
  { name: 'shaka', input: 'plugins/shaka/index.ts' },
  { name: 'videojs', input: 'plugins/videojs/index.ts' },
  { name: 'clappr', input: 'plugins/clappr/index.ts' },
  { name: 'clappr-factory', input: 'plugins/clappr/factory.ts' },
  { name: 'plyr', input: 'plugins/plyr/index.ts' },
];

/** Bare imports left to the page, and the global each is found under when loaded by a script tag. */
export const hosts = {
  'hls.js': 'Hls',
  'shaka-player': 'shaka',
  'video.js': 'videojs',
  '@clappr/core': 'Clappr',
  plyr: 'Plyr',
};

/** @param {string} id */
export const isHost = (id) =>
  Object.keys(hosts).some((host) => id === host || id.startsWith(`${host}/`)) || id.startsWith('@clappr/');
