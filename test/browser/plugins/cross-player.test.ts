// Viewers of one content on different players, each with a real engine, a real tracker and real data channels.
import Hls from 'hls.js';
import type shakaTypes from 'shaka-player';
import videojs from 'video.js';
import type { P2PEngine } from '../../../core/index.ts';
import { withP2P } from '../../../plugins/hlsjs/index.ts';
import { attachP2P } from '../../../plugins/shaka/index.ts';
import '../../../plugins/videojs/index.ts';
import { surroundings } from '../surroundings.ts';
import { makeVideo, until } from './surroundings.ts';
import { vendor } from './vendor.ts';

interface Viewer {
  readonly engine: P2PEngine;
  readonly video: HTMLVideoElement;
  play(): void;
  /** How far ahead the player reads, in seconds, from now on. */
  readAhead(seconds: number): void;
  destroy(): Promise<void> | void;
}

type Player = (url: string) => Viewer;

const { origin, tracker } = surroundings;
const p2p = { trackers: [tracker], rtcConfig: { iceServers: [] } };

/** Rejected when something is loaded anew meanwhile. */
const playUnasked = (video: HTMLVideoElement) => void video.play().catch(() => undefined);

const hlsjs: Player = (url) => {
  const video = makeVideo();
  const hls = new (withP2P(Hls))({ maxBufferLength: 6, maxMaxBufferLength: 60, startLevel: 0, capLevelToPlayerSize: true, p2p });
  hls.loadSource(url);
  hls.attachMedia(video);
  return { engine: hls.p2p, video, play: () => playUnasked(video), readAhead: (seconds) => (hls.config.maxBufferLength = seconds), destroy: () => hls.destroy() };
};

/** VHS warns of it on the console, every time; nothing else sets how far it reads ahead. */
function readAheadOfVhs(seconds: number): void {
  const { log, Vhs } = videojs as typeof videojs & { Vhs: { GOAL_BUFFER_LENGTH: number; MAX_GOAL_BUFFER_LENGTH: number } };
  const level = log.level();
  log.level('error');
  Vhs.GOAL_BUFFER_LENGTH = Vhs.MAX_GOAL_BUFFER_LENGTH = seconds;
  log.level(level as Parameters<typeof log.level>[0]);
}

const vhs: Player = (url) => {
  const video = makeVideo();
  readAheadOfVhs(6);
  const type = url.endsWith('.mpd') ? 'application/dash+xml' : 'application/x-mpegURL';
  const player = videojs(video, {
    muted: true, preload: 'auto', plugins: { p2p }, sources: [{ src: url, type }],
    html5: { vhs: { bandwidth: 100_000, useNetworkInformationApi: false, limitRenditionByPlayerDimensions: true } },
  });
  return {
    engine: player.p2p().engine,
    play: () => {
      const element = player.el().querySelector('video')!;
      // Before there is something to play, the call is lost in Firefox, with plain VHS too.
      if (element.readyState >= HTMLMediaElement.HAVE_FUTURE_DATA) playUnasked(element);
      else player.one('canplay', () => playUnasked(element));
    },
    // Video.js moves the element about, and it stays the one that plays.
    video: player.el().querySelector('video')!,
    readAhead: readAheadOfVhs,
    destroy: () => player.dispose(),
  };
};

const shaka: Player = (url) => {
  const library = (globalThis as unknown as { shaka: typeof shakaTypes }).shaka;
  const video = makeVideo();
  const player = new library.Player();
  player.configure({ streaming: { bufferingGoal: 6 }, abr: { restrictions: { maxHeight: 150 } } });
  const engine = attachP2P(player, library, p2p);
  void player.attach(video).then(() => player.load(url));
  return { engine, video, play: () => playUnasked(video), readAhead: (seconds) => player.configure('streaming.bufferingGoal', seconds), destroy: () => player.destroy() };
};

const PAIRS: readonly (readonly [string, Player, Player, string])[] = [
  ['Shaka takes from Shaka, DASH', shaka, shaka, '/media/dash/manifest.mpd'],
  ['VHS takes from Shaka, DASH', shaka, vhs, '/media/dash/manifest.mpd'],
  ['Shaka takes from VHS, DASH by index', vhs, shaka, '/media/dash-base/manifest.mpd'],
  ['VHS takes from VHS, HLS', vhs, vhs, '/media/vod/main.m3u8'],
  ['Shaka takes from hls.js, HLS', hlsjs, shaka, '/media/vod/main.m3u8'],
  ['hls.js takes from VHS, HLS byte ranges', vhs, hlsjs, '/media/cmaf/main.m3u8'],
];

describe('Viewers on different players', () => {
  let viewers: Viewer[] = [];

  beforeAll(() => vendor('shaka-player/dist/shaka-player.compiled.js'));
  afterEach(async () => {
    for (const { destroy, video } of viewers) {
      await destroy();
      video.remove();
    }
    viewers = [];
  });

  const buffered = ({ video }: Viewer) => (video.buffered.length > 0 ? video.buffered.end(video.buffered.length - 1) : 0);

  for (const [what, giver, taker, path] of PAIRS) {
    it(`share: ${what}`, async () => {
      const url = `${origin}${path}`;
      const first = giver(url);
      viewers.push(first);
      first.play();
      await until(() => buffered(first) >= 4, 'the first viewer plays');
      first.readAhead(22);
      await until(() => buffered(first) >= 20, 'the first viewer has the content');

      const second = taker(url);
      viewers.push(second);
      await until(() => second.engine.getStats().peers > 0, 'the viewers are connected');
      second.play();
      second.readAhead(22);
      await until(() => buffered(second) >= 18, `the second viewer has the content (${buffered(second)} s)`);
      const { p2pBytes, rejectedPieces } = second.engine.getStats();
      expect(p2pBytes).toBeGreaterThan(0);
      expect(rejectedPieces).toBe(0);
      expect(second.engine.explain().code).toBe('working');
    }, 45_000);
  }
});
