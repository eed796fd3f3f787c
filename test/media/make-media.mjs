// Makes the streams in this folder with ffmpeg (5 or later): `npm run media [name…]`. One that is too heavy for git is made
// only when it is named, and is put into .cache/.
//
// They must be cheap to decode (many viewers on one machine), heavy enough to move (a P2P engine is what is tested)
// and light to keep in git. So the picture is small and slow, and the bitrate is made up with padding: MPEG-TS null
// packets, and in fMP4 H.264 filler data. Both compress to next to nothing.
import { execFile } from 'node:child_process';
import { appendFile, mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const run = promisify(execFile);
const here = fileURLToPath(new URL('.', import.meta.url));
const work = path.join(here, '../../.cache/media');

const SEGMENT_S = 4;
const FRAMES_PER_S = 15;
const AUDIO_KBPS = 48;

const ALL = [
  { name: '400k', label: '0.4 Mbit/s', width: 256, height: 144, kbps: 400 },
  { name: '1000k', label: '1 Mbit/s', width: 384, height: 216, kbps: 1000 },
  { name: '2000k', label: '2 Mbit/s', width: 512, height: 288, kbps: 2000 },
];

/** What a good line carries: for what the engine costs a page. */
const HEAVY = [{ name: '20000k', label: '20 Mbit/s', width: 512, height: 288, kbps: 20_000 }];

/** Light, for the stream with everything apart. */
const SMALL = [
  { name: '150k', label: '150 kbit/s', width: 192, height: 108, kbps: 200 },
  { name: '400k', label: '400 kbit/s', width: 256, height: 144, kbps: 450 },
];

const LANGUAGES = [
  { code: 'en', name: 'English', rootHz: 220 },
  { code: 'es', name: 'Español', rootHz: 330 },
];

/** To add a stream, add a line; each maker writes one folder. */
const streams = [
  { name: 'vod', seconds: 96, qualities: ALL, make: hlsTs },
  { name: 'aes', seconds: 24, qualities: ALL.slice(0, 1), make: hlsAes },
  { name: 'cmaf', seconds: 24, qualities: ALL.slice(0, 2), make: hlsByteRanges },
  { name: 'dash', seconds: 24, qualities: ALL.slice(0, 2), make: dashTimeline },
  { name: 'dash-base', seconds: 24, qualities: ALL.slice(0, 1), make: dashBase },
  { name: 'tracks', seconds: 36, qualities: SMALL, languages: LANGUAGES, make: cmafTracks },
  { name: 'heavy', seconds: 96, qualities: HEAVY, make: hlsTs, cached: true },
];

const ffmpeg = (...args) => run('ffmpeg', ['-hide_banner', '-loglevel', 'error', '-y', ...args.flat()], { cwd: work });

/** A clock and the quality's name over a slow gradient: what is on screen tells a tester where and what it is. */
function picture({ width, height, label }, seconds) {
  const text = (content, size, x, y) =>
    `drawtext=font=monospace:text='${content}':fontsize=${size}:fontcolor=white:borderw=2:bordercolor=black@0.5:x=${x}:y=${y}`;
  return [
    `gradients=size=${width}x${height}:rate=${FRAMES_PER_S}:duration=${seconds}:speed=0.008:seed=7:c0=0x10324f:c1=0x1f7a7a:c2=0x6a3d7c:c3=0xd97b4f:nb_colors=4`,
    text('%{pts\\:hms}', Math.round(height / 6), '(w-text_w)/2', '(h-text_h)/2'),
    text(label, Math.round(height / 12), Math.round(height / 18), `h-text_h-${Math.round(height / 18)}`),
  ].join(',');
}

/** A soft chord that swells every four seconds, so that a missing segment can be heard. */
const sound = (seconds, rootHz = 220) =>
  `aevalsrc='0.06*(sin(2*PI*${rootHz}*t)+sin(2*PI*${rootHz * 1.26}*t)+sin(2*PI*${rootHz * 1.4983}*t))*(0.6+0.4*sin(2*PI*t/${SEGMENT_S}))':s=44100:d=${seconds}`;

/** Encodes one quality once; the streams repackage it. Closed GOPs of exactly one segment. */
async function encode(quality, seconds, { filler }) {
  const file = path.join(work, `${quality.name}-${seconds}${filler ? '-filler' : ''}.mp4`);
  const videoKbps = quality.kbps - AUDIO_KBPS - 12;
  const rate = filler
    ? [`-b:v`, `${videoKbps}k`, '-minrate', `${videoKbps}k`, '-maxrate', `${videoKbps}k`, '-bufsize', `${videoKbps}k`]
    : ['-crf', '33', '-maxrate', `${Math.round(quality.kbps * 0.5)}k`, '-bufsize', `${quality.kbps}k`];
  const x264 = `keyint=${SEGMENT_S * FRAMES_PER_S}:min-keyint=${SEGMENT_S * FRAMES_PER_S}:scenecut=0:open-gop=0${filler ? ':nal-hrd=cbr:filler=1' : ''}`;
  await ffmpeg(
    ['-f', 'lavfi', '-i', picture(quality, seconds), '-f', 'lavfi', '-i', sound(seconds)],
    ['-c:v', 'libx264', '-profile:v', 'main', '-pix_fmt', 'yuv420p', '-preset', 'medium', '-x264-params', x264, ...rate],
    ['-c:a', 'aac', '-b:a', `${AUDIO_KBPS}k`, '-ac', '1', '-map_metadata', '-1', '-fflags', '+bitexact', '-shortest', file],
  );
  return file;
}

const codecsLine = ({ kbps, width, height }) =>
  `BANDWIDTH=${kbps * 1000},RESOLUTION=${width}x${height},FRAME-RATE=${FRAMES_PER_S},CODECS="avc1.4d4015,mp4a.40.2"`;

async function multivariant(out, qualities, { version }) {
  const lines = qualities.flatMap((quality) => [`#EXT-X-STREAM-INF:${codecsLine(quality)}`, `${quality.name}/playlist.m3u8`]);
  await writeFile(path.join(out, 'main.m3u8'), ['#EXTM3U', `#EXT-X-VERSION:${version}`, '#EXT-X-INDEPENDENT-SEGMENTS', ...lines, ''].join('\n'));
}

const hlsOptions = ['-f', 'hls', '-hls_time', String(SEGMENT_S), '-hls_playlist_type', 'vod', '-hls_flags', '+independent_segments'];

/** MPEG-TS segments, padded to their bitrate with null packets. */
async function hlsTs(out, { qualities, seconds }, extra = []) {
  for (const quality of qualities) {
    const input = await encode(quality, seconds, { filler: false });
    const folder = path.join(out, quality.name);
    await mkdir(folder, { recursive: true });
    await ffmpeg(
      ['-i', input, '-c', 'copy', '-fflags', '+bitexact', ...hlsOptions, ...extra],
      ['-hls_ts_options', `muxrate=${quality.kbps * 1000}`, '-hls_segment_filename', path.join(folder, 'seg-%d.ts'), path.join(folder, 'playlist.m3u8')],
    );
  }
  await multivariant(out, qualities, { version: 3 });
}

/** The same, encrypted. The key is public and worthless: what is tested is that it never travels between peers. */
async function hlsAes(out, stream) {
  await mkdir(out, { recursive: true });
  await writeFile(path.join(out, 'key.bin'), Buffer.from('playswarm-test-k'));
  const keyInfo = path.join(work, 'key-info');
  await writeFile(keyInfo, ['../key.bin', path.join(out, 'key.bin'), '000102030405060708090a0b0c0d0e0f', ''].join('\n'));
  await hlsTs(out, stream, ['-hls_key_info_file', keyInfo]);
}

/** fMP4 in one file per quality, addressed by byte range, with an EXT-X-MAP. */
async function hlsByteRanges(out, { qualities, seconds }) {
  for (const quality of qualities) {
    const input = await encode(quality, seconds, { filler: true });
    const folder = path.join(out, quality.name);
    await mkdir(folder, { recursive: true });
    await ffmpeg(
      ['-i', input, '-c', 'copy', '-fflags', '+bitexact', ...hlsOptions, '-hls_flags', '+single_file+independent_segments'],
      ['-hls_segment_type', 'fmp4', '-hls_segment_filename', path.join(folder, 'media.mp4'), path.join(folder, 'playlist.m3u8')],
    );
  }
  await multivariant(out, qualities, { version: 7 });
}

/** DASH, video and audio apart: SegmentTemplate with a SegmentTimeline, and the same segments by number and by list. */
async function dashTimeline(out, { qualities, seconds }) {
  await mkdir(out, { recursive: true });
  const inputs = await Promise.all(qualities.map((quality) => encode(quality, seconds, { filler: true })));
  await ffmpeg(
    inputs.flatMap((input) => ['-i', input]),
    inputs.flatMap((_, index) => ['-map', `${index}:v`]),
    ['-map', '0:a', '-c', 'copy', '-fflags', '+bitexact', '-f', 'dash', '-seg_duration', String(SEGMENT_S), '-use_template', '1', '-use_timeline', '1'],
    ['-adaptation_sets', 'id=0,streams=v id=1,streams=a', '-init_seg_name', 'init-$RepresentationID$.mp4'],
    ['-media_seg_name', 'seg-$RepresentationID$-$Number$.m4s', path.join(out, 'manifest.mpd')],
  );
  const timeline = await readFile(path.join(out, 'manifest.mpd'), 'utf8');
  await writeFile(path.join(out, 'number.mpd'), readdressed(timeline, () => BY_NUMBER));
  await writeFile(path.join(out, 'list.mpd'), readdressed(timeline, (id) => byList(id, seconds / SEGMENT_S)));
}

/** The MPD with each Representation's SegmentTemplate replaced. */
const readdressed = (mpd, addressing) =>
  mpd.replace(/<Representation id="(\d+)"[\s\S]*?<\/Representation>/g, (representation, id) =>
    representation.replace(/<SegmentTemplate[\s\S]*<\/SegmentTemplate>/, addressing(id)),
  );

const BY_NUMBER =
  `<SegmentTemplate duration="${SEGMENT_S}" initialization="init-$RepresentationID$.mp4" media="seg-$RepresentationID$-$Number$.m4s" startNumber="1" />`;

// Without the few frames of audio that are left over: a list of equal durations has no room for them.
const byList = (id, count) => `<SegmentList duration="${SEGMENT_S}">
					<Initialization sourceURL="init-${id}.mp4" />
${Array.from({ length: count }, (_, index) => `					<SegmentURL media="seg-${id}-${index + 1}.m4s" />`).join('\n')}
				</SegmentList>`;

/** DASH: one file per Representation, SegmentBase with an index (sidx). */
async function dashBase(out, { qualities: [quality], seconds }) {
  await mkdir(out, { recursive: true });
  const input = await encode(quality, seconds, { filler: true });
  const representations = [];
  for (const [stream, type] of [['v', 'video'], ['a', 'audio']]) {
    const file = `${type}.mp4`;
    await ffmpeg(
      ['-i', input, '-map', `0:${stream}`, '-c', 'copy', '-fflags', '+bitexact', '-f', 'mp4'],
      ['-movflags', '+cmaf+global_sidx', '-frag_duration', String(SEGMENT_S * 1_000_000), path.join(out, file)],
    );
    representations.push({ type, file, index: indexRange(await readFile(path.join(out, file))) });
  }
  const { width, height, kbps } = quality;
  const attributes = {
    video: `codecs="avc1.4d400c" bandwidth="${kbps * 1000}" width="${width}" height="${height}"`,
    audio: `codecs="mp4a.40.2" bandwidth="${AUDIO_KBPS * 1000}"`,
  };
  await writeFile(
    path.join(out, 'manifest.mpd'),
    [
      '<?xml version="1.0" encoding="utf-8"?>',
      `<MPD xmlns="urn:mpeg:dash:schema:mpd:2011" profiles="urn:mpeg:dash:profile:isoff-on-demand:2011" type="static" mediaPresentationDuration="PT${seconds}S" minBufferTime="PT4S">`,
      '\t<Period>',
      ...representations.flatMap(({ type, file, index }) => [
        `\t\t<AdaptationSet contentType="${type}" subsegmentAlignment="true">`,
        `\t\t\t<Representation id="${type}" mimeType="${type}/mp4" ${attributes[type]}>`,
        `\t\t\t\t<BaseURL>${file}</BaseURL>`,
        `\t\t\t\t<SegmentBase indexRange="${index.start}-${index.end - 1}"><Initialization range="0-${index.start - 1}" /></SegmentBase>`,
        '\t\t\t</Representation>',
        '\t\t</AdaptationSet>',
      ]),
      '\t</Period>',
      '</MPD>',
      '',
    ].join('\n'),
  );
}

/**
 * CMAF with everything apart: qualities, a sound track and captions in each language. The same files as HLS
 * (`main.m3u8`) and as DASH (`manifest.mpd`); a folder per track.
 */
async function cmafTracks(out, { qualities, languages, seconds }) {
  await mkdir(out, { recursive: true });
  const names = [...qualities, ...languages.map(({ code }) => ({ name: code }))].map(({ name }) => name);
  await Promise.all(names.map((name) => mkdir(path.join(out, name))));
  const videos = await Promise.all(qualities.map((quality) => encode(quality, seconds, { filler: true })));
  // As long as the picture, so that a live loop of it has no gap.
  const sounds = languages.flatMap(({ rootHz }) => ['-f', 'lavfi', '-i', sound(seconds, rootHz)]);
  await ffmpeg(
    videos.flatMap((input) => ['-i', input]), sounds,
    videos.flatMap((_, index) => ['-map', `${index}:v`]),
    languages.flatMap(({ code }, index) => ['-map', `${videos.length + index}:a`, `-metadata:s:a:${index}`, `language=${code}`]),
    ['-c:v', 'copy', '-c:a', 'aac', '-b:a', '32k', '-ac', '1', '-fflags', '+bitexact', '-flags:a', '+bitexact', '-f', 'dash'],
    ['-seg_duration', String(SEGMENT_S), '-use_template', '1', '-use_timeline', '1'],
    ['-adaptation_sets', `id=0,streams=v ${languages.map((_, index) => `id=${index + 1},streams=${videos.length + index}`).join(' ')}`],
    ['-init_seg_name', '$RepresentationID$-init.mp4', '-media_seg_name', '$RepresentationID$-seg-$Number$.m4s', path.join(out, 'manifest.mpd')],
  );
  for (const file of await readdir(out)) {
    const [, index, leaf] = /^(\d+)-(.+)$/.exec(file) ?? [];
    if (leaf) await rename(path.join(out, file), path.join(out, names[index], leaf));
  }
  // What is left over after the last whole segment of sound becomes a part of that: players pair segments by number.
  const last = seconds / SEGMENT_S;
  await Promise.all(languages.map(async ({ code }) => {
    const leftOver = path.join(out, code, `seg-${last + 1}.m4s`);
    await appendFile(path.join(out, code, `seg-${last}.m4s`), await readFile(leftOver));
    await rm(leftOver);
  }));
  const mpd = (await readFile(path.join(out, 'manifest.mpd'), 'utf8'))
    .replace(/<S d="(\d+)" \/>\s*<S d="(\d+)" \/>(?=\s*<\/SegmentTimeline>)/g, (_, whole, leftOver) => `<S d="${Number(whole) + Number(leftOver)}" />`)
    .replace(/<Representation id="(\d+)"/g, (_, index) => `<Representation id="${names[index]}"`)
    .replaceAll('$RepresentationID$-', '$RepresentationID$/');
  await Promise.all([...languages.map((language) => captions(path.join(out, `text-${language.code}`), language, seconds)), ...playlists(out, mpd)]);
  await writeFile(path.join(out, 'manifest.mpd'), mpd.replace('</Period>', `${languages.map(dashCaptions).join('')}</Period>`));
  await writeFile(path.join(out, 'main.m3u8'), tracksMultivariant(qualities, languages));
}

/** A media playlist beside the segments of each Representation. */
const playlists = (out, mpd) =>
  [...mpd.matchAll(/<Representation id="(\w+)"[\s\S]*?<\/Representation>/g)].map(([representation, name]) => {
    const timescale = Number(/timescale="(\d+)"/.exec(representation)[1]);
    const durations = [...representation.matchAll(/<S(?: t="\d+")? d="(\d+)"(?: r="(\d+)")?/g)]
      .flatMap(([, duration, repeats = 0]) => Array(Number(repeats) + 1).fill(Number(duration) / timescale));
    const segments = durations.map((duration, index) => ({ duration, uri: `seg-${index + 1}.m4s` }));
    return writeFile(path.join(out, name, 'playlist.m3u8'), mediaPlaylist(segments, '#EXT-X-MAP:URI="init.mp4"'));
  });

const mediaPlaylist = (segments, ...more) =>
  [
    '#EXTM3U', '#EXT-X-VERSION:7', `#EXT-X-TARGETDURATION:${SEGMENT_S}`, '#EXT-X-MEDIA-SEQUENCE:0', '#EXT-X-PLAYLIST-TYPE:VOD', ...more,
    ...segments.flatMap(({ duration, uri }) => [`#EXTINF:${duration.toFixed(6)},`, uri]), '#EXT-X-ENDLIST', '',
  ].join('\n');

/** WebVTT in segments for HLS, and in one file for DASH. Every cue says which language and second it is. */
async function captions(folder, { name }, seconds) {
  await mkdir(folder, { recursive: true });
  const clock = (s) => `00:00:${String(s).padStart(2, '0')}.000`;
  const starts = Array.from({ length: seconds / SEGMENT_S }, (_, index) => index * SEGMENT_S);
  const cues = starts.map((start) => `${clock(start)} --> ${clock(start + SEGMENT_S)}\n${name} ${start}\n`);
  await Promise.all(cues.map((cue, index) => writeFile(path.join(folder, `seg-${index + 1}.vtt`), `WEBVTT\nX-TIMESTAMP-MAP=LOCAL:00:00:00.000,MPEGTS:0\n\n${cue}`)));
  await writeFile(path.join(folder, 'all.vtt'), `WEBVTT\n\n${cues.join('\n')}`);
  await writeFile(path.join(folder, 'playlist.m3u8'), mediaPlaylist(starts.map((_, index) => ({ duration: SEGMENT_S, uri: `seg-${index + 1}.vtt` }))));
}

const dashCaptions = ({ code }) => `	<AdaptationSet contentType="text" lang="${code}" mimeType="text/vtt">
			<Role schemeIdUri="urn:mpeg:dash:role:2011" value="subtitle" />
			<Representation id="text-${code}" bandwidth="100"><BaseURL>text-${code}/all.vtt</BaseURL></Representation>
		</AdaptationSet>
	`;

function tracksMultivariant(qualities, languages) {
  const media = (type, { code, name }, isDefault, folder) =>
    `#EXT-X-MEDIA:TYPE=${type},GROUP-ID="${type.toLowerCase()}",NAME="${name}",LANGUAGE="${code}",DEFAULT=${isDefault ? 'YES' : 'NO'},AUTOSELECT=YES,URI="${folder}/playlist.m3u8"`;
  return [
    '#EXTM3U', '#EXT-X-VERSION:7', '#EXT-X-INDEPENDENT-SEGMENTS',
    ...languages.map((language, index) => media('AUDIO', language, index === 0, language.code)),
    ...languages.map((language) => media('SUBTITLES', language, false, `text-${language.code}`)),
    ...qualities.flatMap((quality) => [`#EXT-X-STREAM-INF:${codecsLine(quality)},AUDIO="audio",SUBTITLES="subtitles"`, `${quality.name}/playlist.m3u8`]), '',
  ].join('\n');
}

/** Where the `sidx` box of an MP4 file is (ISO/IEC 14496-12, 8.16.3), in bytes. */
function indexRange(file) {
  for (let start = 0; start < file.length; ) {
    const end = start + file.readUInt32BE(start);
    if (file.toString('latin1', start + 4, start + 8) === 'sidx') return { start, end };
    start = end;
  }
  throw new Error('no sidx');
}

async function report(folder) {
  const files = (await readdir(folder, { recursive: true, withFileTypes: true })).filter((entry) => entry.isFile());
  const sizes = await Promise.all(files.map(async (file) => (await readFile(path.join(file.parentPath, file.name))).length));
  const megabytes = sizes.reduce((sum, size) => sum + size, 0) / 1e6;
  console.log(`${path.basename(folder).padEnd(8)} ${String(files.length).padStart(3)} files ${megabytes.toFixed(1).padStart(6)} MB`);
}

const wanted = process.argv.slice(2);
await mkdir(work, { recursive: true });
for (const stream of streams) {
  if (wanted.length > 0 ? !wanted.includes(stream.name) : stream.cached) continue;
  const out = path.join(stream.cached ? path.dirname(work) : here, stream.name);
  await rm(out, { recursive: true, force: true });
  await stream.make(out, stream);
  await report(out);
}
