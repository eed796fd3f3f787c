import Hls from 'hls.js';
import Plyr from 'plyr';
import type { AttachedPlyr, AttachPlyrOptions } from '../../../plugins/plyr/index.ts';
import { attachP2PPlyr, createP2PPlyr } from '../../../plugins/plyr/index.ts';
import { surroundings } from '../surroundings.ts';
import { complaints, press } from './accessible.ts';
import { makeVideo, origin, until } from './surroundings.ts';
import { vendor } from './vendor.ts';

const vod = `${origin}/media/vod/400k/playlist.m3u8`;
const adaptive = `${origin}/media/cmaf/main.m3u8`;
const dash = `${origin}/media/dash/manifest.mpd`;
const looks = { muted: true, autoplay: true, ratio: '16:9', storage: { enabled: false }, blankVideo: `${origin}/media/cmaf/400k/media.mp4`, iconUrl: `${origin}/vendor/plyr/dist/plyr.svg` };

const ways: Record<string, (video: HTMLVideoElement, options: AttachPlyrOptions) => AttachedPlyr> = {
  'made here': (video, options) => createP2PPlyr(video, { ...options, plyr: looks }),
  'made by a theme': (video, options) => attachP2PPlyr(new (Plyr as unknown as new (...args: unknown[]) => AttachedPlyr['player'])(video, looks), options),
};

for (const [way, make] of Object.entries(ways)) {
  describe(`Plyr 3.8, ${way}`, () => {
    let made: AttachedPlyr[];

    beforeAll(() => vendor('shaka-player/dist/shaka-player.compiled.js'));
    beforeEach(() => {
      localStorage.removeItem('playswarm:choices');
      made = [];
    });
    afterEach(() => {
      for (const { destroy, player } of made) {
        destroy();
        const { container } = (player as unknown as { elements: { container?: HTMLElement } }).elements ?? {};
        container?.remove();
      }
    });

    function start(source: string, options: AttachPlyrOptions = {}): AttachedPlyr {
      const p2p = { trackers: [surroundings.tracker], rtcConfig: { iceServers: [] }, swarmId: `${way} ${Math.random()}` };
      const attached = make(makeVideo(), { source, Hls, p2p, ...options });
      made.push(attached);
      return attached;
    }
    const plays = ({ player }: AttachedPlyr) => until(() => player.currentTime > 0.3, 'playing');
    const part = (selector: string) => [...document.querySelectorAll<HTMLElement>(`.plyr ${selector}`)].at(-1)!;
    const settings = () => part('[data-plyr="settings"][aria-controls]');
    const entry = () => [...document.querySelectorAll<HTMLElement>('.plyr [role="menuitem"]')].find((item) => item.textContent.startsWith('P2P'))!;

    it('shares HLS with another viewer', async () => {
      const p2p = { trackers: [surroundings.tracker], rtcConfig: { iceServers: [] }, swarmId: `${way} ${Math.random()}` };
      const first = start(vod, { p2p });
      await plays(first);
      await until(() => first.p2p.getStats().httpBytes > 1e6, 'something at the first viewer');
      const second = start(vod, { p2p });
      await plays(second);
      await until(() => second.p2p.getStats().p2pBytes > 5e5, 'bytes from the first viewer');
    }, 40_000);

    it('offers the stream’s qualities in Plyr’s settings', async () => {
      const attached = start(adaptive);
      await plays(attached);
      const items = () => [...document.querySelectorAll<HTMLElement>('.plyr [id$="-quality"] [role="menuitemradio"]')];
      expect(items().map((item) => item.textContent)).toEqual(['Auto', '216p', '144p']);
      expect(items()[0]?.getAttribute('aria-checked')).toBe('true');
      items()[2]?.click();
      await until(() => items()[2]?.getAttribute('aria-checked') === 'true', 'the choice is shown');
      expect(attached.player.quality ?? 144).toBe(144);
    }, 30_000);

    it('leaves the choice to Shaka again', async () => {
      const attached = start(`${origin}/media/tracks/manifest.mpd`, { type: 'application/dash+xml' });
      await plays(attached);
      const video = document.querySelector<HTMLVideoElement>('.plyr video')!;
      const item = (text: string) => [...document.querySelectorAll<HTMLElement>('.plyr [id$="-quality"] [role="menuitemradio"]')].find(({ textContent }) => textContent === text)!;
      // What is buffered in the other quality is shown first.
      attached.player.speed = 4;
      item('108p').click();
      await until(() => video.videoHeight === 108, 'the lowest quality', 20);
      item('Auto').click();
      await until(() => video.videoHeight > 108, 'a higher quality', 20);
    }, 60_000);

    it('plays on with the same engine after `player.source = …`', async () => {
      const attached = start(adaptive);
      await plays(attached);
      for (const [src, type] of [[dash, 'application/dash+xml'], [vod, 'application/x-mpegURL']] as const) {
        const before = attached.p2p.getStats().httpBytes;
        attached.player.source = { type: 'video', sources: [{ src, type }] };
        await plays(attached);
        await until(() => attached.p2p.getStats().httpBytes > before, 'segments through the engine');
        expect(entry()).toBeDefined();
        expect(attached.p2p.explain().code).not.toBe('no-content');
      }
    }, 40_000);

    it('has a menu for keyboards and screen readers', async () => {
      const attached = start(vod);
      await plays(attached);
      const volume = attached.player.volume;
      settings().click();
      entry().focus();
      expect(press('ArrowRight')?.getAttribute('role')).toBe('menuitemcheckbox');
      expect(press('ArrowDown')?.textContent).toBe('Off');
      expect(press('End')?.textContent).toBe('On');
      expect(await complaints(part('[id$="-p2p"]'))).toEqual([]);
      expect(press('ArrowLeft')).toBe(entry());
      press('ArrowRight');
      (document.activeElement as HTMLElement).click();
      expect(attached.p2p.explain().code).toBe('disabled');
      expect(document.activeElement?.getAttribute('aria-checked')).toBe('false');
      expect(press('Escape')).toBe(settings());
      expect(attached.player.volume).toBe(volume);
    }, 30_000);

    it('has a menu that stays open while it is read', async () => {
      const attached = start(vod);
      await plays(attached);
      settings().click();
      entry().click();
      const readFromS = attached.player.currentTime;
      await until(() => attached.player.currentTime > readFromS + 4, 'longer than Plyr shows its controls');
      expect(part('[id$="-p2p"]').offsetParent).not.toBeNull();
    }, 30_000);

    it('leaves nothing behind', async () => {
      const attached = start(vod);
      await plays(attached);
      attached.destroy();
      expect(attached.p2p.explain().code).toBe('destroyed');
      expect(document.querySelector('.plyr [id$="-p2p"]')).toBeNull();
      made = [];
      document.querySelector('.plyr')?.remove();
    }, 30_000);
  });
}

describe('Plyr 3.8 without a settings menu', () => {
  it('has a P2P button of its own', async () => {
    const attached = createP2PPlyr(makeVideo(), { source: vod, Hls, p2p: { enabled: false }, plyr: { ...looks, settings: [] } });
    const button = [...document.querySelectorAll<HTMLElement>('.plyr__controls .plyr__menu > button')].at(-1)!;
    expect(button.getAttribute('aria-label')).toContain('P2P');
    button.click();
    expect(document.activeElement?.getAttribute('role')).toBe('menuitemcheckbox');
    expect(press('Escape')).toBe(button);
    attached.destroy();
    await until(() => attached.p2p.explain().code === 'destroyed', 'the end');
  });
});
