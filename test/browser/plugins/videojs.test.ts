import axe from 'axe-core';
import Hls from 'hls.js';
import videojs from 'video.js';
import type Player from 'video.js/dist/types/player.js';
import { MenuModel } from '../../../plugins/menu/index.ts';
import { HlsPlayback } from '../../../plugins/videojs/hlsjs/playback.ts';
import type { QualityLevelList, SourceChooser, Tech } from '../../../plugins/videojs/host.ts';
import '../../../plugins/videojs/index.ts';
import { P2PMenuButton } from '../../../plugins/videojs/menu/menu-button.ts';
import type { PlaybackSession } from '../../../plugins/videojs/playback.ts';
import { FakeEngine, NO_STATS } from '../../kit/fake-engine.ts';
import { makeVideo, origin, textUrl, until } from './surroundings.ts';

const TYPE = 'application/x-mpegURL';
const NO_RETRY = { maxTimeToFirstByteMs: 5000, maxLoadTimeMs: 5000, timeoutRetry: null, errorRetry: null };

type WithQualityLevels = Player & { qualityLevels(): QualityLevelList & Iterable<{ enabled: boolean }> };

describe('Video.js, played by hls.js with an engine', () => {
  let player: WithQualityLevels;
  let engine: FakeEngine;
  let sessions: PlaybackSession[];

  beforeEach(() => {
    engine = new FakeEngine();
    sessions = [];
    const playback = new HlsPlayback(Hls, { maxBufferLength: 8, manifestLoadPolicy: { default: NO_RETRY } });
    const chooser: SourceChooser = {
      canPlay: (source) => playback.canPlay(source),
      play: (source, tech) => {
        const session = playback.start({
          source, tech, engine: engine.asEngine(),
          player: { qualityLevels: () => player.qualityLevels(), fail: (code, message) => void (player.error as (e: object) => void)({ code, message }) },
        });
        sessions.push(session);
        return session;
      },
    };
    player = videojs(makeVideo(), { html5: { p2p: chooser }, muted: true, liveui: true, controls: true }) as WithQualityLevels;
  });
  afterEach(() => player.dispose());

  const start = (url: string) => {
    player.src({ src: url, type: TYPE });
    void player.play()?.catch(() => undefined);
    return until(() => player.currentTime()! > 0.3, 'playing');
  };

  it('plays, with quality levels that a menu can switch', async () => {
    await start(`${origin}/media/vod/main.m3u8`);
    expect(engine.loads.length).toBeGreaterThan(0);
    const levels = [...player.qualityLevels()];
    expect(levels.length).toBe(3);
    expect(player.qualityLevels().selectedIndex_).toBeGreaterThanOrEqual(0);
    levels.forEach((level, index) => (level.enabled = index === 0));
    const lowest = () => engine.loads.at(-1)?.segment.url.includes('/400k/');
    player.currentTime(30);
    await until(() => Boolean(lowest()) && player.qualityLevels().selectedIndex_ === 0, 'the lowest level');
    expect(levels.map((level) => level.enabled)).toEqual([true, false, false]);
  });

  it('disposes on a change of source, and leaves other types alone', async () => {
    await start(`${origin}/media/vod/main.m3u8`);
    await start(`${origin}/media/cmaf/main.m3u8`);
    await until(() => engine.loads.at(-1)?.segment.byteRange !== undefined, 'the other source');
    expect(sessions.length).toBe(2);
    expect(engine.manifestUrl).toBe(`${origin}/media/cmaf/main.m3u8`);
    expect(player.qualityLevels().length).toBe(2);
    player.src({ src: `${origin}/media/cmaf/400k/media.mp4`, type: 'video/mp4' });
    await until(() => engine.manifestUrl === undefined, 'the engine is let go');
    expect(player.qualityLevels().length).toBe(0);
  });

  it('shows live controls, with the live edge where hls.js plays', async () => {
    await start(`${origin}/live-w12/vod/main.m3u8`);
    expect(player.duration()).toBe(Infinity);
    const tracker = player.getChild('LiveTracker') as unknown as { atLiveEdge(): boolean; isLive(): boolean };
    await until(() => tracker.isLive() && tracker.atLiveEdge(), 'at the live edge');
    await until(() => sessions[0]?.latencyS() !== undefined, 'its latency, measured');
    expect(sessions[0]?.latencyS()).toBeGreaterThan(4);
  });

  it('shows audio tracks and subtitles', async () => {
    const list = (body: string) => `#EXTM3U\n#EXT-X-VERSION:3\n#EXT-X-TARGETDURATION:4\n#EXT-X-MEDIA-SEQUENCE:0\n${body}#EXT-X-ENDLIST\n`;
    const media = (quality: string) => textUrl(list([0, 1, 2].map((n) => `#EXTINF:4,\n${origin}/media/vod/${quality}/seg-${n}.ts\n`).join('')));
    const cue = textUrl('WEBVTT\n\n00:00.000 --> 00:11.000\nHello\n');
    const audio = (name: string, language: string, isDefault: string) =>
      `#EXT-X-MEDIA:TYPE=AUDIO,GROUP-ID="a",NAME="${name}",LANGUAGE="${language}",DEFAULT=${isDefault},URI="${media('400k')}"\n`;
    await start(
      textUrl(
        `#EXTM3U\n${audio('English', 'en', 'YES')}${audio('Deutsch', 'de', 'NO')}` +
          `#EXT-X-MEDIA:TYPE=SUBTITLES,GROUP-ID="s",NAME="Deutsch",LANGUAGE="de",DEFAULT=NO,URI="${textUrl(list(`#EXTINF:12,\n${cue}\n`))}"\n` +
          `#EXT-X-STREAM-INF:BANDWIDTH=400000,CODECS="avc1.4d4015,mp4a.40.2",AUDIO="a",SUBTITLES="s"\n${media('400k')}\n`,
      ),
    );
    const tech = player.tech({ IWillNotUseThisInPlugins: true }) as unknown as Tech;
    const tracks = tech.audioTracks();
    expect([tracks[0]?.label, tracks[1]?.language, tracks[0]?.enabled]).toEqual(['English', 'de', true]);
    tracks[1]!.enabled = true;
    await until(() => engine.loads.some(({ segment }) => [...engine.lists.values()].some(({ track, segments }) => track.name === 'a/Deutsch' && segments.includes(segment))), 'German audio');
    const subtitles = Array.from({ length: tech.textTracks().length }, (_, index) => tech.textTracks()[index]!).find((track) => track.language === 'de')!;
    expect(subtitles.kind).toBe('subtitles');
    subtitles.mode = 'showing';
    await until(() => subtitles.cues?.length === 1, 'the cue');
  });

  it('shows what the origin fails to deliver as the player’s own error', async () => {
    player.src({ src: `${origin}/media/vod/main.m3u8?missing`, type: TYPE });
    await until(() => player.error() !== null, 'an error');
    expect(player.error()?.code).toBe(2);
  });
});

