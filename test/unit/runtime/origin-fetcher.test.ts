import { MAX_SEGMENT_BYTES, MIN_PIECE_BYTES } from '../../../core/model/index.ts';
import type { ByteRange, FetchId, Segment } from '../../../core/model/index.ts';
import type { EngineEvent } from '../../../core/engine/index.ts';
import type { HttpHandlers, HttpHead, HttpRequest } from '../../../core/ports/index.ts';
import type { BytesOf } from '../../../core/runtime/loop.ts';
import { OriginFetcher } from '../../../core/runtime/origin-fetcher.ts';
import { keyOf, segmentsFrom } from '../../kit/engine-bench.ts';

const FETCH = 1 as FetchId;

interface Fetching {
  readonly request: HttpRequest;
  readonly handlers: HttpHandlers;
  readonly events: EngineEvent[];
  readonly aborted: () => boolean;
  /** What came with the latest event. */
  readonly bytesOf: BytesOf;
  /** What came of pieces, as `index:length`. */
  readonly pieces: () => string[];
  readonly types: () => string[];
}

/** Asks for a part of a segment, and gives what an origin can be made to answer with. */
function fetchOf({ byteRange, startByte = 0, endByte = Infinity, sizeBytes }: { byteRange?: ByteRange; startByte?: number; endByte?: number; sizeBytes?: number } = {}): Fetching {
  const events: EngineEvent[] = [];
  let latest: BytesOf | undefined;
  const asked: { request: HttpRequest; handlers: HttpHandlers }[] = [];
  let aborted = false;
  const [segment] = segmentsFrom(0, 1, byteRange ? { byteRange } : {});
  const fetcher = new OriginFetcher(
    {
      get: (request, handlers) => {
        asked.push({ request, handlers });
        return { abort: () => (aborted = true) };
      },
    },
    () => ({}),
    () => undefined,
    (event, bytesOf) => {
      events.push(event);
      latest = bytesOf;
    },
    () => undefined,
  );
  fetcher.start({ type: 'fetch', fetch: FETCH, segment: keyOf(0), startByte, endByte, sizeBytes }, segment as Segment);
  const [first] = asked;
  if (!first) throw new RangeError('not asked');
  return {
    ...first,
    events,
    aborted: () => aborted,
    bytesOf: (index) => latest?.(index),
    pieces: () => events.flatMap((event) => (event.type === 'fetchPieces' ? event.lengthsBytes.map((lengthBytes, place) => `${event.firstIndex + place}:${lengthBytes}`) : [])),
    types: () => [...new Set(events.map(({ type }) => type))],
  };
}

function head(of: Partial<HttpHead>): HttpHead {
  return { status: 200, url: 'https://origin.test/0', bodyStart: 0, bodyBytes: undefined, resourceBytes: undefined, ...of };
}

