import type { OriginError } from '../../core/model/index.ts';
import type { Http, HttpHead, HttpRequest } from '../../core/ports/index.ts';
import { eachSubject, TEST_TIMEOUT_MS, type MakeSubject, type Subject } from './passage.ts';

export interface HttpSubject extends Subject {
  readonly http: Http;
  /** The content of `whole` and `ignoringRange`: at least 100,000 bytes, so that it comes in chunks. */
  readonly body: Uint8Array;
  readonly urls: {
    /** Answers 200, or 206 to a range, and states its length. */
    readonly whole: string;
    /** Answers 200 with all of it, whatever the range. */
    readonly ignoringRange: string;
    /** Answers 404. */
    readonly missing: string;
    /** States the length of `body` and ends earlier; or breaks off. */
    readonly truncated: string;
    /** Sends head and some bytes, then nothing more. */
    readonly stalling: string;
    /** Cannot be connected to. */
    readonly unreachable: string;
  };
}

export function describeHttpContract(name: string, makeSubject: MakeSubject<HttpSubject>): void {
  describe(`Http: ${name}`, () => {
    const subject = eachSubject(makeSubject);

    const settledGet = async (url: string, range?: HttpRequest['range']): Promise<Recording> => {
      const { http, passage } = subject();
      const recording = record(http, url, range);
      await passage.until(`an end of ${url}`, () => recording.ends.length > 0);
      await passage.pass(50);
      expect(recording.ends.length).withContext('settles once').toBe(1);
      return recording;
    };

    it('gets a resource: head first, then the bytes in order, then done', async () => {
      const { body, urls } = subject();
      const recording = await settledGet(urls.whole);
      expect(recording.ends).toEqual(['done']);
      expect(recording.heads).toEqual([
        { status: 200, url: urls.whole, bodyStart: 0, bodyBytes: body.length, resourceBytes: body.length },
      ]);
      expect(recording.bytesBeforeHead).toBe(0);
      expectSameBytes(recording.body(), body);
    }, TEST_TIMEOUT_MS);

    it('gets a range', async () => {
      const { body, urls } = subject();
      const recording = await settledGet(urls.whole, { start: 1000, end: 51_000 });
      expect(recording.ends).toEqual(['done']);
      expect(recording.heads).toEqual([
        { status: 206, url: urls.whole, bodyStart: 1000, bodyBytes: 50_000, resourceBytes: body.length },
      ]);
      expectSameBytes(recording.body(), body.subarray(1000, 51_000));
    }, TEST_TIMEOUT_MS);

    it('gets the rest of a resource by an open range', async () => {
      const { body, urls } = subject();
      const recording = await settledGet(urls.whole, { start: 40_000, end: Infinity });
      expect(recording.heads.map((head) => [head.status, head.bodyStart])).toEqual([[206, 40_000]]);
      expectSameBytes(recording.body(), body.subarray(40_000));
    }, TEST_TIMEOUT_MS);

    it('tells of a 200 to a range by a body that starts at 0', async () => {
      const { body, urls } = subject();
      const recording = await settledGet(urls.ignoringRange, { start: 1000, end: 2000 });
      expect(recording.heads.map((head) => [head.status, head.bodyStart])).toEqual([[200, 0]]);
      expectSameBytes(recording.body(), body);
    }, TEST_TIMEOUT_MS);

    it('fails with the status, and no head, when it is not 2xx', async () => {
      const { urls } = subject();
      const recording = await settledGet(urls.missing);
      expect(recording.heads).toEqual([]);
      expect(recording.errors.map((error) => [error.kind, error.status, error.url])).toEqual([['status', 404, urls.missing]]);
    }, TEST_TIMEOUT_MS);

    it('fails when the body is shorter than stated', async () => {
      const recording = await settledGet(subject().urls.truncated);
      expect(recording.heads.length).toBe(1);
      // Browsers report a broken-off body as a network failure, and not in time to be told apart.
      expect(['truncated', 'network']).toContain(recording.errors[0]?.kind ?? 'none');
    }, TEST_TIMEOUT_MS);

    it('fails when there is no connection', async () => {
      const recording = await settledGet(subject().urls.unreachable);
      expect(recording.errors.map((error) => [error.kind, error.status])).toEqual([['network', 0]]);
    }, TEST_TIMEOUT_MS);

    it('is silent after an abort, before the head and in the middle of the body', async () => {
      const { http, passage, urls } = subject();
      const early = record(http, urls.whole);
      early.abort();
      const late = record(http, urls.stalling);
      await passage.until('some bytes', () => late.body().length > 0);
      late.abort();
      late.abort();
      const arrivedBytes = late.body().length;
      await passage.pass(300);
      expect([early.heads.length, early.body().length, early.ends]).toEqual([0, 0, []]);
      expect([late.body().length, late.ends]).toEqual([arrivedBytes, []]);
    }, TEST_TIMEOUT_MS);

    it('runs several requests at once', async () => {
      const { body, http, passage, urls } = subject();
      const recordings = [0, 1, 2].map((part) => record(http, urls.whole, { start: part * 10_000, end: (part + 1) * 10_000 }));
      await passage.until('three ends', () => recordings.every((recording) => recording.ends.length > 0));
      recordings.forEach((recording, part) => expectSameBytes(recording.body(), body.subarray(part * 10_000, (part + 1) * 10_000)));
    }, TEST_TIMEOUT_MS);
  });
}

interface Recording {
  readonly heads: HttpHead[];
  readonly errors: OriginError[];
  readonly ends: ('done' | 'failed')[];
  readonly bytesBeforeHead: number;
  body(): Uint8Array;
  abort(): void;
}

function record(http: Http, url: string, range?: HttpRequest['range']): Recording {
  const heads: HttpHead[] = [];
  const errors: OriginError[] = [];
  const ends: ('done' | 'failed')[] = [];
  const chunks: Uint8Array[] = [];
  let bytesBeforeHead = 0;
  const { abort } = http.get(
    { url, range, headers: {}, credentials: 'omit' },
    {
      head: (head) => heads.push(head),
      bytes: (chunk) => {
        if (heads.length === 0) bytesBeforeHead += chunk.length;
        chunks.push(chunk);
      },
      done: () => ends.push('done'),
      failed: (error) => {
        errors.push(error);
        ends.push('failed');
      },
    },
  );
  return {
    heads,
    errors,
    ends,
    get bytesBeforeHead() {
      return bytesBeforeHead;
    },
    body: () => concatenated(chunks),
    abort,
  };
}

function concatenated(chunks: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(chunks.reduce((sum, chunk) => sum + chunk.length, 0));
  let offset = 0;
  for (const chunk of chunks) {
    whole.set(chunk, offset);
    offset += chunk.length;
  }
  return whole;
}

/** `toEqual` on 100,000 bytes takes a second and prints them all. */
function expectSameBytes(actual: Uint8Array, expected: Uint8Array): void {
  expect(actual.length).toBe(expected.length);
  expect(actual.findIndex((byte, index) => byte !== expected[index])).withContext('first difference').toBe(-1);
}
