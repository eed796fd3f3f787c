// One viewer for swarm tests and benchmarks. Its address says what it is:
//   ?engine=plain|playswarm|p2p-media-loader &source=<manifest> &hls=<json: hls.js config> &p2p=<json: playswarm config>
/* global Hls, Playswarm */

const query = new URLSearchParams(location.search);
const json = (name) => JSON.parse(query.get(name) ?? '{}');
const video = document.querySelector('#video');

const makers = {
  plain: () => new Hls(json('hls')),
  playswarm: () => new (Playswarm.withP2P(Hls))({ ...json('hls'), p2p: json('p2p') }),
};
/** The engine that ours is measured against lives with the benchmark. */
const reference = query.get('engine') === 'p2p-media-loader' && (await import('/benchmark/reference.js')).makeReference(json('hls'), json('p2p'));

const record = { firstFrameMs: undefined, stalls: 0, stallMs: 0, fatal: [], levels: [], fragments: [] };
const startedAt = performance.now();
const hls = reference ? reference.hls : makers[query.get('engine') ?? 'playswarm']();

/** The first frame on screen; where the browser does not tell, the moment playback begins. */
function firstFrame() {
  record.firstFrameMs ??= performance.now() - startedAt;
}
if ('requestVideoFrameCallback' in video) video.requestVideoFrameCallback(firstFrame);
else video.addEventListener('playing', firstFrame, { once: true });

/** Where this viewer stands on its own clock, in seconds: it grows by whatever playback is held up, and shrinks by what is left out. */
const behindOwnClockS = () => performance.now() / 1000 - video.currentTime;
let beganBehindS;
video.addEventListener('playing', () => (beganBehindS = behindOwnClockS()), { once: true });

let stalledAt;
const stallEnds = () => {
  if (stalledAt !== undefined) record.stallMs += performance.now() - stalledAt;
  stalledAt = undefined;
};
video.addEventListener('waiting', () => {
  if (record.firstFrameMs === undefined || video.seeking || video.ended || stalledAt !== undefined) return;
  record.stalls += 1;
  stalledAt = performance.now();
});
video.addEventListener('playing', stallEnds);
video.addEventListener('timeupdate', () => video.readyState >= 3 && stallEnds());

hls.on(Hls.Events.ERROR, (_, { fatal, details }) => fatal && record.fatal.push(details));
hls.on(Hls.Events.LEVEL_SWITCHED, (_, { level }) => record.levels.push(level));
// What the player was given: a segment that is short or comes twice shows here. (The payload itself has by now
// been handed on to a worker.)
hls.on(Hls.Events.FRAG_LOADED, (_, { frag }) =>
  record.fragments.push({ level: frag.level, sn: frag.sn, bytes: frag.stats.loaded, path: new URL(frag.url).pathname }));

hls.loadSource(query.get('source'));
hls.attachMedia(video);
hls.on(Hls.Events.MANIFEST_PARSED, () => void video.play());

window.viewer = {
  hls,
  video,
  engine: hls.p2p,
  metrics: () => ({
    ...record,
    stallMs: record.stallMs + (stalledAt === undefined ? 0 : performance.now() - stalledAt),
    positionS: video.currentTime,
    bufferedS: video.buffered.length > 0 ? video.buffered.end(video.buffered.length - 1) - video.currentTime : 0,
    latencyS: hls.levels[Math.max(0, hls.currentLevel)]?.details?.live ? hls.latency : undefined,
    slippedS: beganBehindS === undefined ? undefined : behindOwnClockS() - beganBehindS,
    estimateBps: hls.bandwidthEstimate,
    heapBytes: performance.memory?.usedJSHeapSize,
    stats: reference ? reference.stats() : hls.p2p?.getStats(),
    explain: reference ? undefined : hls.p2p?.explain(),
  }),
};
