// Who may import whom. A room is a folder (or a file); an import between rooms must be on this list.
// `packages` are the npm packages a room may name; type-only imports of host libraries count too.
const HOSTS = ['hls.js', 'shaka-player', 'video.js', '@clappr/core', 'plyr'];

export const rooms = [
  { path: 'core/model', rooms: [] },
  { path: 'core/wire', rooms: ['core/model'] },
  { path: 'core/engine', rooms: ['core/model'] },
  { path: 'core/ports', rooms: ['core/model'] },
  { path: 'core/runtime', rooms: ['core/engine', 'core/ports', 'core/wire', 'core/model'] },
  { path: 'core/adapters', rooms: ['core/ports', 'core/model'], packages: ['simple-peer', 'bittorrent-tracker', 'idb'] },
  { path: 'core/config.ts', rooms: ['core/model'] },
  {
    path: 'core/index.ts',
    rooms: ['core/model', 'core/wire', 'core/engine', 'core/ports', 'core/runtime', 'core/adapters', 'core/config.ts'],
  },
  { path: 'plugins/bridge', rooms: ['core/index.ts'] },
  { path: 'plugins/menu', rooms: ['core/index.ts'] },
  { path: 'plugins/menu-dom', rooms: ['plugins/menu'] },
  { path: 'plugins/hlsjs', rooms: ['plugins/bridge', 'core/index.ts'], packages: HOSTS },
  { path: 'plugins/shaka', rooms: ['plugins/bridge', 'core/index.ts'], packages: HOSTS },
  { path: 'plugins/vhs', rooms: ['plugins/bridge', 'core/index.ts'], packages: HOSTS },
  ...['videojs', 'clappr', 'plyr'].map((player) => ({
    path: `plugins/${player}`,
    rooms: ['plugins/menu', 'plugins/menu-dom', 'plugins/hlsjs', 'plugins/shaka', 'plugins/vhs', 'core/index.ts'],
    packages: HOSTS,
  })),
];
