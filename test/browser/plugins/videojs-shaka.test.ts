import type shakaTypes from 'shaka-player';
import videojs from 'video.js';
import type Player from 'video.js/dist/types/player.js';
import type { QualityLevelList, SourceChooser, Tech } from '../../../plugins/videojs/host.ts';
import '../../../plugins/videojs/index.ts';
import type { PlaybackSession } from '../../../plugins/videojs/playback.ts';
import { ShakaPlayback } from '../../../plugins/videojs/shaka/playback.ts';
import { FakeEngine } from '../../kit/fake-engine.ts';
import { makeVideo, origin, until } from './surroundings.ts';
import { vendor } from './vendor.ts';

const DASH = 'application/dash+xml';
const HLS = 'application/x-mpegURL';

type WithQualityLevels = Player & { qualityLevels(): QualityLevelList & Iterable<{ enabled: boolean }> };

for (const build of ['shaka-player/dist/shaka-player.compiled.js', 'shaka-player-4/dist/shaka-player.compiled.js']) {
  describe(`Video.js, played by Shaka (${build.split('/')[0]}) with an engine`, () => {
    let player: WithQualityLevels;
    let engine: FakeEngine;
    let sessions: PlaybackSession[];
    let errors: string[];

    beforeAll(() => vendor(build));

    beforeEach(() => {
      engine = new FakeEngine();
      sessions = [];
      errors = [];
      const { shaka } = globalThis as unknown as { shaka: typeof shakaTypes };
      const playback = new ShakaPlayback(shaka, { streaming: { bufferingGoal: 8 } });
      const chooser: SourceChooser = {
        canPlay: (source) => playback.canPlay(source),
        play: (source, tech) => {
          const session = playback.start({
            source, tech, engine: engine.asEngine(),
            player: { qualityLevels: () => player.qualityLevels(), fail: (code, message) => void errors.push(`${code} ${message}`) },
          });
          sessions.push(session);
          return session;
        },
      };
      player = videojs(makeVideo(), { html5: { p2p: chooser }, muted: true, liveui: true, controls: true }) as WithQualityLevels;
    });
    afterEach(() => player.dispose());

    const start = (src: string, type = DASH) => {
      player.src({ src, type });
      player.one('canplay', () => void player.play()?.catch(() => undefined));
      return until(() => player.currentTime()! > 0.3 && player.readyState() > 2, `playing (${errors.join()} ${player.error()?.message})`);
    };

    /** What plays is the new source, and not still the one before. */
    const next = async (src: string, type = DASH) => {
      const emptied = new Promise((resolve) => player.one('loadstart', resolve));
      const playing = start(src, type);
      await emptied;
      await playing;
      await until(() => player.currentTime()! > 0.3 && player.readyState() > 2, `playing on (${errors.join()} ${player.error()?.message})`);
    };

    it('plays DASH, with quality levels that a menu can switch', async () => {
      await start(`${origin}/media/dash/manifest.mpd`);
      expect(engine.loads.length).toBeGreaterThan(0);
      const levels = [...player.qualityLevels()];
      expect(levels.length).toBe(2);
      expect(player.qualityLevels().selectedIndex_).toBeGreaterThanOrEqual(0);
      levels.forEach((level, index) => (level.enabled = index === 0));
      await until(() => player.qualityLevels().selectedIndex_ === 0, 'the lowest level');
      player.currentTime(17);
      await until(() => engine.loads.some(({ segment }) => /seg-0-5/.test(segment.url)), 'a segment of the lowest level');
      expect(levels.map((level) => level.enabled)).toEqual([true, false]);
      const tech = player.tech({ IWillNotUseThisInPlugins: true }) as unknown as Tech;
      expect(tech.audioTracks().length).toBe(1);
      expect(tech.audioTracks()[0]?.enabled).toBeTrue();
      expect(errors).toEqual([]);
    });

    it('leaves the choice to Shaka again, of all levels, whatever codec the one chosen by hand has', async () => {
      await start(`${origin}/media/tracks/manifest.mpd`);
      const levels = [...player.qualityLevels()];
      levels.forEach((level, index) => (level.enabled = index === 0));
      await until(() => player.qualityLevels().selectedIndex_ === 0, 'the lowest level');
      for (const level of levels) level.enabled = true;
      await until(() => player.qualityLevels().selectedIndex_ === 1, 'a higher level');
      expect(errors).toEqual([]);
    });

    it('plays what comes after: another stream, and a file that is the browser’s own affair', async () => {
      await start(`${origin}/media/dash/manifest.mpd`);
      await next(`${origin}/media/cmaf/main.m3u8`, HLS);
      expect(engine.manifestUrl).toBe(`${origin}/media/cmaf/main.m3u8`);
      expect(engine.loads.at(-1)?.segment.byteRange).toBeDefined();
      await next(`${origin}/media/cmaf/400k/media.mp4`, 'video/mp4');
      expect(engine.manifestUrl).toBeUndefined();
      expect(player.qualityLevels().length).toBe(0);
      await next(`${origin}/media/dash-base/manifest.mpd`);
      expect(sessions.length).toBe(3);
      expect(errors).toEqual([]);
    });

    it('shows live controls', async () => {
      await start(`${origin}/live/dash/manifest.mpd`);
      expect(player.duration()).toBe(Infinity);
      const tracker = player.getChild('LiveTracker') as unknown as { isLive(): boolean };
      await until(() => tracker.isLive(), 'live');
      expect(sessions[0]?.latencyS()).toBeGreaterThan(1);
      expect(sessions[0]?.latencyS()).toBeLessThan(40);
    });

    it('shows what the origin fails to deliver', async () => {
      player.src({ src: `${origin}/media/dash/none.mpd`, type: DASH });
      await until(() => errors.length > 0, 'an error');
      expect(errors[0]).toMatch(/^2 Shaka 1001/);
    });
  });
}
