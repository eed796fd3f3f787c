import { trackKey } from '../../../../core/index.ts';
import { bufferedAheadS, playbackOf, rateBps, renditionTrack, segmentsOf, timesEndingAt, tracksOf, variantTrack } from '../../../../plugins/bridge/index.ts';

const ranges = (...pairs: [number, number][]): TimeRanges => ({
  length: pairs.length,
  start: (index) => pairs[index]?.[0] ?? NaN,
  end: (index) => pairs[index]?.[1] ?? NaN,
});

const media = (state: Partial<HTMLMediaElement>): HTMLMediaElement =>
  ({ currentTime: 0, buffered: ranges(), played: ranges(), paused: false, playbackRate: 1, readyState: 4, seeking: false, ended: false, ...state }) as HTMLMediaElement;

describe('bridge: tracks', () => {
  it('names a variant by BANDWIDTH, CODECS and RESOLUTION', () => {
    expect(variantTrack({ BANDWIDTH: '1280000', CODECS: 'avc1.4d401f,mp4a.40.2', RESOLUTION: '1280x720' })).toEqual({
      type: 'main', codecs: 'avc1.4d401f,mp4a.40.2', width: 1280, height: 720, bitrateBps: 1280000,
    });
  });

  it('names what comes without a multivariant playlist, and ignores attributes that are not numbers', () => {
    expect(trackKey(variantTrack({}))).toBe(trackKey(variantTrack({ BANDWIDTH: 'NaN', RESOLUTION: 'large' })));
  });

  it('tells renditions of two groups apart though they have one name and language', () => {
    const english = { LANGUAGE: 'en', NAME: 'English' };
    const keys = ['aac-64', 'aac-128'].map((group) => trackKey(renditionTrack('audio', { ...english, 'GROUP-ID': group })));
    expect(keys[0]).not.toBe(keys[1]);
  });
});

describe('bridge: what a multivariant playlist lists', () => {
  const variant = (BANDWIDTH: number, url: string, CODECS = 'avc1.4d401f') => ({ type: 'main' as const, url, attributes: { BANDWIDTH, CODECS } });
  const sound = (group: string, url: string) => ({ type: 'audio' as const, url, attributes: { 'GROUP-ID': group, NAME: 'English' } });
  const names = (...listed: Parameters<typeof tracksOf>[0]) => Object.fromEntries([...tracksOf(listed)].map(([url, track]) => [url, trackKey(track)]));

  it('has one name, whatever the order, for what is listed several times', () => {
    const listed = [variant(900, 'v'), variant(450, 'v'), variant(450, 'v', 'avc1.4d401e'), variant(450, 'w'), sound('hi', 'a'), sound('48', 'a')];
    const found = names(...listed);
    expect(names(...listed.reverse())).toEqual(found);
    expect(found.v).not.toBe(trackKey(variantTrack({ BANDWIDTH: 900, CODECS: 'avc1.4d401f' })));
    expect(found.w).toBe(trackKey(variantTrack({ BANDWIDTH: 450, CODECS: 'avc1.4d401f' })));
  });

  it('names sound that is a variant, too, as sound', () => {
    expect(names(variant(64, 'a'), sound('hi', 'a'))).toEqual(names(sound('hi', 'a')));
  });
});

describe('bridge: segments', () => {
  it('name the same segment alike on another host and with another token', () => {
    const make = segmentsOf(variantTrack({ BANDWIDTH: 1 }));
    const entry = { mediaSequence: 7, discontinuitySequence: 1, startS: 3, durationS: 4 };
    const a = make({ ...entry, url: 'https://a.test/7.ts?token=1' });
    const b = make({ ...entry, startS: 90, url: 'https://b.test/7.ts?token=2' });
    expect(a.key).toBe(b.key);
    expect(make({ ...entry, url: 'https://a.test/7.ts', byteRange: { start: 0, end: 10 } }).key).not.toBe(a.key);
  });
});

describe('bridge: playback', () => {
  it('counts what is buffered across small gaps, and stops at a large one', () => {
    const buffered = ranges([0, 2], [4, 10], [10.08, 14], [15, 20]);
    expect(bufferedAheadS(buffered, 5)).toBe(9);
    expect(bufferedAheadS(buffered, 3)).toBe(0);
    expect(bufferedAheadS(buffered, 3.95)).toBeCloseTo(10.05);
    expect(bufferedAheadS(buffered, 25)).toBe(0);
  });

  it('waits at the start position while there is no element', () => {
    expect(playbackOf(null, { live: true, startS: 30 })).toEqual({
      positionS: 30, bufferedAheadS: 0, rate: 1, waiting: true, live: true, latencyS: undefined,
    });
  });

  it('has a rate of 0 while paused', () => {
    const of = (state: Partial<HTMLMediaElement>) => playbackOf(media({ currentTime: 2, buffered: ranges([0, 10]), ...state }), { live: false });
    expect(of({ paused: true }).rate).toBe(0);
    expect(of({ playbackRate: 2 })).toEqual(jasmine.objectContaining({ positionS: 2, bufferedAheadS: 8, rate: 2, waiting: false }));
  });

  it('waits while seeking or starved with next to nothing to play, but not at the end', () => {
    const of = (state: Partial<HTMLMediaElement>) => playbackOf(media({ currentTime: 2, buffered: ranges([0, 2.2]), ...state }), { live: false });
    expect(of({ seeking: true }).waiting).toBeTrue();
    expect(of({ readyState: 2 }).waiting).toBeTrue();
    expect(of({ readyState: 2, ended: true }).waiting).toBeFalse();
    expect(of({ readyState: 1, buffered: ranges([0, 10]) }).waiting).withContext('for its decoder').toBeFalse();
    expect(of({ seeking: true, buffered: ranges([0, 10]) }).waiting).withContext('within the buffer').toBeFalse();
  });

  it('is at the start position with the first segment there, before the player has sought to it', () => {
    const first = playbackOf(media({ buffered: ranges([36, 40]), readyState: 1 }), { live: true, startS: 37 });
    expect(first).toEqual(jasmine.objectContaining({ positionS: 37, bufferedAheadS: 3, waiting: false }));
    const late = playbackOf(media({ buffered: ranges([0.133, 4.1]), readyState: 1 }), { live: false });
    expect(late).withContext('of a stream that begins a little later').toEqual(jasmine.objectContaining({ positionS: 0, bufferedAheadS: 4.1, waiting: false }));
    const back = playbackOf(media({ buffered: ranges([36, 40]), played: ranges([36, 38]), readyState: 1 }), { live: true, startS: 37 });
    expect(back).withContext('sought back to the beginning').toEqual(jasmine.objectContaining({ positionS: 0, bufferedAheadS: 0, waiting: true }));
  });
});

describe('bridge: truth', () => {
  it('places a transfer so that bytes over time are the rate told', () => {
    const truth = { firstByteMs: 40, transferMs: 500 };
    const times = timesEndingAt(10_000, truth);
    expect(times).toEqual({ startMs: 9460, firstByteMs: 9500, endMs: 10_000 });
    expect((125_000 * 8000) / (times.endMs - times.firstByteMs)).toBe(rateBps(125_000, truth));
    expect(rateBps(125_000, truth)).toBe(2_000_000);
  });
});
