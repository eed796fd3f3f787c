// p2p-media-loader as its documentation says, with the same tracker and no STUN servers, and its figures in our words.
/* global Hls */
import { HlsJsP2PEngine } from '/vendor/p2p-media-loader-hlsjs/dist/p2p-media-loader-hlsjs.es.js';

export function makeReference(hlsConfig, { trackers, rtcConfig }) {
  const stats = { httpBytes: 0, p2pBytes: 0, uploadBytes: 0, peers: 0 };
  const WithP2P = HlsJsP2PEngine.injectMixin(Hls);
  const hls = new WithP2P({
    ...hlsConfig,
    p2p: {
      core: { announceTrackers: trackers, rtcConfig },
      onHlsJsCreated(created) {
        const { p2pEngine } = created;
        p2pEngine.addEventListener('onPeerConnect', () => (stats.peers += 1));
        p2pEngine.addEventListener('onPeerClose', () => (stats.peers -= 1));
        p2pEngine.addEventListener('onChunkDownloaded', (bytes, source) => (stats[source === 'p2p' ? 'p2pBytes' : 'httpBytes'] += bytes));
        p2pEngine.addEventListener('onChunkUploaded', (bytes) => (stats.uploadBytes += bytes));
      },
    },
  });
  return { hls, stats: () => ({ ...stats, ratio: stats.p2pBytes / (stats.p2pBytes + stats.httpBytes || 1) }) };
}
