import { activeText, SHAKA_CONFIG, typeOf } from './driver.js';

const ENGINES = { 'hls.js': ['Hls'], shaka: ['shaka'] };

export const needs = (engine) => ({ hosts: [...ENGINES[engine], 'Clappr', 'ClapprPlugins'], entry: 'clappr' });

export function create(stage, { Clappr, ClapprPlugins, Playswarm }, { source, p2p }) {
  const { P2PHlsPlayback, P2PDashPlayback, P2PMenu } = Playswarm;
  const player = new Clappr.Player({
    parent: stage,
    source, mimeType: typeOf(source), p2p,
    shakaConfiguration: SHAKA_CONFIG,
    width: '100%', height: '100%', mute: true, autoPlay: true,
    plugins: [P2PHlsPlayback, P2PDashPlayback, P2PMenu, ...(ClapprPlugins ? [ClapprPlugins.Plugins?.MediaControl ?? ClapprPlugins.MediaControl] : [])],
  });
  player.on(Clappr.Events.PLAYER_ERROR, ({ description }) => console.error(`Clappr: ${description}`));
  const playback = () => player.core?.activePlayback;
  const video = () => stage.querySelector('video') ?? undefined;
  return {
    video,
    p2p: () => playback()?.p2p,
    setQuality: (wanted) => (playback().currentLevel = wanted === 'lowest' ? playback().levels[0].id : -1),
    pause: () => player.pause(),
    resume: () => player.play(),
    setAudio: (index) => playback().switchAudioTrack(playback().audioTracks[index].id),
    audio: () => playback().currentAudioTrack?.language,
    setText: (index) => (playback().closedCaptionsTrackId = playback().closedCaptionsTracks[index].id),
    shownText: () => activeText(video().textTracks),
    setSource: (url) => player.load(url, typeOf(url), true),
    latencyS: () => playback().getDuration() - playback().getCurrentTime(),
    destroy: () => player.destroy(),
  };
}
