import { isMediaPlaylist, readMediaPlaylist, readMultivariantPlaylist, renditionTrack, variantTrack } from '../../../../plugins/bridge/index.ts';

const BASE = 'https://origin.test/show/main.m3u8?token=1';

describe('bridge: the text of HLS playlists', () => {
  it('of a multivariant playlist gives variants and renditions with what they are named by', () => {
    const text = [
      '#EXTM3U',
      '#EXT-X-MEDIA:TYPE=AUDIO,GROUP-ID="a",NAME="English, main",LANGUAGE="en",URI="audio/en.m3u8"',
      '#EXT-X-MEDIA:TYPE=SUBTITLES,GROUP-ID="s",NAME="Deutsch",LANGUAGE="de",URI="/subs/de.m3u8"',
      '#EXT-X-MEDIA:TYPE=CLOSED-CAPTIONS,GROUP-ID="c",NAME="CC",INSTREAM-ID="CC1"',
      '#EXT-X-MEDIA:TYPE=AUDIO,GROUP-ID="muxed",NAME="English"',
      '#EXT-X-STREAM-INF:BANDWIDTH=1280000,AVERAGE-BANDWIDTH=1000000,CODECS="avc1.4d401f,mp4a.40.2",RESOLUTION=1280x720',
      '# a remark',
      'video/720.m3u8?q=1',
      '#EXT-X-I-FRAME-STREAM-INF:BANDWIDTH=10,URI="iframes.m3u8"',
      '',
    ].join('\r\n');
    expect(isMediaPlaylist(text)).toBeFalse();
    const listed = readMultivariantPlaylist(text, BASE);
    expect(listed.map(({ type, url }) => [type, url])).toEqual([
      ['audio', 'https://origin.test/show/audio/en.m3u8'],
      ['text', 'https://origin.test/subs/de.m3u8'],
      ['main', 'https://origin.test/show/video/720.m3u8?q=1'],
    ]);
    expect(renditionTrack('audio', listed[0]!.attributes)).toEqual({ type: 'audio', language: 'en', name: 'a/English, main' });
    expect(variantTrack(listed[2]!.attributes)).toEqual({
      type: 'main', codecs: 'avc1.4d401f,mp4a.40.2', width: 1280, height: 720, bitrateBps: 1_280_000,
    });
  });

  it('of a media playlist gives sequence numbers, discontinuities and byte ranges', () => {
    const text = [
      '#EXTM3U', '#EXT-X-TARGETDURATION:4', '#EXT-X-MEDIA-SEQUENCE:7', '#EXT-X-DISCONTINUITY-SEQUENCE:2',
      '#EXT-X-DISCONTINUITY', '#EXTINF:4,a title', '#EXT-X-BYTERANGE:100@50', 'a.mp4',
      '#EXTINF:4,', '#EXT-X-BYTERANGE:10', 'a.mp4',
      '#EXT-X-DISCONTINUITY', '#EXTINF:4,', '#EXT-X-BYTERANGE:10', 'b.mp4',
      '#EXTINF:4,', 'https://other.test/c.ts',
    ].join('\n');
    expect(isMediaPlaylist(text)).toBeTrue();
    expect(readMediaPlaylist(text, BASE)).toEqual([
      { mediaSequence: 7, discontinuitySequence: 3, url: 'https://origin.test/show/a.mp4', byteRange: { start: 50, end: 150 } },
      { mediaSequence: 8, discontinuitySequence: 3, url: 'https://origin.test/show/a.mp4', byteRange: { start: 150, end: 160 } },
      { mediaSequence: 9, discontinuitySequence: 4, url: 'https://origin.test/show/b.mp4', byteRange: { start: 0, end: 10 } },
      { mediaSequence: 10, discontinuitySequence: 4, url: 'https://other.test/c.ts', byteRange: undefined },
    ]);
  });

  it('counts what a delta update leaves out, and names nothing when it cannot know', () => {
    const whole = ['#EXTM3U', '#EXT-X-MEDIA-SEQUENCE:1', '#EXTINF:4,', '1.ts', '#EXT-X-DISCONTINUITY', '#EXTINF:4,', '2.ts', '#EXTINF:4,', '3.ts'].join('\n');
    const delta = ['#EXTM3U', '#EXT-X-MEDIA-SEQUENCE:1', '#EXT-X-SKIP:SKIPPED-SEGMENTS=2', '#EXTINF:4,', '3.ts', '#EXTINF:4,', '4.ts'].join('\n');
    const listed = readMediaPlaylist(delta, BASE, readMediaPlaylist(whole, BASE));
    expect(listed.map(({ mediaSequence, discontinuitySequence }) => [mediaSequence, discontinuitySequence])).toEqual([[3, 1], [4, 1]]);
    expect(readMediaPlaylist(delta, BASE)).toEqual([]);
  });
});
