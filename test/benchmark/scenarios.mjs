// What is measured: the scenarios of the comparison, each run with every engine on the same machine, one after the other.

const VOD = '/media/vod/2000k/playlist.m3u8';
const LIVE = '/live/vod/2000k/playlist.m3u8';
const FOUR_MBPS = { totalBitsPerSecond: 4e6 };

/**
 * @typedef {object} Scenario
 * @property {string} title
 * @property {string} stream path at the origin
 * @property {object} [origin] options of the origin
 * @property {object} [hls] hls.js configuration of every viewer
 * @property {(index: number) => object} [p2p] configuration of P2P, by viewer; only ours knows caps
 * @property {number} [leaveEverySeconds] a viewer closes its window so often, and another one comes
 */

/** @type {Record<string, Scenario>} */
export const scenarios = {
  vod: { title: 'VOD', stream: VOD },
  live: { title: 'Live, default latency', stream: LIVE },
  live2: { title: 'Live, two segments behind', stream: LIVE, hls: { liveSyncDurationCount: 2 } },
  'vod-limited': { title: 'VOD, origin limited to 4 Mbit/s', stream: VOD, origin: FOUR_MBPS },
  'live-limited': { title: 'Live, origin limited to 4 Mbit/s', stream: LIVE, origin: FOUR_MBPS },
  'slow-peer': { title: 'Live, one viewer uploads 100 kbit/s', stream: LIVE, p2p: (index) => (index === 1 ? { upload: { maxKbps: 100 } } : {}) },
  churn: { title: 'Live, a viewer leaves every 10 s', stream: LIVE, leaveEverySeconds: 10 },
};

export const engines = {
  plain: 'plain hls.js',
  'p2p-media-loader': 'p2p-media-loader 2.3.1',
  playswarm: 'Playswarm',
};
