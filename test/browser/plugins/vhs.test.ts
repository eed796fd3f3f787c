import videojs from 'video.js';
import type Player from 'video.js/dist/types/player.js';
import { OriginError, trackKey } from '../../../core/index.ts';
import type { SourceChooser, Tech } from '../../../plugins/videojs/host.ts';
import '../../../plugins/videojs/index.ts';
import type { PlaybackSession } from '../../../plugins/videojs/playback.ts';
import { VhsPlayback } from '../../../plugins/videojs/vhs/playback.ts';
import type { RequestHook, RequestOptions, VhsXhr } from '../../../plugins/vhs/host.ts';
import { FakeEngine, fromOrigin, loadedSegment } from '../../kit/fake-engine.ts';
import { makeVideo, origin, sharedPlaylists, sharedTracks, textUrl, until } from './surroundings.ts';

const HLS = 'application/x-mpegURL';
const DASH = 'application/dash+xml';

interface TechWithVhs extends Tech {
  readonly vhs?: { readonly xhr: VhsXhr; readonly stats: Readonly<Record<string, number>> };
}

/** `programDateTime`: in ms since 1970. */
interface SegmentMetadata {
  readonly uri: string;
  readonly programDateTime: number;
}

const siteXhr = (videojs as unknown as { Vhs: { xhr: VhsXhr } }).Vhs.xhr;

