import { activeText, addVideo } from './driver.js';

export const needs = () => ({ hosts: ['Hls'], entry: 'hlsjs' });

export function create(stage, { Hls, Playswarm }, { source, p2p }) {
  const video = addVideo(stage, { autoplay: true, controls: true });
  const hls = new (Playswarm.withP2P(Hls))({ p2p });
  hls.on(Hls.Events.ERROR, (_, { fatal, details }) => fatal && console.error(`hls.js: ${details}`));
  hls.loadSource(source);
  hls.attachMedia(video);
  return {
    video: () => video,
    p2p: () => hls.p2p,
    setQuality: (wanted) => (hls.currentLevel = wanted === 'lowest' ? 0 : -1),
    pause: () => video.pause(),
    resume: () => video.play(),
    setAudio: (index) => (hls.audioTrack = index),
    audio: () => hls.audioTracks[hls.audioTrack]?.lang,
    setText(index) {
      hls.subtitleTrack = index;
      hls.subtitleDisplay = true;
    },
    shownText: () => activeText(video.textTracks),
    setSource: (url) => hls.loadSource(url),
    latencyS: () => hls.latency,
    destroy: () => hls.destroy(),
  };
}
