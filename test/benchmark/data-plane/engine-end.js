// The engine without a player, fed as a player would: one request at a time, half a minute ahead of the playhead.
import { P2PEngine, segmentKey, trackKey } from '/dist/index.js';

const TRACK = { type: 'main', bitrateBps: 2_000_000 };
const SEGMENT_S = 4;
const AHEAD_S = 30;

/** @param {string} folder where this viewer's origin has the segments */
const film = (folder, files, count) =>
  Array.from({ length: count }, (_, index) => ({
    key: segmentKey(trackKey(TRACK), { mediaSequence: index, discontinuitySequence: 0 }),
    track: trackKey(TRACK),
    startS: index * SEGMENT_S,
    durationS: SEGMENT_S,
    url: `${folder}seg-${index % files}.ts`,
  }));

export function engineEnd() {
  let engine;
  let segments;
  let positionS = 0;

  return {
    begin({ config, folder, files, count }) {
      engine = new P2PEngine(config);
      engine.setContent({ manifestUrl: 'https://example.com/film.m3u8' });
      engine.setPlayback(() => ({ positionS, bufferedAheadS: AHEAD_S, rate: 1, waiting: false, live: false }));
      segments = film(folder, files, count);
      engine.setSegments(TRACK, segments);
    },
    peers: () => engine.getStats().peers,
    /** Loads all, one after the other. @returns payload as it was delivered */
    async loadAll() {
      const beganMs = performance.now();
      let [bytes, fromPeersBytes] = [0, 0];
      for (const { key, startS } of segments) {
        positionS = startS - AHEAD_S;
        const loaded = await engine.load(key);
        bytes += loaded.data.length;
        fromPeersBytes += loaded.fromPeersBytes;
      }
      return { bytes, fromPeersBytes, ms: performance.now() - beganMs };
    },
  };
}
