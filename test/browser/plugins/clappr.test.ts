import Hls from 'hls.js';
import { createClapprPlugins } from '../../../plugins/clappr/factory.ts';
import type { ClapprEngines, P2PPlayback } from '../../../plugins/clappr/factory.ts';
import { surroundings } from '../surroundings.ts';
import { complaints, press } from './accessible.ts';
import { origin, until } from './surroundings.ts';
import { vendor } from './vendor.ts';

/** What is used of Clappr here; it has no types for a player's options. */
interface Player {
  readonly core: {
    readonly activePlayback: P2PPlayback & {
      readonly levels: readonly { id: number; label: string }[];
      currentLevel: number;
      getStartTimeOffset(): number;
      getCurrentTime(): number;
    };
    readonly mediaControl: { render(): void };
  };
  play(): void;
  stop(): void;
  seek(timeS: number): void;
  load(source: string): void;
  on(event: string, listener: () => void): void;
  destroy(): void;
}

interface Clappr {
  readonly Player: new (options: object) => Player;
  readonly Events: Readonly<Record<string, string>>;
}

interface Host {
  readonly Clappr: Clappr;
  /** What the host needs beside ours. */
  readonly plugins: readonly unknown[];
  readonly engines: ClapprEngines;
}

const globals = window as unknown as { Clappr: Clappr; ClapprPlugins: { Plugins: object }; shaka: ClapprEngines['shaka'] };

const hosts: Record<string, () => Promise<Host>> = {
  async '@clappr/player 0.11'() {
    await vendor('@clappr/player/dist/clappr.min.js');
    return { Clappr: globals.Clappr, plugins: [], engines: {} };
  },
  async '@clappr/core 0.17 with @clappr/plugins'() {
    await vendor('@clappr/core/dist/clappr-core.min.js');
    await vendor('@clappr/plugins/dist/clappr-plugins.min.js');
    return { Clappr: globals.Clappr, plugins: Object.values(globals.ClapprPlugins.Plugins), engines: { Hls } };
  },
};

const vod = `${origin}/media/vod/400k/playlist.m3u8`;
const dash = `${origin}/media/dash/manifest.mpd`;

