import type shakaTypes from 'shaka-player';
import { OriginError, trackKey } from '../../../core/index.ts';
import { attachP2P, bindShaka } from '../../../plugins/shaka/index.ts';
import { FakeEngine, fromOrigin, loadedSegment } from '../../kit/fake-engine.ts';
import { makeVideo, origin, sharedPlaylists, sharedTracks, textUrl, until } from './surroundings.ts';
import { vendor } from './vendor.ts';

type Shaka = typeof shakaTypes;

const BUILDS = ['shaka-player/dist/shaka-player.compiled.js', 'shaka-player-4/dist/shaka-player.compiled.js'];

for (const build of BUILDS) {
  describe(`Shaka (${build.split('/')[0]}) with an engine`, () => {
    let shaka: Shaka;
    let video: HTMLVideoElement;
    let player: shakaTypes.Player;
    let engine: FakeEngine;
    let release: () => void;
    let errors: string[];
    /** Media segments that Shaka has, by URL and range. */
    let segments: string[];

    beforeAll(async () => {
      await vendor(build);
      shaka = (globalThis as unknown as { shaka: Shaka }).shaka;
    });

    beforeEach(async () => {
      video = makeVideo();
      engine = new FakeEngine();
      errors = [];
      segments = [];
      player = new shaka.Player();
      await player.attach(video);
      player.configure({ streaming: { bufferingGoal: 12 }, abr: { enabled: false } });
      player.addEventListener('error', (event) => errors.push(describeError((event as unknown as { detail: shakaTypes.util.Error }).detail)));
      release = bindShaka(player, shaka, engine.asEngine());
    });

    afterEach(async () => {
      release();
      await player.destroy();
      video.remove();
    });

    const describeError = ({ code, data }: shakaTypes.util.Error) => `${code} ${JSON.stringify(data)}`;

    async function play(path: string, ofPlayer = player): Promise<void> {
      ofPlayer.getNetworkingEngine()!.registerResponseFilter((type, response, context) => {
        if (type !== shaka.net.NetworkingEngine.RequestType.SEGMENT || !context?.segment) return;
        const start = context.segment.getStartByte();
        segments.push(`${response.originalUri}${context.segment.getEndByte() === null ? '' : `@${start}`}`);
      });
      await ofPlayer.load(`${origin}${path}`).catch((error: shakaTypes.util.Error) => errors.push(describeError(error)));
      void video.play().catch(() => undefined);
    }

    const asked = () => engine.loads.map(({ segment }) => `${segment.url}${segment.byteRange ? `@${segment.byteRange.start}` : ''}`);
    const played = (seconds = 0.3) => until(() => video.currentTime > seconds, `${seconds} s played (${errors.join()})`);
    const buffered = (seconds: number) =>
      until(() => video.buffered.length > 0 && video.buffered.end(video.buffered.length - 1) >= seconds, `${seconds} s buffered (${errors.join()})`);

    for (const [what, path] of [
      ['SegmentTemplate with SegmentTimeline', '/media/dash/manifest.mpd'],
      ['SegmentTemplate with a duration', '/media/dash/number.mpd'],
      ['SegmentList', '/media/dash/list.mpd'],
      ['SegmentBase with an index', '/media/dash-base/manifest.mpd'],
    ] as const) {
      it(`plays DASH, ${what}: all media segments come through the engine, init segments and indexes do not`, async () => {
        await play(path);
        await Promise.all([played(), buffered(11)]);
        expect(engine.manifestUrl).toBe(`${origin}${path}`);
        expect(segments.length).toBeGreaterThan(3);
        expect(segments.filter((segment) => !asked().includes(segment))).toEqual([]);
        const tracks = [...engine.lists.values()].map(({ track }) => track.type);
        expect(tracks).toEqual(jasmine.arrayWithExactContents(['video', 'audio']));
        for (const { segments: list } of engine.lists.values()) expect(list.length).toBeGreaterThan(5);
        expect(errors).toEqual([]);
      });
    }

    it('plays HLS with MPEG-TS, by media sequence; what finds out the type of a stream goes to the host', async () => {
      await play('/media/vod/main.m3u8');
      await Promise.all([played(), buffered(11)]);
      expect(engine.loads.length).toBeGreaterThan(1);
      for (const { segment } of engine.loads) {
        const number = /seg-(\d+)\.ts$/.exec(segment.url)?.[1];
        expect(segment.key).toMatch(new RegExp(`/${number}\\.0$`));
      }
      for (const { track } of engine.lists.values()) {
        expect(track).toEqual(jasmine.objectContaining({ type: 'main', codecs: 'avc1.4d4015,mp4a.40.2' }));
        expect([400_000, 1_000_000, 2_000_000]).toContain(track.bitrateBps!);
      }
      expect(errors).toEqual([]);
    });

    it('plays HLS with byte ranges of fMP4', async () => {
      await play('/media/cmaf/main.m3u8');
      await Promise.all([played(), buffered(11)]);
      expect(segments.filter((segment) => !asked().includes(segment))).toEqual([]);
      for (const { segment } of engine.loads) expect(segment.byteRange?.start).toBeGreaterThan(0);
      expect(errors).toEqual([]);
    });

    it('takes what is listed several times for one track, named as in all players', async () => {
      await player.load(textUrl(sharedPlaylists), undefined, 'application/x-mpegurl').catch((error: shakaTypes.util.Error) => errors.push(describeError(error)));
      await buffered(11);
      expect(new Set([...engine.lists.values()].map(({ track }) => trackKey(track)))).toEqual(new Set(sharedTracks));
      expect(errors).toEqual([]);
    });

    it('plays AES-128: what goes through the engine is what the origin serves', async () => {
      const bodies = new Map<string, Uint8Array>();
      engine.answer = async (segment, options) => {
        const loaded = await fromOrigin(segment, options);
        bodies.set(segment.url, loaded.data.slice());
        return loaded;
      };
      await play('/media/aes/main.m3u8');
      await Promise.all([played(), buffered(11)]);
      const [url, body] = [...bodies][0]!;
      expect(body).toEqual(new Uint8Array(await (await fetch(url)).arrayBuffer()));
      expect([...bodies.keys()].some((asked) => asked.includes('key'))).toBeFalse();
      expect(errors).toEqual([]);
    });

    it('plays live HLS: the lists slide, playback is told', async () => {
      await play('/live/vod/main.m3u8');
      await played(1);
      await until(() => !engine.playback!().waiting, 'playing');
      const playback = engine.playback!();
      expect(playback.live).toBeTrue();
      expect(playback.latencyS).toBeLessThan(40);
      const known = new Set(engine.segments().map(({ key }) => key));
      await until(() => engine.segments().some(({ key }) => !known.has(key)), 'the window slid');
      for (const { segment } of engine.loads) {
        const number = Number(/seg-(\d+)\.ts$/.exec(segment.url)?.[1]);
        expect(segment.key).toMatch(new RegExp(`/${number}\\.${Math.floor(number / 24)}$`));
      }
      expect(errors).toEqual([]);
    });

    it('plays live DASH: names do not depend on when a viewer joined', async () => {
      await play('/live/dash/manifest.mpd');
      await played(1);
      const first = new Map(engine.segments().map(({ url, key }) => [url, key]));
      expect(first.size).toBeGreaterThan(4);
      const known = new Set(first.values());
      await until(() => engine.segments().some(({ key }) => !known.has(key)), 'the window slid');

      release();
      engine = new FakeEngine();
      release = bindShaka(player, shaka, engine.asEngine());
      await player.load(`${origin}/live/dash/manifest.mpd`);
      await until(() => engine.loads.length > 1, 'segments');
      const again = engine.segments().filter(({ url }) => first.has(url));
      expect(again.length).toBeGreaterThan(0);
      for (const { url, key } of again) expect(first.get(url)).toBe(key);
      expect(errors).toEqual([]);
    });

    it('tells ABR the rate of the transfers, whatever the loopback does', async () => {
      player.configure({ abr: { enabled: true, useNetworkInformation: false } });
      await play('/media/vod/main.m3u8');
      await buffered(11);
      // 8 Mbit/s after 50 ms to the first byte, of which Shaka knows nothing.
      expect(player.getStats().estimatedBandwidth).toBeGreaterThan(2e6);
      expect(player.getStats().estimatedBandwidth).toBeLessThan(9e6);
    });

    it('does not time out while the engine waits for peers', async () => {
      player.configure({ streaming: { retryParameters: { connectionTimeout: 600, stallTimeout: 500, timeout: 20_000, maxAttempts: 1 } } });
      engine.answer = async (segment) => {
        const response = await fetch(segment.url);
        const bytes = new Uint8Array(await response.arrayBuffer());
        await new Promise((resolve) => setTimeout(resolve, 2000));
        return loadedSegment(bytes, segment.url);
      };
      await play('/media/dash/manifest.mpd');
      await buffered(3);
      expect(errors).toEqual([]);
    });

    it('times out as without an engine once the origin was asked', async () => {
      player.configure({ streaming: { retryParameters: { connectionTimeout: 300, stallTimeout: 300, maxAttempts: 1 }, failureCallback: (_error: unknown) => undefined } });
      engine.answer = (_segment, options) => {
        options.onOriginRequest?.();
        return new Promise(() => undefined);
      };
      await play('/media/dash/manifest.mpd');
      await until(() => errors.length > 0, 'an error');
      expect(errors[0]).toMatch(/^1003 /);
    });

    it('reports what the origin answered', async () => {
      player.configure({ streaming: { retryParameters: { maxAttempts: 1 }, failureCallback: (_error: unknown) => undefined } });
      engine.answer = (segment) => Promise.reject(new OriginError('status', segment.url, 404, 'Not Found'));
      await play('/media/dash/manifest.mpd');
      await until(() => errors.length > 0, 'an error');
      expect(errors[0]).toMatch(/^1001 \[".*",404,/);
    });

    it('hands over what the engine cannot do', async () => {
      engine.answer = () => Promise.reject(new RangeError('no longer listed'));
      await play('/media/dash/manifest.mpd');
      await Promise.all([played(), buffered(11)]);
      expect(errors).toEqual([]);
    });

    it('sends what the page has Shaka send, and not the range', async () => {
      player.getNetworkingEngine()!.registerRequestFilter((_type, request, context) => {
        if (!context?.segment) return;
        request.uris = request.uris.map((uri) => `${uri}?token=1`);
        request.headers['X-Token'] = 'yes';
        request.allowCrossSiteCredentials = true;
      });
      engine.answer = (segment, options) => fromOrigin(segment, { ...options, request: {} });
      await play('/media/cmaf/main.m3u8');
      await until(() => engine.loads.length > 0, 'a segment');
      const { options, segment } = engine.loads[0]!;
      expect(options.request).toEqual({ url: `${segment.url}?token=1`, headers: { 'X-Token': 'yes' }, credentials: 'include' });
    });

    it('leaves other players on the page alone, and leaves Shaka as it was', async () => {
      const other = new shaka.Player();
      const otherVideo = makeVideo();
      await other.attach(otherVideo);
      await other.load(`${origin}/media/dash/manifest.mpd`);
      await until(() => otherVideo.buffered.length > 0, 'the other player');
      expect(engine.loads.length).toBe(0);
      release();
      await play('/media/dash/manifest.mpd');
      await Promise.all([played(), buffered(11)]);
      expect(engine.loads.length).toBe(0);
      expect(engine.manifestUrl).toBeUndefined();
      expect(errors).toEqual([]);
      await other.destroy();
      otherVideo.remove();
    });

    it('leaves a network plugin of the page in charge', async () => {
      const { NetworkingEngine, HttpFetchPlugin } = shaka.net;
      const asPage = jasmine.createSpy('plugin', HttpFetchPlugin.parse).and.callFake(HttpFetchPlugin.parse);
      NetworkingEngine.registerScheme('http', asPage, NetworkingEngine.PluginPriority.APPLICATION, true);
      const warn = spyOn(console, 'warn');
      await play('/media/dash/manifest.mpd');
      await buffered(3);
      expect(asPage.calls.count()).toBeGreaterThan(2);
      expect(engine.loads.length).toBe(0);
      expect(warn.calls.allArgs().flat().join()).toContain('network plugin of its own');
      NetworkingEngine.unregisterScheme('http');
      NetworkingEngine.registerScheme('http', HttpFetchPlugin.parse, NetworkingEngine.PluginPriority.PREFERRED, true);
    });

    it('does not take what another content preloads for its own', async () => {
      await play('/media/dash/manifest.mpd');
      await buffered(3);
      const preload = await player.preload(`${origin}/media/dash-base/manifest.mpd`);
      if (!preload) throw new Error('nothing preloaded');
      await preload.waitForFinish();
      expect(engine.segments().some(({ url }) => url.includes('dash-base'))).toBeFalse();
      await player.load(preload);
      expect(engine.manifestUrl).toBe(`${origin}/media/dash-base/manifest.mpd`);
      void video.play().catch(() => undefined);
      await until(() => engine.loads.some(({ segment }) => segment.url.includes('dash-base')), 'the other content');
    });

    it('attachP2P: the engine goes with the player, and the player goes on without the engine', async () => {
      const p2p = attachP2P(player, shaka, { trackers: ['ws://127.0.0.1:1'] });
      release();
      await play('/media/dash/manifest.mpd');
      await buffered(3);
      expect(p2p.getStats().httpBytes).toBeGreaterThan(0);
      await p2p.destroy();
      await buffered(11);
      expect(errors).toEqual([]);
      const second = attachP2P(player, shaka);
      await player.load(`${origin}/media/dash/manifest.mpd`);
      await player.destroy();
      await until(() => second.explain().code === 'destroyed', 'the engine destroyed');
    });
  });
}
