import { activeText, addVideo, SHAKA_CONFIG, typeOf } from './driver.js';

const ENGINES = { 'hls.js': ['Hls'], shaka: ['shaka'] };

export const needs = (engine) => ({ hosts: [...ENGINES[engine], 'Plyr'], entry: 'plyr' });

export function create(stage, { Playswarm }, { engine, source, p2p: config }) {
  const { player, p2p, destroy } = Playswarm.createP2PPlyr(addVideo(stage), {
    source, type: typeOf(source), p2p: config,
    ...(engine === 'shaka' ? { shakaConfig: SHAKA_CONFIG } : {}),
    plyr: { muted: true, autoplay: true, iconUrl: '/vendor/plyr/dist/plyr.svg', storage: { enabled: false } },
  });
  return {
    video: () => player.media,
    p2p: () => p2p,
    setQuality: (wanted) => (player.quality = wanted === 'auto' ? 0 : Math.min(...player.options.quality.filter((height) => height > 0))),
    pause: () => player.pause(),
    resume: () => player.play(),
    setText(index) {
      player.currentTrack = index;
      player.toggleCaptions(true);
    },
    // Plyr draws what is active in a track that it keeps hidden.
    shownText: () => activeText(player.media.textTracks) || stage.querySelector('.plyr__captions')?.textContent || '',
    setSource: (url) => (player.source = { type: 'video', sources: [{ src: url, type: typeOf(url) }] }),
    destroy,
  };
}