describe('Video.js: the plugin', () => {
  for (const playback of [undefined, 'vhs', 'hls.js'] as const) {
    it(`plays with its own engine, and destroys it with the player: ${playback ?? 'by default'}`, async () => {
      const player = videojs(makeVideo(), {
        muted: true, controls: true, plugins: { p2p: { playback, hlsjs: Hls, enabled: false } }, sources: [{ src: `${origin}/media/vod/main.m3u8`, type: TYPE }],
      });
      const { engine } = player.p2p();
      // Before the player is ready, a call of play() is lost in Firefox, with VHS as with us.
      player.one('canplay', () => void player.play()?.catch(() => undefined));
      await until(() => player.currentTime()! > 0.3, 'playing');
      const { vhs } = player.tech({ IWillNotUseThisInPlugins: true }) as unknown as { vhs?: object };
      expect(vhs !== undefined).toBe(playback !== 'hls.js');
      expect(player.el().querySelector('.vjs-p2p-button button')?.textContent).toContain('P2P');
      expect(engine.explain().code).toBe('disabled');
      player.dispose();
      expect(engine.explain().code).toBe('destroyed');
    });
  }

  it('says a page’s own words, given as Video.js’s are', async () => {
    videojs.addLanguage('nl', { 'p2p.enabled': 'Delen met andere kijkers' });
    const player = videojs(makeVideo(), { controls: true, language: 'nl', plugins: { p2p: { enabled: false } } });
    await until(() => player.el().querySelector('.vjs-p2p-choice') !== null, 'the menu');
    expect(player.el().querySelector('.vjs-p2p-choice')?.textContent).toContain('Delen met andere kijkers');
    player.dispose();
  });

  it('names a key that is not right', () => {
    const video = makeVideo();
    expect(() => videojs(video, { plugins: { p2p: { playback: 'flash' } } })).toThrowError(/playback/);
    video.remove();
  });
});

