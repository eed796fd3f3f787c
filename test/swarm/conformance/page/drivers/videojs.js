import { activeText, addVideo, SHAKA_CONFIG, typeOf } from './driver.js';

const ENGINES = { vhs: [], 'hls.js': ['Hls'], shaka: ['shaka'] };

export const needs = (engine) => ({ hosts: ['videojs', ...ENGINES[engine]], entry: 'videojs' });

export function create(stage, { videojs, Hls, shaka }, { engine, source, p2p }) {
  const sourceOf = (url) => ({ src: url, type: typeOf(url) });
  // Where they are globals, they are found; handed over, they are so too.
  const own = { 'hls.js': { hlsjs: Hls }, shaka: { shaka, shakaConfig: SHAKA_CONFIG }, vhs: {} }[engine];
  // Plain VHS cannot change the quality of a film that it has to its end: it asks for what comes after that, for ever.
  // It reads 30 s ahead, ours is 36 s long; with less ahead, it is to ours as it is to a film of usual length.
  if (engine === 'vhs') videojs.Vhs.GOAL_BUFFER_LENGTH = 12;
  const player = videojs(addVideo(stage, { className: 'video-js' }), {
    controls: true, muted: true, autoplay: true, liveui: true, fill: true,
    plugins: { p2p: { ...p2p, playback: engine, ...own } },
    sources: [sourceOf(source)],
  });
  player.on('error', () => console.error(`Video.js: ${player.error()?.message}`));
  const captions = () => Array.from(player.textTracks()).filter(({ kind }) => kind === 'subtitles' || kind === 'captions');
  return {
    video: () => player.el()?.querySelector('video'),
    p2p: () => player.p2p().engine,
    setQuality(wanted) {
      const levels = [...player.qualityLevels()].sort((a, b) => a.bitrate - b.bitrate);
      // VHS switches at once when a level is switched on, and only then (`rendition-mixin.js`).
      if (wanted === 'lowest') for (const level of levels) level.enabled = false;
      for (const level of wanted === 'lowest' ? levels.slice(0, 1) : levels) level.enabled = true;
    },
    pause: () => player.pause(),
    resume: () => player.play(),
    setAudio: (index) => (player.audioTracks()[index].enabled = true),
    audio: () => Array.from(player.audioTracks()).find(({ enabled }) => enabled)?.language,
    setText: (index) => captions().forEach((track, at) => (track.mode = at === index ? 'showing' : 'disabled')),
    // Shaka draws them itself, natively.
    shownText: () => activeText(engine === 'shaka' ? player.el().querySelector('video').textTracks : captions()),
    setSource(url) {
      player.src(sourceOf(url));
      void player.play();
    },
    latencyS: () => player.liveTracker.liveCurrentTime() - player.currentTime(),
    destroy: () => player.dispose(),
  };
}
