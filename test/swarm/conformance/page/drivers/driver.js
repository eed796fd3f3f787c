/**
 * What every player is asked to do, in the words of its own API.
 *
 * @typedef {object} Driver
 * @property {() => HTMLVideoElement | undefined} video
 * @property {() => import('../../../../../core/index.ts').P2PEngine | undefined} p2p found the way the documentation says
 * @property {(wanted: 'lowest' | 'auto') => void} setQuality
 * @property {() => void} pause
 * @property {() => void} resume
 * @property {(index: number) => void} setAudio the sound track at that place in the manifest
 * @property {() => string | undefined} audio language of the one that plays
 * @property {(index: number) => void} setText
 * @property {() => string} shownText
 * @property {(url: string) => void} setSource
 * @property {() => number | undefined} [latencyS] seconds behind live, where the player tells
 * @property {() => void | Promise<void>} destroy
 */

export const typeOf = (url) => (url.includes('.mpd') ? 'application/dash+xml' : 'application/x-mpegURL');

/**
 * For Shaka: a switch up is seen at once, not when the buffer has run down. And little is kept of what was played, so
 * that to go back is to load anew: only then are captions in HLS shown at once, which plain Shaka holds back until the
 * next piece of the picture is appended (`text/text_engine.js`, `deferredAppends_`).
 *
 * In Firefox plain Shaka 5.2 waits for ever where it clears its buffer for another track: for an init segment that it
 * had fetched ahead and has given up itself (shaka-project/shaka-player#10569).
 */
export const SHAKA_CONFIG = {
  abr: { clearBufferSwitch: true },
  streaming: { bufferBehind: 2, ...(navigator.userAgent.includes('Firefox') ? { segmentPrefetchLimit: 0 } : {}) },
};

export function addVideo(stage, properties = {}) {
  const video = Object.assign(document.createElement('video'), { muted: true, playsInline: true, ...properties });
  stage.append(video);
  return video;
}

/** What tracks show now, as text. Video.js's own lists are no iterables. @param {ArrayLike<TextTrack>} tracks */
export const activeText = (tracks) =>
  Array.from(tracks)
    .filter(({ mode }) => mode === 'showing')
    .flatMap(({ activeCues }) => Array.from(activeCues ?? []))
    .map(({ text }) => text)
    .join('\n');
