import type { State } from '../../../core/engine/index.ts';
import * as TUNING from '../../../core/engine/tuning.ts';
import { pieceCount, pieceSizeBytes } from '../../../core/model/index.ts';
import type { PeerId } from '../../../core/model/index.ts';
import { EngineBench, keyOf, of, only, peerNamed, SEGMENT_S, segmentsFrom, TRACK } from '../../kit/engine-bench.ts';
import type { Fetching } from '../../kit/engine-bench.ts';

/** 4 s at 2 Mbit/s. */
const SEGMENT_BYTES = 1_000_000;
const BITRATE_BPS = 2e6;
const PIECE_BYTES = pieceSizeBytes(SEGMENT_BYTES);
const PIECES = pieceCount(SEGMENT_BYTES);
const SHORT_MS = 2_000;

interface Given {
  readonly name?: string;
  readonly ownBps?: number;
  readonly slackMs?: number;
  readonly live?: boolean;
  /** Of the swarm. */
  readonly size?: number;
  /** The last that is listed. */
  readonly newest?: number;
  readonly origin?: Partial<State['origin']>;
}

/** So long before segment 5 is due, over a line of 20 Mbit/s, connected to all others. */
function benchOf({ name = 'self', size = 3, newest = 5, ownBps = 2 ** 22, slackMs = SHORT_MS, live = true, origin = {} }: Given = {}): EngineBench {
  const bench = new EngineBench({}, newest + 1);
  bench.state = {
    ...bench.state,
    self: peerNamed(name),
    origin: { ...bench.state.origin, rateBps: 20e6, firstByteMs: 50, ...origin },
    upload: { ...bench.state.upload, rateBps: ownBps, toldBps: ownBps },
    trackRates: new Map([[TRACK, BITRATE_BPS / 8]]),
  };
  bench.swarm(size);
  bench.play(5 * SEGMENT_S - slackMs / 1000, { live });
  return bench;
}

/** A neighbour that can give away so much fetches segment 5, and has these pieces of it so far. */
function fetcherOf(bench: EngineBench, name: string, uploadBps: number, pieces: readonly number[]): PeerId {
  const peer = bench.neighbour(name, { uploadBps });
  bench.intent(peer, 5, 0, uploadBps);
  bench.have(peer, 5, pieces, SEGMENT_BYTES);
  return peer;
}

/** What the viewer asks of the origin within so long once its player asks for segment 5. */
function fetchesWithin(bench: EngineBench, ms: number): readonly Fetching[] {
  const { effects } = bench.demand(5);
  return [...of('fetch', effects), ...of('fetch', bench.pass(ms))];
}

/** By then a share would have been asked for, and all that is missing would not. */
const EARLY_MS = 500;