describe('VHS with an engine', () => {
  let player: Player;
  let engine: FakeEngine;
  let session: PlaybackSession | undefined;
  /** Segments that VHS asked for by itself, and what it was told in the end. */
  let byHost: string[];
  let warn: jasmine.Spy;

  beforeEach(() => {
    engine = new FakeEngine();
    session = undefined;
    byHost = [];
    warn = spyOn(videojs.log, 'warn');
    spyOn(videojs.log, 'error');
    const playback = new VhsPlayback();
    const chooser: SourceChooser = {
      canPlay: (source, options) => playback.canPlay(source, options),
      play: (source, tech) => (session = playback.start({
        source, tech, engine: engine.asEngine(),
        player: { qualityLevels: () => undefined, fail: () => undefined },
      })),
    };
    player = videojs(makeVideo(), { html5: { p2p: chooser, vhs: { useNetworkInformationApi: false } }, muted: true, liveui: true });
    const open = XMLHttpRequest.prototype.open;
    spyOn(XMLHttpRequest.prototype, 'open').and.callFake(function (this: XMLHttpRequest, ...request: [string, string]) {
      if (/\.(ts|m4s|mp4|vtt)\b/.test(request[1])) byHost.push(request[1]);
      open.apply(this, request as never);
    });
  });
  afterEach(() => player.dispose());

  const tech = () => player.tech({ IWillNotUseThisInPlugins: true }) as unknown as TechWithVhs;
  const start = (url: string, type = HLS) => {
    player.src({ src: url, type });
    void player.play()?.catch(() => undefined);
  };
  const buffered = (seconds: number) => until(() => player.bufferedEnd() >= seconds, `${seconds} s buffered (${player.error()?.message ?? ''})`);
  const played = () => until(() => player.currentTime()! > 0.3, `playing (${player.error()?.message ?? ''})`);

  it('plays HLS with MPEG-TS: every segment comes through the engine, named as in hls.js', async () => {
    start(`${origin}/media/vod/main.m3u8`);
    await Promise.all([played(), buffered(15)]);
    expect(byHost).toEqual([]);
    expect(engine.manifestUrl).toBe(`${origin}/media/vod/main.m3u8`);
    for (const { segment } of engine.loads) {
      expect(segment.key).toMatch(new RegExp(`/${/seg-(\d+)\.ts$/.exec(segment.url)?.[1]}\\.0$`));
    }
    for (const { track } of engine.lists.values()) {
      expect(track).toEqual(jasmine.objectContaining({ type: 'main', codecs: 'avc1.4d4015,mp4a.40.2' }));
      expect([400_000, 1_000_000, 2_000_000]).toContain(track.bitrateBps!);
    }
    expect(player.error()).toBeNull();
  });

  it('plays byte ranges of fMP4; the init segment goes to the host', async () => {
    start(`${origin}/media/cmaf/main.m3u8`);
    await Promise.all([played(), buffered(11)]);
    expect(new Set(byHost).size).toBeLessThan(3);
    expect(engine.loads.length).toBeGreaterThan(2);
    for (const { segment } of engine.loads) expect(segment.byteRange?.start).toBeGreaterThan(0);
  });

  it('plays AES-128: what goes through the engine is what the origin serves', async () => {
    const bodies = new Map<string, Uint8Array>();
    engine.answer = async (segment, options) => {
      const loaded = await fromOrigin(segment, options);
      bodies.set(segment.url, loaded.data.slice());
      return loaded;
    };
    start(`${origin}/media/aes/main.m3u8`);
    await Promise.all([played(), buffered(11)]);
    const [url, body] = [...bodies][0]!;
    expect(body).toEqual(new Uint8Array(await (await fetch(url)).arrayBuffer()));
  });

  for (const [what, path] of [
    ['SegmentTemplate with SegmentTimeline', '/media/dash/manifest.mpd'],
    ['SegmentTemplate with a duration', '/media/dash/number.mpd'],
    ['SegmentList', '/media/dash/list.mpd'],
    ['SegmentBase with an index', '/media/dash-base/manifest.mpd'],
  ] as const) {
    it(`plays DASH, ${what}`, async () => {
      start(`${origin}${path}`, DASH);
      await Promise.all([played(), buffered(11)]);
      expect(byHost.filter((url) => url.includes('seg-'))).toEqual([]);
      const types = [...engine.lists.values()].map(({ track }) => track.type);
      expect(types).toContain('video');
      expect(types).toContain('audio');
      expect(engine.loads.length).toBeGreaterThan(4);
      expect(engine.loads[0]!.segment.key).toMatch(/\/t\d+/);
    });
  }

  it('plays live: the lists slide, the clock is the player’s', async () => {
    start(`${origin}/live/vod/main.m3u8`);
    await until(() => (engine.playback?.().bufferedAheadS ?? 0) > 4, 'playing');
    expect(byHost).toEqual([]);
    const playback = engine.playback!();
    expect(playback.live).toBeTrue();
    expect(session?.latencyS()).toBeLessThan(40);
    const { segment } = engine.loads.at(-1)!;
    const listed = engine.segments().find(({ key }) => key === segment.key) ?? segment;
    expect(listed.startS).toBeGreaterThanOrEqual(playback.positionS - 8);
    expect(listed.startS).toBeLessThanOrEqual(playback.positionS + playback.bufferedAheadS + 5);
    const known = new Set(engine.segments().map(({ key }) => key));
    await until(() => engine.segments().some(({ key }) => !known.has(key)), 'the window slid');
    for (const { segment: asked } of engine.loads) {
      const number = Number(/seg-(\d+)\.ts$/.exec(asked.url)?.[1]);
      expect(asked.key).toMatch(new RegExp(`/${number}\\.${Math.floor(number / 24)}$`));
    }
  });

  it('plays live DASH', async () => {
    start(`${origin}/live/dash/manifest.mpd`, DASH);
    await until(() => (engine.playback?.().bufferedAheadS ?? 0) > 3, 'playing');
    expect(byHost.filter((url) => url.includes('seg-'))).toEqual([]);
    expect(engine.loads.length).toBeGreaterThan(1);
    for (const { segment } of engine.loads) {
      const [, loop, number] = /\/(\d+)\/seg-[01]-(\d+)\.m4s$/.exec(segment.url) ?? [];
      if (loop) expect(segment.key).toMatch(new RegExp(`/t${(Number(loop) * 24 + (Number(number) - 1) * 4) * 1000}$`));
    }
  });

  it('tells how far behind live it is, as hls.js does: up to a segment less than by the clock', async () => {
    start(`${origin}/live/vod/main.m3u8`);
    await tellsLatency(({ programDateTime }) => programDateTime);
  }, 30_000);

  it('tells how far behind live it is with DASH', async () => {
    const manifest = await (await fetch(`${origin}/live/dash/manifest.mpd`)).text();
    const beganAtMs = Date.parse(/availabilityStartTime="([^"]+)"/.exec(manifest)![1]!);
    // 8 s into each loop of 24 s the oldest Period leaves this manifest. VHS then takes the next one for the one that it
    // plays, and leaves out some seconds: what is played is not what is loaded, and either tells another latency.
    const intoLoopS = () => ((Date.now() - beganAtMs) / 1000) % 24;
    await until(() => intoLoopS() > 8.5 && intoLoopS() < 17, 'Periods that stay', 20);
    start(`${origin}/live/dash/manifest.mpd`, DASH);
    await tellsLatency(({ uri }) => {
      const [, loop, number] = /\/(\d+)\/seg-[01]-(\d+)\.m4s$/.exec(uri)!;
      return beganAtMs + (Number(loop) * 24 + (Number(number) - 1) * 4) * 1000;
    });
  }, 50_000);

  /** @param startedAtMs when what a segment shows happened. */
  async function tellsLatency(startedAtMs: (segment: SegmentMetadata) => number): Promise<void> {
    const differencesS: number[] = [];
    // Long enough for the list to change, and for it to be found unchanged.
    await until(() => {
      const positionS = player.currentTime()!;
      const cue = segmentCues().find(({ startTime, endTime }) => startTime <= positionS && positionS < endTime);
      if (!cue || player.seeking()) return false;
      const byClockS = (Date.now() - startedAtMs(cue.value)) / 1000 - (positionS - cue.startTime);
      differencesS.push(byClockS - session!.latencyS()!);
      return positionS - segmentCues()[0]!.startTime > 9;
    }, 'played for 9 s', 25);
    expect(Math.min(...differencesS)).toBeGreaterThan(-0.3);
    expect(Math.max(...differencesS)).toBeLessThan(4.3);
  }

  /** What VHS itself says of what it has appended (its README, "segment-metadata"). */
  function segmentCues(): readonly (TextTrackCue & { readonly value: SegmentMetadata })[] {
    const track = Array.from(player.textTracks() as unknown as ArrayLike<TextTrack>).find(({ label }) => label === 'segment-metadata');
    return Array.from(track?.cues ?? []) as (TextTrackCue & { value: SegmentMetadata })[];
  }

  it('feeds alternative audio and subtitles as tracks of their own', async () => {
    const list = (body: string) => `#EXTM3U\n#EXT-X-VERSION:3\n#EXT-X-TARGETDURATION:4\n#EXT-X-MEDIA-SEQUENCE:0\n${body}#EXT-X-ENDLIST\n`;
    const media = (quality: string) => textUrl(list([0, 1, 2].map((n) => `#EXTINF:4,\n${origin}/media/vod/${quality}/seg-${n}.ts\n`).join('')));
    const cue = textUrl('WEBVTT\n\n00:00.000 --> 00:11.000\nHello\n');
    start(textUrl(
      '#EXTM3U\n' +
        `#EXT-X-MEDIA:TYPE=AUDIO,GROUP-ID="a",NAME="English",LANGUAGE="en",DEFAULT=YES,URI="${media('400k')}"\n` +
        `#EXT-X-MEDIA:TYPE=SUBTITLES,GROUP-ID="s",NAME="Deutsch",LANGUAGE="de",DEFAULT=NO,URI="${textUrl(list(`#EXTINF:12,\n${cue}\n`))}"\n` +
        `#EXT-X-STREAM-INF:BANDWIDTH=1000000,CODECS="avc1.4d4015,mp4a.40.2",AUDIO="a",SUBTITLES="s"\n${media('1000k')}\n`,
    ));
    await played();
    const subtitles = Array.from(tech().textTracks() as unknown as ArrayLike<TextTrack>).find(({ language }) => language === 'de')!;
    subtitles.mode = 'showing';
    await until(() => engine.lists.size === 3, 'three lists');
    const keys = [...engine.lists.values()].map(({ track }) => trackKey(track));
    expect(keys).toEqual(jasmine.arrayWithExactContents([
      trackKey({ type: 'main', codecs: 'avc1.4d4015,mp4a.40.2', bitrateBps: 1_000_000 }),
      trackKey({ type: 'audio', language: 'en', name: 'a/English' }),
      trackKey({ type: 'text', language: 'de', name: 's/Deutsch' }),
    ]));
    await until(() => engine.loads.some(({ segment }) => segment.url === cue), 'the cues');
  });

  it('takes what is listed several times for one track, named as in all players', async () => {
    start(textUrl(sharedPlaylists));
    await Promise.all([played(), buffered(11)]);
    expect(new Set([...engine.lists.values()].map(({ track }) => trackKey(track)))).toEqual(new Set(sharedTracks));
  });

  it('plays a media playlist without a multivariant one', async () => {
    start(`${origin}/media/vod/1000k/playlist.m3u8`);
    await Promise.all([played(), buffered(7)]);
    expect(byHost).toEqual([]);
    expect([...engine.lists.values()].map(({ track }) => trackKey(track))).toEqual([trackKey({ type: 'main' })]);
  });

  it('tells ABR the rate of the transfers, whatever the loopback does and however long peers took', async () => {
    engine.answer = async (segment) => {
      const bytes = new Uint8Array(await (await fetch(segment.url)).arrayBuffer());
      await new Promise((resolve) => setTimeout(resolve, 500));
      return loadedSegment(bytes, segment.url);
    };
    start(`${origin}/media/vod/main.m3u8`);
    await buffered(11);
    expect(tech().vhs!.stats.bandwidth).toBeGreaterThan(3e6);
    expect(tech().vhs!.stats.bandwidth).toBeLessThan(9e6);
  });

  it('keeps VHS from timing out while the engine waits for peers', async () => {
    forceTimeout(400);
    engine.answer = async (segment) => {
      const bytes = new Uint8Array(await (await fetch(segment.url)).arrayBuffer());
      await new Promise((resolve) => setTimeout(resolve, 300));
      return loadedSegment(bytes, segment.url);
    };
    start(`${origin}/media/vod/main.m3u8`);
    await buffered(7);
    expect(tech().vhs!.stats.mediaRequestsTimedout).toBe(0);
  });

  it('asks the origin itself when peers alone take as long as a timeout', async () => {
    forceTimeout(400);
    engine.answer = () => new Promise(() => undefined);
    start(`${origin}/media/vod/main.m3u8`);
    await buffered(7);
    expect(byHost.length).toBeGreaterThan(0);
    expect(tech().vhs!.stats.mediaRequestsTimedout).toBe(0);
  });

  it('times out as without an engine once the origin was asked', async () => {
    forceTimeout(300);
    engine.answer = (_segment, options) => {
      options.onOriginRequest?.();
      return new Promise(() => undefined);
    };
    start(`${origin}/media/vod/main.m3u8`);
    await until(() => (tech().vhs?.stats.mediaRequestsTimedout ?? 0) > 0, 'a timeout');
  });

  it('leaves a failure of the origin to a real request', async () => {
    engine.answer = (segment) => Promise.reject(new OriginError('status', segment.url, 404, 'Not Found'));
    start(`${origin}/media/vod/main.m3u8`);
    await buffered(7);
    expect(byHost.length).toBeGreaterThan(0);
    expect(warn).not.toHaveBeenCalled();
  });

  it('has the hooks of the site and of the player called, and sends what they say', async () => {
    const sign = (name: string): RequestHook => (options) => {
      if (options.requestType === 'segment') options.uri += `${options.uri.includes('?') ? '&' : '?'}${name}=1`;
      return options;
    };
    const site = sign('site');
    siteXhr.onRequest(site);
    start(`${origin}/media/cmaf/main.m3u8`);
    await until(() => engine.loads.length > 0, 'a segment');
    expect(engine.loads[0]!.options.request!.url).toBe(`${engine.loads[0]!.segment.url}?site=1`);
    expect(engine.loads[0]!.options.request!.headers).toEqual({});
    // As in VHS: with a hook of its own, a player is not under those of the site.
    tech().vhs!.xhr.onRequest(sign('own'));
    const before = engine.loads.length;
    await until(() => engine.loads.length > before, 'another segment');
    expect(engine.loads.at(-1)!.options.request!.url).toBe(`${engine.loads.at(-1)!.segment.url}?own=1`);
    siteXhr.offRequest(site);
  });

  it('gives everything to VHS while the engine has nothing of it, and after a change of source lets go', async () => {
    spyOn(engine, 'has').and.returnValue(false);
    start(`${origin}/media/vod/main.m3u8`);
    await played();
    expect(engine.loads).toEqual([]);
    expect(byHost.length).toBeGreaterThan(0);
    player.src({ src: `${origin}/media/cmaf/400k/media.mp4`, type: 'video/mp4' });
    await until(() => engine.manifestUrl === undefined, 'the engine is let go');
  });

  it('seeks and aborts', async () => {
    start(`${origin}/media/vod/main.m3u8`);
    await played();
    player.currentTime(60);
    await until(() => player.currentTime()! > 60.3, 'playing at 60 s');
    expect(byHost).toEqual([]);
  });

  it('goes on where it seeks while its worker, on a busy machine, is still at the segment before', async () => {
    slowWorkers(40);
    const kept = new Map<string, Uint8Array<ArrayBuffer>>();
    // As from the cache: no network is as fast.
    engine.answer = async (segment, options) => {
      const bytes = kept.get(segment.key) ?? (await fromOrigin(segment, options)).data;
      kept.set(segment.key, bytes.slice());
      return loadedSegment(bytes.slice(), segment.url);
    };
    start(`${origin}/media/tracks/main.m3u8`);
    await played();
    for (const toS of [30, 2, 26, 6, 22]) {
      const before = engine.loads.length;
      player.currentTime(toS);
      await until(() => engine.loads.length > before || player.bufferedEnd() >= 35, 'a request');
      player.currentTime(toS + 1);
      await until(() => !player.seeking() && player.currentTime()! > toS + 1.2, `playing at ${toS} s`);
    }
    // Errors that nobody caught fail the test by themselves.
    expect(player.error()).toBeNull();
  }, 40_000);

  /** @param delayMs how much later than it is said a worker hears of what the page says. */
  function slowWorkers(delayMs: number): void {
    const post = Worker.prototype.postMessage;
    spyOn(Worker.prototype, 'postMessage').and.callFake(function (this: Worker, ...message: unknown[]) {
      setTimeout(() => post.apply(this, message as Parameters<Worker['postMessage']>), delayMs);
    } as never);
  }

  /** VHS's own timeouts are of many seconds. The hook comes before the engine's, which is set with the source. */
  function forceTimeout(timeoutMs: number): void {
    const force: RequestHook = (options: RequestOptions) => {
      if (options.requestType === 'segment') options.timeout = timeoutMs;
      return options;
    };
    player.one('xhr-hooks-ready', () => tech().vhs!.xhr.onRequest(force));
  }
});
