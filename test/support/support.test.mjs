// The instruments are tested before they measure anything.
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { after, beforeEach, test } from 'node:test';
import { WebSocket } from 'ws';
import { MEDIA, Origin } from './origin.mjs';
import { Tracker } from './tracker.mjs';

const SEGMENT = '/media/vod/400k/seg-0.ts';
const file = await readFile(`${MEDIA}/vod/400k/seg-0.ts`);
const origin = await new Origin().listen();
const get = (path, init) => fetch(origin.url + path, init);
const bytesOf = async (response) => Buffer.from(await response.arrayBuffer());

beforeEach(() => {
  origin.faults.clear();
  origin.ledger.reset();
});
after(() => origin.close());

test('a file arrives whole, and is accounted for', async () => {
  assert.deepEqual(await bytesOf(await get(SEGMENT)), file);
  assert.deepEqual(origin.ledger.entries()[SEGMENT], { requests: 1, bytes: file.length, size: file.length, ranges: 0 });
  await bytesOf(await get(SEGMENT));
  assert.equal(origin.ledger.copies().copies, 2);
});

test('ranges', async () => {
  const ask = (range) => get(SEGMENT, { headers: { range } });
  const middle = await ask('bytes=10-19');
  assert.equal(middle.status, 206);
  assert.equal(middle.headers.get('content-range'), `bytes 10-19/${file.length}`);
  assert.deepEqual(await bytesOf(middle), file.subarray(10, 20));
  assert.deepEqual(await bytesOf(await ask('bytes=-5')), file.subarray(-5));
  assert.deepEqual(await bytesOf(await ask(`bytes=${file.length - 3}-`)), file.subarray(-3));
  const beyond = await ask(`bytes=${file.length}-`);
  assert.equal(beyond.status, 416);
  assert.equal(beyond.headers.get('content-range'), `bytes */${file.length}`);
});

test('nothing outside its folders is served', async () => {
  for (const path of ['/etc/passwd', '/media/%2e%2e/%2e%2e/package.json', '/media/..%2f..%2fpackage.json', '/media/nothing.ts']) {
    assert.equal((await get(path)).status, 404, path);
  }
});

test('faults strike where they are told to, as often as they are told to', async () => {
  origin.faults.add(/seg-0/, { status: 500, times: 1 });
  assert.equal((await get(SEGMENT)).status, 500);
  assert.equal((await get(SEGMENT)).status, 200);
  const undo = origin.faults.add('seg-0', { ignoreRange: true });
  assert.equal((await get(SEGMENT, { headers: { range: 'bytes=0-1' } })).status, 200);
  undo();
  origin.faults.add('seg-0', { noCors: true });
  assert.equal((await get(SEGMENT)).headers.get('access-control-allow-origin'), null);
});

test('a body cut short', async () => {
  origin.faults.add('seg-0', { cutAfter: 1000 });
  const response = await get(SEGMENT);
  assert.equal(Number(response.headers.get('content-length')), file.length);
  await assert.rejects(bytesOf(response));
  assert.equal(origin.ledger.entries()[SEGMENT].bytes, 1000);
});

test('an origin that never answers, until the client gives up', async () => {
  origin.faults.add('seg-0', { hang: true });
  await assert.rejects(get(SEGMENT, { signal: AbortSignal.timeout(100) }));
});

test('a preflight can be refused without touching the rest', async () => {
  origin.faults.add('seg-0', { refusePreflight: true, method: 'OPTIONS' });
  assert.equal((await get(SEGMENT, { method: 'OPTIONS' })).headers.get('access-control-allow-headers'), null);
  assert.equal((await get(SEGMENT)).status, 200);
});

test('the total rate is shared by all connections', async () => {
  const limited = await new Origin({ totalBitsPerSecond: 8e6 }).listen();
  const start = performance.now();
  await Promise.all([0, 1].map(async () => bytesOf(await fetch(limited.url + SEGMENT))));
  const bitsPerSecond = (2 * file.length * 8000) / (performance.now() - start);
  await limited.close();
  assert.ok(bitsPerSecond > 4e6 && bitsPerSecond < 8.8e6, `${bitsPerSecond}`);
});

test('the total rate is that of media: pages and scripts do not share it', async () => {
  const limited = await new Origin({ totalBitsPerSecond: 80e3, mounts: { '/scripts/': MEDIA } }).listen();
  const segment = fetch(limited.url + SEGMENT).then(bytesOf).then(() => 'segment', () => 'aborted');
  const script = fetch(limited.url + SEGMENT.replace('/media/', '/scripts/')).then(bytesOf).then(() => 'script');
  assert.equal(await Promise.race([segment, script]), 'script');
  await limited.close();
  assert.equal(await segment, 'aborted');
});

test('live: a sliding window, whose every segment is there, and none of the next', async () => {
  const text = await (await get('/live/vod/400k/playlist.m3u8')).text();
  const uris = text.match(/^seg-\d+\.ts$/gm);
  assert.equal(uris.length, 6);
  assert.equal(Number(/MEDIA-SEQUENCE:(\d+)/.exec(text)[1]), Number(uris[0].match(/\d+/)[0]));
  for (const uri of uris) assert.equal((await get(`/live/vod/400k/${uri}`)).status, 200, uri);
  const next = Number(uris.at(-1).match(/\d+/)[0]) + 5;
  assert.equal((await get(`/live/vod/400k/seg-${next}.ts`)).status, 404);
  assert.equal((await get('/live-w3/vod/400k/playlist.m3u8').then((r) => r.text())).match(/^seg-/gm).length, 3);
});

test('live: the loop is a discontinuity, counted once it has left the window', async () => {
  const playlistAt = async (ageSeconds) => {
    const aged = await new Origin({ liveAgeSeconds: ageSeconds }).listen();
    const text = await (await fetch(`${aged.url}/live/vod/400k/playlist.m3u8`)).text();
    await aged.close();
    return { inside: /#EXT-X-DISCONTINUITY\n/.test(text), sequence: Number(/DISCONTINUITY-SEQUENCE:(\d+)/.exec(text)[1]), text };
  };
  const [before, across, beyond] = [await playlistAt(90), await playlistAt(106), await playlistAt(130)];
  assert.deepEqual([before.inside, before.sequence], [false, 0]);
  assert.deepEqual([across.inside, across.sequence], [true, 0]);
  assert.deepEqual([beyond.inside, beyond.sequence], [false, 1]);
});

test('the tracker dies abruptly and comes back at the same address', async () => {
  const tracker = await new Tracker().start();
  const url = tracker.url;
  const client = new WebSocket(url);
  await once(client, 'open');
  const closed = once(client, 'close');
  await tracker.kill();
  await closed;
  await assert.rejects(once(new WebSocket(url), 'open'));
  await tracker.start();
  assert.equal(tracker.url, url);
  const again = new WebSocket(url);
  await once(again, 'open');
  again.close();
  await tracker.kill();
});

test('a tracker whose port is taken says so, and nothing else breaks', async () => {
  const first = await new Tracker().start();
  await assert.rejects(new Tracker({ port: first.port }).start(), { code: 'EADDRINUSE' });
  await first.kill();
});
