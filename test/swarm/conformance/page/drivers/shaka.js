import { activeText, addVideo, SHAKA_CONFIG } from './driver.js';

export const needs = () => ({ hosts: ['shaka'], entry: 'shaka' });

export function create(stage, { shaka, Playswarm }, { source, p2p }) {
  const video = addVideo(stage, { autoplay: true, controls: true });
  shaka.polyfill.installAll();
  const player = new shaka.Player();
  const engine = Playswarm.attachP2P(player, shaka, p2p);
  const report = ({ code, message }) => console.error(`Shaka ${code}: ${message}`);
  player.addEventListener('error', ({ detail }) => report(detail));
  player.configure(SHAKA_CONFIG);
  const load = (url) => player.load(url).catch(report);
  void player.attach(video).then(() => load(source));

  const tracks = () => player.getVariantTracks().sort((a, b) => a.bandwidth - b.bandwidth);
  return {
    video: () => video,
    p2p: () => engine,
    setQuality(wanted) {
      player.configure({ abr: { enabled: wanted === 'auto' } });
      if (wanted === 'lowest') player.selectVariantTrack(tracks()[0], true);
      // Plain Shaka, too, stays with the codec of the track chosen by hand, until the page's preference changes.
      else player.configure({ preferredVideo: [{}] });
    },
    pause: () => video.pause(),
    resume: () => video.play(),
    setAudio: (index) => player.selectAudioTrack(player.getAudioTracks()[index]),
    audio: () => player.getAudioTracks().find(({ active }) => active)?.language,
    setText: (index) => player.selectTextTrack(player.getTextTracks()[index]),
    shownText: () => activeText(video.textTracks),
    setSource: load,
    latencyS: () => player.seekRange().end - video.currentTime,
    destroy: () => player.destroy(),
  };
}
