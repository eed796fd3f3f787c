import { readHead } from '../../../core/adapters/http/read-head.ts';
import type { ByteRange } from '../../../core/model/index.ts';

const URL = 'https://cdn.example/segment.ts';
const RANGE = { start: 1000, end: 2000 };

interface Answer {
  readonly status?: number;
  /** `cors`: from another origin; `basic`: from the page's own. */
  readonly type?: ResponseType;
  readonly headers: Record<string, string>;
}

const read = ({ status = 200, type = 'cors', headers }: Answer, asked?: ByteRange, lengthsMislead = false) =>
  readHead({ status, type, url: URL, headers: new Headers(headers) }, asked, lengthsMislead);

describe('readHead', () => {
  it('believes the length of media from another origin', () => {
    expect(read({ headers: { 'Content-Length': '500', 'Content-Type': 'video/mp2t' } })).toEqual(
      { status: 200, url: URL, bodyStart: 0, bodyBytes: 500, resourceBytes: 500 },
    );
    expect(read({ headers: { 'Content-Length': '500' } })?.bodyBytes).toBe(500);
  });

  it('does not believe a length that may be that of a compressed body', () => {
    const bodyBytes = (answer: Answer, lengthsMislead = false) => read(answer, undefined, lengthsMislead)?.bodyBytes;
    const text = { 'Content-Length': '500', 'Content-Type': 'text/vtt; charset=utf-8' };
    expect(bodyBytes({ headers: text })).toBeUndefined();
    expect(bodyBytes({ headers: text, type: 'basic' })).withContext('own origin: the encoding would be seen').toBe(500);
    expect(bodyBytes({ headers: { ...text, 'Content-Encoding': 'gzip' }, type: 'basic' })).toBeUndefined();
    expect(bodyBytes({ headers: { 'Content-Length': '500' } }, true)).toBeUndefined();
    expect(read({ headers: text }, RANGE)?.bodyBytes).withContext('a range is never compressed').toBe(500);
  });

  it('takes only a whole number for a length', () => {
    for (const length of ['', '-1', '1e3', '500, 500', 'many']) {
      expect(read({ headers: { 'Content-Length': length } })?.bodyBytes).withContext(length).toBeUndefined();
    }
  });

  it('places a range by its Content-Range', () => {
    const given = (contentRange: string) => read({ status: 206, headers: { 'Content-Range': contentRange } }, RANGE);
    expect(given('bytes 1000-1999/5000')).toEqual(
      { status: 206, url: URL, bodyStart: 1000, bodyBytes: 1000, resourceBytes: 5000 },
    );
    expect(given('bytes 1000-1499/1500')?.bodyBytes).withContext('less than asked').toBe(500);
    expect(given('bytes 1000-1999/*')?.resourceBytes).toBeUndefined();
    for (const other of ['bytes 0-999/5000', 'bytes 1000-2000/5000', 'bytes 1000-1999/1500', 'bytes */5000', 'items 1-2/3']) {
      expect(given(other)).withContext(other).toBeUndefined();
    }
  });

  it('takes a range whose Content-Range is hidden to begin where it was asked to, unless it is too long', () => {
    const given = (headers: Record<string, string>, asked: ByteRange = RANGE) => read({ status: 206, headers }, asked);
    expect(given({ 'Content-Length': '1000' })).toEqual(
      { status: 206, url: URL, bodyStart: 1000, bodyBytes: 1000, resourceBytes: undefined },
    );
    expect(given({ 'Content-Length': '4000' }, { start: 1000, end: Infinity })?.resourceBytes).toBe(5000);
    expect(given({ 'Content-Length': '1001' })).toBeUndefined();
    expect(given({ 'Content-Type': 'multipart/byteranges; boundary=x' })).toBeUndefined();
  });
});