describe('Video.js: the P2P menu', () => {
  let player: Player;
  let engine: FakeEngine;
  let menu: P2PMenuButton;
  let button: HTMLElement;
  const key = (target: Element, name: string) => target.dispatchEvent(new KeyboardEvent('keydown', { key: name, bubbles: true, cancelable: true }));
  const items = () => [...menu.el().querySelectorAll<HTMLElement>('[role^="menuitem"]')];
  const isOpen = () => button.getAttribute('aria-expanded') === 'true';

  beforeEach(async () => {
    localStorage.removeItem('playswarm:choices');
    engine = new FakeEngine();
    player = videojs(makeVideo(), { controls: true, fluid: true, language: 'en' });
    await new Promise<void>((resolve) => void player.ready(() => resolve()));
    menu = new P2PMenuButton(player, { model: new MenuModel(engine.asEngine(), { language: 'en', latencyS: () => 5 }) });
    player.getChild('ControlBar')!.addChild(menu);
    button = menu.el().querySelector('button')!;
  });
  afterEach(() => {
    player.dispose();
    localStorage.removeItem('playswarm:choices');
  });

  it('is found by a name that says P2P', () => {
    expect(button.textContent).toContain('P2P');
  });

  it('opens with the down arrow on the first item, with the up arrow on the last', () => {
    button.focus();
    key(button, 'ArrowDown');
    expect(isOpen()).toBeTrue();
    expect(document.activeElement).toBe(items()[0]!);
    key(document.activeElement!, 'ArrowDown');
    expect(document.activeElement).toBe(items()[1]!);
    key(document.activeElement!, 'End');
    expect(document.activeElement).toBe(items().at(-1)!);
    key(document.activeElement!, 'Home');
    expect(document.activeElement).toBe(items()[0]!);
    key(document.activeElement!, 'Escape');
    expect(isOpen()).toBeFalse();
    expect(document.activeElement).toBe(button);
    key(button, 'ArrowUp');
    expect(document.activeElement).toBe(items().at(-1)!);
  });

  it('switches, shows it, and stays open', () => {
    button.click();
    const [enabled] = items();
    expect(enabled?.getAttribute('role')).toBe('menuitemcheckbox');
    enabled!.click();
    expect(engine.config.enabled).toBeFalse();
    expect(enabled?.getAttribute('aria-checked')).toBe('false');
    enabled!.focus();
    key(enabled!, 'Enter');
    expect(enabled?.getAttribute('aria-checked')).toBe('true');
    const off = items().find((item) => item.textContent === 'Off')!;
    off.click();
    expect(engine.config.upload).toBeFalse();
    expect(off.getAttribute('aria-checked')).toBe('true');
    expect(isOpen()).toBeTrue();
  });

  it('keeps the controls, and itself, while it is open', () => {
    button.click();
    player.userActive(false);
    expect(player.userActive()).toBeTrue();
    button.click();
    player.userActive(false);
    expect(player.userActive()).toBeFalse();
  });

  it('shows live figures and a graph', () => {
    engine.stats = { ...NO_STATS, peers: 4, ratio: 0.5, p2pRate: 2e6 };
    engine.emit('stats', engine.stats);
    expect(menu.el().querySelector('[data-p2p-figure="peers"] dd')?.textContent).toBe('4');
    expect(menu.el().querySelector('[data-p2p-figure="share"] dd')?.textContent).toBe('50%');
    expect(menu.el().querySelector('polyline.playswarm-peers')?.getAttribute('points')).toMatch(/59,0\.0$/);
  });

  it('speaks another language at once', () => {
    (menu.options_ as unknown as { model: MenuModel }).model.setLanguage('de');
    expect(items()[0]?.textContent).toContain('Mit anderen Zuschauern teilen');
    expect(menu.el().querySelector('.vjs-p2p-heading')?.textContent).toBe('Hochladen');
  });

  it('has nothing for axe to find', async () => {
    button.click();
    const { violations } = await axe.run(menu.el(), { rules: { 'color-contrast': { enabled: false }, region: { enabled: false } } });
    expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html).join()}`)).toEqual([]);
  });
});