for (const [name, load] of Object.entries(hosts)) {
  describe(`Clappr (${name})`, () => {
    let host: Host;
    let stages: HTMLElement[];
    let players: Player[];

    beforeAll(async () => {
      await vendor('shaka-player/dist/shaka-player.compiled.js');
      host = await load();
    }, 30_000);
    beforeEach(() => {
      localStorage.removeItem('playswarm:choices');
      stages = [];
      players = [];
    });
    afterEach(() => {
      for (const player of players) player.destroy();
      for (const stage of stages) stage.remove();
    });

    function start(source: string, more: object = {}): Player {
      const stage = document.createElement('div');
      stage.style.cssText = 'width: 640px; height: 360px';
      document.body.append(stage);
      stages.push(stage);
      const { P2PHlsPlayback, P2PDashPlayback, P2PMenu } = createClapprPlugins(host.Clappr, { shaka: globals.shaka!, ...host.engines });
      const player = new host.Clappr.Player({
        source, parent: stage, mute: true, autoPlay: true, width: '100%', height: '100%',
        plugins: [...host.plugins, P2PHlsPlayback, P2PDashPlayback, P2PMenu],
        p2p: { trackers: [surroundings.tracker], rtcConfig: { iceServers: [] }, swarmId: `${name} ${Math.random()}` },
        ...more,
      });
      players.push(player);
      return player;
    }
    const playback = (player: Player) => player.core.activePlayback;
    const plays = (player: Player) => until(() => playback(player)?.el.currentTime > 0.3, 'playing');
    const button = () => stages.at(-1)!.querySelector<HTMLButtonElement>('.playswarm-button')!;
    const panel = () => stages.at(-1)!.querySelector<HTMLElement>('.playswarm-panel')!;

    it('shares HLS with another viewer', async () => {
      const p2p = { trackers: [surroundings.tracker], rtcConfig: { iceServers: [] }, swarmId: `${name} ${Math.random()}` };
      const first = start(vod, { p2p });
      await plays(first);
      await until(() => playback(first).p2p.getStats().httpBytes > 1e6, 'something at the first viewer');
      const second = start(vod, { p2p });
      await plays(second);
      await until(() => playback(second).p2p.getStats().p2pBytes > 5e5, 'bytes from the first viewer');
      expect(playback(second).p2p.explain().code).toBe('working');
    }, 40_000);

    it('has its levels, and keeps its engine over stop and play', async () => {
      const player = start(`${origin}/media/cmaf/main.m3u8`);
      await plays(player);
      expect(playback(player).levels.map(({ id }) => id)).toEqual([0, 1]);
      expect(playback(player).currentLevel).toBe(-1);
      playback(player).currentLevel = 0;
      expect(playback(player).currentLevel).toBe(0);
      const { p2p } = playback(player);
      player.stop();
      await until(() => p2p.explain().code === 'no-content', 'the content is let go');
      player.play();
      await plays(player);
      expect(playback(player).p2p).toBe(p2p);
      expect(p2p.explain().code).not.toBe('no-content');
    }, 30_000);

    it('plays DASH, then HLS in its place', async () => {
      const player = start(dash);
      await plays(player);
      const first = playback(player);
      await until(() => first.p2p.getStats().httpBytes > 0, 'segments through the engine');
      expect(first.getDuration()).toBeCloseTo(24, 0);
      player.load(vod);
      await until(() => playback(player) !== first, 'the other playback');
      await plays(player);
      expect(first.p2p.explain().code).toBe('destroyed');
      expect(playback(player).p2p.explain().code).not.toBe('no-content');
      expect(stages.at(-1)!.querySelectorAll('.playswarm-button, .playswarm-panel').length).toBe(2);
    }, 30_000);

    it('counts a live stream with a DVR window from what can be sought', async () => {
      // The one name of this option is of Clappr's own hls.js playback, the other of its core.
      const player = start(`${origin}/live-w20/vod/400k/playlist.m3u8`, { hlsMinimumDvrSize: 20, playback: { minimumDvrSize: 20 } });
      await plays(player);
      expect(playback(player).isLive).toBe(true);
      await until(() => playback(player).dvrEnabled, 'a DVR window');
      player.seek(10);
      await until(() => Math.abs(playback(player).getCurrentTime() - 10) < 5, 'the position');
      expect(playback(player).el.currentTime - playback(player).getStartTimeOffset()).toBeCloseTo(playback(player).getCurrentTime(), 0);
    }, 30_000);

    it('has a menu for keyboards and screen readers', async () => {
      const player = start(vod);
      await plays(player);
      expect(button().getAttribute('aria-label')).toContain('P2P');
      button().focus();
      expect(press('ArrowDown')?.getAttribute('role')).toBe('menuitemcheckbox');
      expect(press('ArrowDown')?.textContent).toBe('Off');
      expect(press('End')?.textContent).toBe('On');
      expect(press('Home')?.getAttribute('aria-checked')).toBe('true');
      expect(await complaints(panel())).toEqual([]);
      (document.activeElement as HTMLElement).click();
      expect(playback(player).p2p.explain().code).toBe('disabled');
      expect(document.activeElement?.getAttribute('aria-checked')).toBe('false');
      expect(press('Escape')).toBe(button());
      expect(panel().hidden).toBe(true);
      expect(playback(player).el.paused).toBe(false);
    }, 30_000);

    it('keeps the open menu and its focus when the media control draws itself anew', async () => {
      const player = start(vod);
      await plays(player);
      button().click();
      const focused = press('ArrowDown');
      player.core.mediaControl.render();
      expect(stages.at(-1)!.contains(button())).toBe(true);
      expect(panel().hidden).toBe(false);
      expect(document.activeElement).toBe(focused);
    }, 30_000);

    it('takes the page’s own words from Clappr’s strings', async () => {
      const player = start(vod, { language: 'de', strings: { de: { 'p2p.title': 'P2P-Netz' } } });
      await plays(player);
      expect(button().getAttribute('aria-label')).toBe('P2P-Netz');
      expect(panel().lang).toBe('de');
    }, 30_000);
  });
}