describe('engine: several that fetch a share each', () => {
  it('does so with less slack than the segment lasts: as much as it gives away at once, of what only one has', () => {
    const bench = benchOf();
    fetcherOf(bench, 'slow', 2 ** 20, [0, 1]);
    bench.have(bench.neighbour('other'), 5, [0, 1], SEGMENT_BYTES);
    const { startByte, endByte } = only(fetchesWithin(bench, EARLY_MS));
    expect(startByte).toBeGreaterThanOrEqual(2 * PIECE_BYTES);
    const pieces = (Math.min(endByte, PIECES * PIECE_BYTES) - startByte) / PIECE_BYTES;
    expect(pieces).toBeGreaterThan(0);
    expect(pieces * PIECE_BYTES * 8_000).toBeLessThan(2 ** 22 * TUNING.shareMs + PIECE_BYTES * 8_000);
  });

  it('takes another share than others', () => {
    const starts = new Set<number>();
    for (let viewer = 0; viewer < 20; viewer++) {
      const bench = benchOf({ name: `viewer ${viewer}` });
      fetcherOf(bench, 'slow', 2 ** 20, [0]);
      starts.add(only(fetchesWithin(bench, EARLY_MS)).startByte);
    }
    expect(starts.size).toBeGreaterThan(8);
  });

  it('does so also where it is no faster than the fetcher', () => {
    const bench = benchOf({ ownBps: 2 ** 21 });
    fetcherOf(bench, 'slow', 2 ** 21, [0]);
    expect(fetchesWithin(bench, EARLY_MS)).toHaveSize(1);
  });

  const LEFT_ALONE: readonly [string, Given, (bench: EngineBench) => void][] = [
    ['with slack of a segment’s duration', { slackMs: SEGMENT_S * 1000, ownBps: 2 ** 21 }, (bench) => fetcherOf(bench, 'slow', 2 ** 21, [0])],
    ['for one that is not the newest, as a newcomer’s second', { newest: 6, ownBps: 2 ** 21 }, (bench) => fetcherOf(bench, 'slow', 2 ** 21, [0])],
    [
      'where the one before has just come',
      { ownBps: 2 ** 21 },
      (bench) => {
        fetcherOf(bench, 'slow', 2 ** 21, [0]);
        bench.answer(only(of('fetch', bench.demand(4).effects)), SEGMENT_BYTES);
        bench.play(5 * SEGMENT_S - SHORT_MS / 1000, { live: true });
      },
    ],
    [
      'where nobody knows how long the segment lasts',
      { ownBps: 2 ** 21 },
      (bench) => {
        bench.step({ type: 'listed', track: TRACK, segments: segmentsFrom(0, 6).map((segment) => ({ ...segment, durationS: NaN })) });
        fetcherOf(bench, 'slow', 2 ** 21, [0]);
      },
    ],
    ['on demand', { live: false }, (bench) => fetcherOf(bench, 'slow', 2 ** 21, [0])],
    ['where the fetcher gives it away at once', {}, (bench) => fetcherOf(bench, 'fast', 2 ** 25, [0])],
    [
      'where those that fetch it give it away at once together',
      {},
      (bench) => {
        for (const name of ['a', 'b', 'c', 'd', 'e', 'f']) fetcherOf(bench, name, 2 ** 22, [0]);
      },
    ],
    [
      'where two have each piece',
      {},
      (bench) => {
        for (const name of ['a', 'b']) bench.have(fetcherOf(bench, name, 2 ** 20, [0]), 5, undefined, SEGMENT_BYTES);
      },
    ],
    ['where it could hardly give it away itself', { ownBps: (BITRATE_BPS * TUNING.leastSharerRatio) / 1.1 }, (bench) => fetcherOf(bench, 'slow', 2 ** 20, [0])],
    ['where the origin refuses Range', { origin: { rangeAllowed: false } }, (bench) => fetcherOf(bench, 'slow', 2 ** 20, [0])],
    ['where nobody is known to fetch it', {}, (bench) => bench.have(bench.neighbour('other'), 5, [0], SEGMENT_BYTES)],
  ];
  for (const [when, given, others] of LEFT_ALONE) {
    it(`does not ${when}`, () => {
      const bench = benchOf(given);
      others(bench);
      expect(fetchesWithin(bench, EARLY_MS)).toEqual([]);
    });
  }

  it('asks for all where it is too late for a share', () => {
    const bench = benchOf({ slackMs: 700 });
    fetcherOf(bench, 'slow', 2 ** 20, [0]);
    const { startByte, endByte } = only(fetchesWithin(bench, 100));
    expect(startByte).toBeLessThanOrEqual(PIECE_BYTES);
    expect(endByte).toBe(Infinity);
  });

  it('does so once, and asks for all that is missing at the last moment', () => {
    const bench = benchOf();
    fetcherOf(bench, 'slow', 2 ** 20, [0]);
    const share = only(fetchesWithin(bench, EARLY_MS));
    bench.answer(share, SEGMENT_BYTES);
    const later = of('fetch', bench.pass(SHORT_MS));
    const takesMs = 50 + ((SEGMENT_BYTES * 8_000) / 20e6) * TUNING.originTimeMargin;
    expect(later.length).toBeGreaterThan(0);
    expect(later[0]?.afterMs ?? 0).toBeGreaterThan((SHORT_MS - EARLY_MS - takesMs) / 4);
    // The share lies in the middle: what comes before and after it is asked for in one request, or in one after the other.
    for (let open: readonly Fetching[] = later; open.length > 0; ) open = open.flatMap((fetching) => of('fetch', bench.answer(fetching, SEGMENT_BYTES)));
    expect(bench.held(5)).toBe(PIECES);
  });
});

describe('engine: the first that hears of a segment with little slack', () => {
  /** @returns after how long it asks the origin, where a neighbour with a far faster uplink knows nothing of it yet. */
  function asksAfterMs(given: Given): number {
    const bench = benchOf(given);
    bench.neighbour('strong', { uploadBps: 2 ** 26 });
    const { effects } = bench.demand(5);
    if (of('fetch', effects).length > 0) return 0;
    return of('fetch', bench.pass(60_000))[0]?.afterMs ?? Infinity;
  }

  it('asks for it in its turn, rather than leave it to a stronger one as with more', () => {
    expect(asksAfterMs({ slackMs: SHORT_MS, size: 2 })).toBeLessThan(TUNING.rankStepMs + 1);
    expect(asksAfterMs({ slackMs: SEGMENT_S * 1000, size: 2 })).toBeGreaterThan(1_000);
  });

  it('waits for less than in an election of which all know, whatever its rank', () => {
    const mostMs = SHORT_MS * TUNING.electionSlackShare;
    expect(asksAfterMs({ slackMs: SHORT_MS, size: 300 })).toBeLessThan(Math.min(TUNING.shortElectionMs, mostMs * 0.6));
    expect(asksAfterMs({ slackMs: SHORT_MS, size: 300, live: false })).toBeGreaterThan(mostMs * 0.9);
  });
});

describe('engine: intents of several fetchers', () => {
  it('count together, those from afar once', () => {
    const bench = benchOf();
    bench.step({ type: 'listed', track: TRACK, segments: segmentsFrom(0, 10) });
    const [a, b] = [bench.neighbour('a'), bench.neighbour('b')];
    bench.intent(a, 5, 2, 2 ** 20);
    bench.intent(b, 5, 0, 2 ** 21);
    bench.intent(a, 5, 3, 2 ** 21);
    expect(bench.state.segments.get(keyOf(5))?.intent?.allBps).toBe(2 ** 20 + 2 ** 21);
    bench.intent(a, 5, 0, 2 ** 19);
    expect(bench.state.segments.get(keyOf(5))?.intent?.allBps).toBe(2 ** 20 + 2 ** 21 + 2 ** 19);
  });
});
