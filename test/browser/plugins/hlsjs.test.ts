import Hls17 from 'hls.js';
import type { HlsConfig } from 'hls.js';
import Hls15 from 'hls.js-1.5';
import { trackKey } from '../../../core/index.ts';
import { bindEngine, createFragmentLoader, withP2P } from '../../../plugins/hlsjs/index.ts';
import type { HlsBinding } from '../../../plugins/hlsjs/index.ts';
import { FakeEngine } from '../../kit/fake-engine.ts';
import { makeVideo, origin, sharedPlaylists, sharedTracks, textUrl, until } from './surroundings.ts';

const VERSIONS: Record<string, typeof Hls17> = { '1.7': Hls17, '1.5': Hls15 as unknown as typeof Hls17 };

/** What hls.js says of these media without an engine, too. */
const saidWithoutEngine = [
  // 1.7, where a loop of the live stream begins anew.
  'bufferAppendNoProgress',
  // Firefox on a busy machine: these media begin at 0.23 s, and hls.js looks before the video has begun to play there.
  'bufferSeekOverHole fragment loaded with buffer holes, seeking from 0 to 0.2',
];

for (const [version, Hls] of Object.entries(VERSIONS)) {
  describe(`hls.js ${Hls.version} (${version}) with an engine`, () => {
    let video: HTMLVideoElement;
    let hls: Hls17;
    let engine: FakeEngine;
    let errors: string[];
    /** Media fragments that hls.js has, by playlist type. */
    let fragments: string[];
    /** Those of them that the engine was not asked for. */
    let past: string[];

    beforeEach(() => {
      video = makeVideo();
      engine = new FakeEngine();
      errors = [];
      fragments = [];
      past = [];
    });
    afterEach(() => {
      hls.destroy();
      video.remove();
    });

    function play(url: string, config: Partial<HlsConfig> = {}): void {
      let binding: HlsBinding | undefined = undefined;
      hls = new Hls({ maxBufferLength: 12, ...config, fLoader: createFragmentLoader(() => binding) });
      binding = bindEngine(hls, engine.asEngine());
      hls.on(Hls.Events.ERROR, (_event, data) => {
        const said = `${data.details} ${data.error?.message}`;
        // A busy Firefox is slow to show what it has, without an engine, too: that is no want of data.
        const isSlowPicture = String(data.details) === 'bufferStalledError' && bufferedAheadS() > 2;
        if (!isSlowPicture && !saidWithoutEngine.some((always) => said.startsWith(always))) errors.push(said);
      });
      hls.on(Hls.Events.FRAG_LOADED, (_event, { frag }) => {
        if (frag.sn === 'initSegment') return;
        fragments.push(`${frag.type} ${frag.sn}`);
        const asked = engine.loads.some(({ segment }) => segment.url === frag.url && segment.key.includes(`/${frag.sn}.`));
        if (!asked) past.push(`${frag.type} ${frag.sn}`);
      });
      hls.loadSource(url);
      hls.attachMedia(video);
      void video.play().catch(() => undefined);
    }
    const bufferedAheadS = (): number => (video.buffered.length > 0 ? video.buffered.end(video.buffered.length - 1) - video.currentTime : 0);
    const played = (seconds = 0.3) => until(() => video.currentTime > seconds, `${seconds} s played (${errors.join()})`);
    const buffered = (seconds: number) =>
      until(() => video.buffered.length > 0 && video.buffered.end(video.buffered.length - 1) >= seconds, `${seconds} s buffered (${errors.join()})`);

    it('plays MPEG-TS: every fragment comes through the engine, named by its variant', async () => {
      play(`${origin}/media/vod/main.m3u8`);
      await Promise.all([played(), buffered(11)]);
      expect(engine.manifestUrl).toBe(`${origin}/media/vod/main.m3u8`);
      expect(past).toEqual([]);
      expect(errors).toEqual([]);
      for (const { track } of engine.lists.values()) {
        expect(track).toEqual(jasmine.objectContaining({ type: 'main', codecs: 'avc1.4d4015,mp4a.40.2' }));
        expect([400_000, 1_000_000, 2_000_000]).toContain(track.bitrateBps!);
      }
    });

    it('takes what is listed several times for one track, named as in all players', async () => {
      play(textUrl(sharedPlaylists), { startLevel: 1 });
      await buffered(11);
      expect(new Set([...engine.lists.values()].map(({ track }) => trackKey(track)))).toEqual(new Set(sharedTracks));
      expect(errors).toEqual([]);
    });

    it('tells ABR the rate of the transfers: 8 Mbit/s, whatever the loopback does', async () => {
      play(`${origin}/media/vod/main.m3u8`, { startLevel: 1 });
      await buffered(11);
      expect(hls.bandwidthEstimate).toBeGreaterThan(2e6);
      expect(hls.bandwidthEstimate).toBeLessThan(9e6);
      expect(errors).toEqual([]);
    });

    it('plays byte ranges of fMP4; the init segment goes to the host', async () => {
      play(`${origin}/media/cmaf/main.m3u8`);
      await Promise.all([played(), buffered(11)]);
      expect(past).toEqual([]);
      for (const { segment } of engine.loads) expect(segment.byteRange?.start).toBeGreaterThan(0);
      expect(errors).toEqual([]);
    });

    it('plays AES-128: what goes through the engine is what the origin serves', async () => {
      const bodies: ArrayBuffer[] = [];
      const { answer } = engine;
      engine.answer = async (segment, options) => {
        const loaded = await answer(segment, options);
        bodies.push(loaded.data.buffer.slice(0));
        return loaded;
      };
      play(`${origin}/media/aes/main.m3u8`);
      await Promise.all([played(), buffered(11)]);
      const served = await (await fetch(engine.loads[0]!.segment.url)).arrayBuffer();
      expect(new Uint8Array(bodies[0]!)).toEqual(new Uint8Array(served));
      expect(engine.loads.some(({ segment }) => segment.url.includes('key'))).toBeFalse();
      expect(errors).toEqual([]);
    });

    it('plays progressively', async () => {
      play(`${origin}/media/vod/main.m3u8`, { progressive: true });
      await Promise.all([played(), buffered(11)]);
      expect(past).toEqual([]);
      expect(errors).toEqual([]);
    });

    it('plays live: the lists slide, playback and latency are told', async () => {
      play(`${origin}/live/vod/main.m3u8`);
      await played();
      // hls.js measures its latency with the first `timeupdate`.
      await until(() => !engine.playback!().waiting && engine.playback!().latencyS !== undefined, 'playing, and its latency');
      expect(past).toEqual([]);
      const playback = engine.playback!();
      expect(playback.live).toBeTrue();
      expect(playback.latencyS).toBeGreaterThan(4);
      expect(playback.latencyS).toBeLessThan(30);
      expect(playback.bufferedAheadS).toBeGreaterThan(0);
      const { segment } = engine.loads[0]!;
      expect(segment.startS + segment.durationS).toBeGreaterThanOrEqual(playback.positionS - 8);
      const known = new Set(engine.segments().map(({ key }) => key));
      await until(() => engine.segments().some(({ key }) => !known.has(key)), 'the window slid');
      expect(errors).toEqual([]);
    });

    it('feeds alternative audio and subtitles as tracks of their own', async () => {
      const list = (body: string) => `#EXTM3U\n#EXT-X-VERSION:3\n#EXT-X-TARGETDURATION:4\n#EXT-X-MEDIA-SEQUENCE:0\n${body}#EXT-X-ENDLIST\n`;
      const media = [0, 1, 2].map((n) => `#EXTINF:4,\n${origin}/media/vod/400k/seg-${n}.ts\n`).join('');
      const cue = textUrl('WEBVTT\n\n00:00.000 --> 00:03.000\nHello\n');
      const main = textUrl(
        '#EXTM3U\n' +
          `#EXT-X-MEDIA:TYPE=AUDIO,GROUP-ID="a",NAME="English",LANGUAGE="en",DEFAULT=YES,URI="${textUrl(list(media))}"\n` +
          `#EXT-X-MEDIA:TYPE=SUBTITLES,GROUP-ID="s",NAME="Deutsch",LANGUAGE="de",DEFAULT=YES,URI="${textUrl(list(`#EXTINF:12,\n${cue}\n`))}"\n` +
          '#EXT-X-STREAM-INF:BANDWIDTH=400000,CODECS="avc1.4d4015,mp4a.40.2",AUDIO="a",SUBTITLES="s"\n' +
          `${textUrl(list(media))}\n`,
      );
      play(main);
      await buffered(11);
      await until(() => fragments.some((fragment) => fragment.startsWith('subtitle')), 'subtitles loaded');
      expect([...engine.lists.values()].map(({ track }) => track)).toEqual(
        jasmine.arrayWithExactContents([
          jasmine.objectContaining({ type: 'main', bitrateBps: 400_000 }),
          jasmine.objectContaining({ type: 'audio', language: 'en', name: 'a/English' }),
          jasmine.objectContaining({ type: 'text', language: 'de', name: 's/Deutsch' }),
        ]),
      );
      expect(past).toEqual([]);
    });

    it('follows a change of source, and lets go when destroyed', async () => {
      play(`${origin}/media/vod/main.m3u8`);
      await played();
      hls.loadSource(`${origin}/media/cmaf/main.m3u8`);
      expect(engine.manifestUrl).toBe(`${origin}/media/cmaf/main.m3u8`);
      await until(() => engine.loads.at(-1)?.segment.byteRange !== undefined, 'the other source');
      hls.destroy();
      expect(engine.manifestUrl).toBeUndefined();
    });

    it('reports what the origin answered', async () => {
      const { OriginError } = await import('../../../core/index.ts');
      engine.answer = (segment) => Promise.reject(new OriginError('status', segment.url, 404, 'Not Found'));
      play(`${origin}/media/vod/main.m3u8`);
      await until(() => errors.length > 0, 'an error');
      expect(errors[0]).toBe('fragLoadError HTTP Error 404 Not Found');
    });

    it('withP2P: the class given, with an engine; off, everything goes to the host', async () => {
      const HlsWithP2P = withP2P(Hls);
      expect(HlsWithP2P.version).toBe(Hls.version);
      expect(() => new HlsWithP2P({ p2p: { nonsense: 1 } as never })).toThrowError(/nonsense/);
      const instance = new HlsWithP2P({ maxBufferLength: 8, p2p: { enabled: false } });
      hls = instance;
      hls.loadSource(`${origin}/media/vod/main.m3u8`);
      hls.attachMedia(video);
      void video.play().catch(() => undefined);
      await played();
      expect(instance.p2p.getStats().httpBytes).toBe(0);
    });
  });
}