describe('runtime: OriginFetcher', () => {
  it('asks without a range for all of a segment, and cuts what comes', () => {
    const { handlers, pieces, request, types } = fetchOf();
    expect(request.range).toBeUndefined();
    handlers.head(head({ resourceBytes: MIN_PIECE_BYTES + 5 }));
    handlers.bytes(new Uint8Array(10));
    handlers.bytes(new Uint8Array(MIN_PIECE_BYTES - 5));
    handlers.done();
    expect(pieces()).toEqual([`0:${MIN_PIECE_BYTES}`, '1:5']);
    expect(types()).toEqual(['fetchHead', 'fetchPieces', 'fetchDone']);
  });

  it('tells of all pieces of one chunk at once, each with its own bytes', () => {
    const { bytesOf, events, handlers } = fetchOf();
    handlers.head(head({ resourceBytes: 3 * MIN_PIECE_BYTES + 5 }));
    handlers.bytes(new Uint8Array(MIN_PIECE_BYTES + 10).fill(1));
    handlers.bytes(new Uint8Array(2 * MIN_PIECE_BYTES - 5).fill(2));
    const told = events.flatMap((event) => (event.type === 'fetchPieces' ? [event] : []));
    expect(told.map(({ firstIndex, lengthsBytes }) => [firstIndex, lengthsBytes.length])).toEqual([[0, 1], [1, 3]]);
    expect([1, 2, 3].map((index) => bytesOf(index)?.[0])).toEqual([1, 2, 2]);
    expect([0, 4].map((index) => bytesOf(index))).withContext('came with another chunk, or never').toEqual([undefined, undefined]);
  });

  it('waits for the end where the headers state no length', () => {
    const { events, handlers, pieces } = fetchOf();
    handlers.head(head({}));
    handlers.bytes(new Uint8Array(MIN_PIECE_BYTES));
    handlers.bytes(new Uint8Array(7));
    expect(events).toEqual([]);
    handlers.done();
    expect(events[0]).toEqual(jasmine.objectContaining({ type: 'fetchHead', sizeBytes: MIN_PIECE_BYTES + 7 }));
    expect(pieces()).toEqual([`0:${MIN_PIECE_BYTES}`, '1:7']);
  });

  it('asks for the end of a segment with an open range, whatever its answer tells of the whole', () => {
    const { events, handlers, pieces, request } = fetchOf({ startByte: 2 * MIN_PIECE_BYTES, sizeBytes: 3 * MIN_PIECE_BYTES + 9 });
    expect(request.range).toEqual({ start: 2 * MIN_PIECE_BYTES, end: Infinity });
    handlers.head(head({ status: 206, bodyStart: 2 * MIN_PIECE_BYTES }));
    handlers.bytes(new Uint8Array(MIN_PIECE_BYTES + 9));
    handlers.done();
    expect(events[0]).toEqual(jasmine.objectContaining({ sizeBytes: 3 * MIN_PIECE_BYTES + 9, rangeRefused: false }));
    expect(pieces()).toEqual([`2:${MIN_PIECE_BYTES}`, '3:9']);
  });

  it('takes the length that is known where a part’s answer hides it, as across origins', () => {
    const { events, handlers, pieces, types } = fetchOf({ startByte: MIN_PIECE_BYTES, endByte: 2 * MIN_PIECE_BYTES, sizeBytes: 5 * MIN_PIECE_BYTES });
    handlers.head(head({ status: 206, bodyStart: MIN_PIECE_BYTES, bodyBytes: MIN_PIECE_BYTES }));
    handlers.bytes(new Uint8Array(MIN_PIECE_BYTES));
    handlers.done();
    expect(events[0]).toEqual(jasmine.objectContaining({ sizeBytes: 5 * MIN_PIECE_BYTES }));
    expect(pieces()).toEqual([`1:${MIN_PIECE_BYTES}`]);
    expect(types()).toContain('fetchDone');
  });

  it('asks for a byte range within the resource, and for a part of it within that', () => {
    const byteRange = { start: 1_000, end: 1_000 + 3 * MIN_PIECE_BYTES };
    expect(fetchOf({ byteRange }).request.range).toEqual(byteRange);
    const { handlers, pieces, request } = fetchOf({ byteRange, startByte: MIN_PIECE_BYTES, endByte: Infinity });
    expect(request.range).toEqual({ start: 1_000 + MIN_PIECE_BYTES, end: byteRange.end });
    handlers.head(head({ status: 206, bodyStart: 1_000 + MIN_PIECE_BYTES, resourceBytes: 1e9 }));
    handlers.bytes(new Uint8Array(2 * MIN_PIECE_BYTES));
    handlers.done();
    expect(pieces()).toEqual([`1:${MIN_PIECE_BYTES}`, `2:${MIN_PIECE_BYTES}`]);
  });

  it('finds a byte range in a whole resource, and does not wait for what lies behind it', () => {
    const { aborted, events, handlers, pieces, types } = fetchOf({ byteRange: { start: 1_000, end: 1_000 + MIN_PIECE_BYTES + 3 } });
    handlers.head(head({ resourceBytes: 1e9 }));
    expect(events[0]).toEqual(jasmine.objectContaining({ sizeBytes: MIN_PIECE_BYTES + 3, rangeRefused: true }));
    for (let chunk = 0; chunk < 10 && !aborted(); chunk++) handlers.bytes(new Uint8Array(10_000));
    expect(aborted()).toBeTrue();
    expect(pieces()).toEqual([`0:${MIN_PIECE_BYTES}`, '1:3']);
    expect(types()).toEqual(['fetchHead', 'fetchPieces', 'fetchDone']);
    handlers.bytes(new Uint8Array(10_000));
    expect(pieces().length).toBe(2);
  });

  it('does not take for whole what is shorter than the manifest says', () => {
    const { events, handlers } = fetchOf({ byteRange: { start: 0, end: 4 * MIN_PIECE_BYTES } });
    handlers.head(head({ status: 206, bodyBytes: MIN_PIECE_BYTES, resourceBytes: MIN_PIECE_BYTES }));
    handlers.bytes(new Uint8Array(MIN_PIECE_BYTES));
    handlers.done();
    const last = events[events.length - 1];
    expect(last?.type === 'fetchFailed' && last.error.kind).toBe('truncated');
  });

  it('refuses what is empty, or larger than the engine handles', () => {
    for (const resourceBytes of [0, MAX_SEGMENT_BYTES + 1]) {
      const { aborted, handlers, types } = fetchOf();
      handlers.head(head({ resourceBytes }));
      handlers.bytes(new Uint8Array(10));
      handlers.done();
      expect(types()).toEqual(['fetchFailed']);
      expect(aborted()).toBeTrue();
    }
  });
});
