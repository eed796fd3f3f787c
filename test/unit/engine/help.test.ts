import { Draft } from '../../../core/engine/draft.ts';
import type { State } from '../../../core/engine/index.ts';
import { electionPlace } from '../../../core/engine/election.ts';
import * as TUNING from '../../../core/engine/tuning.ts';
import { EngineBench, keyOf, of, only, SEGMENT_BYTES, SEGMENT_S, segmentsFrom, told, TRACK } from '../../kit/engine-bench.ts';

const ORIGIN_BPS = 10e6;
/** What the origin is taken to need for a segment. */
const ORIGIN_MS = (100 + (SEGMENT_BYTES * 8000) / ORIGIN_BPS) * 1.5 + 400;

/** So long before segment 5 is due, with an origin that has been measured; this viewer can give away so much. */
function benchOf(ownBps: number, { slackMs = 8_000, live = true } = {}): EngineBench {
  const bench = new EngineBench();
  bench.state = {
    ...bench.state,
    origin: { ...bench.state.origin, rateBps: ORIGIN_BPS, firstByteMs: 100 },
    upload: { ...bench.state.upload, rateBps: ownBps, toldBps: ownBps },
    trackRates: new Map([[TRACK, SEGMENT_BYTES / SEGMENT_S]]),
  };
  bench.swarm(2);
  bench.play(5 * SEGMENT_S - slackMs / 1000, { live });
  return bench;
}

/** Live, 8 s before segment 5 is due; somebody fetches it who can give away so much, and this viewer so much. */
function benchBesideFetcher(fetcherBps: number, ownBps: number): EngineBench {
  const bench = benchOf(ownBps);
  bench.intent(bench.neighbour('fetcher', { uploadBps: fetcherBps }), 5, 0, fetcherBps);
  return bench;
}

/** 0: it does so already. */
function fetchesAfterMs(bench: EngineBench): number | undefined {
  if (bench.state.segments.get(keyOf(5))?.fetch) return 0;
  return of('fetch', bench.pass(60_000))[0]?.afterMs;
}

describe('engine: helping a slow fetcher', () => {
  it('begins so early that what only the fetcher has would be late otherwise', () => {
    const fetcherBps = 2 ** 19;
    const bench = benchBesideFetcher(fetcherBps, 2 ** 24);
    bench.have([...bench.state.neighbours.keys()][0] ?? only([]), 5);
    bench.demand(5);
    const giveAwayMs = (SEGMENT_BYTES * 8000) / fetcherBps;
    const dueMs = 8_000 - ORIGIN_MS - giveAwayMs - TUNING.spreadMs;
    const afterMs = fetchesAfterMs(bench) ?? Infinity;
    expect(afterMs).toBeGreaterThan(dueMs - 300);
    expect(afterMs).toBeLessThan(dueMs + 8_000 * TUNING.electionSlackShare);
  });

  it('is not for viewers that are hardly faster themselves', () => {
    const bench = benchBesideFetcher(2 ** 19, 2 ** 19 * (TUNING.helperUploadRatio - 0.1));
    bench.have([...bench.state.neighbours.keys()][0] ?? only([]), 5);
    bench.demand(5);
    expect(fetchesAfterMs(bench)).toBeCloseTo(8_000 - ORIGIN_MS, 0);
  });

  it('is not for viewers to whom the origin sends it no faster: that would make it slower for both', () => {
    const bench = benchBesideFetcher(2 ** 19, 2 ** 24);
    const rateBps = 2 ** 19 * (TUNING.helperUploadRatio - 0.1);
    bench.state = { ...bench.state, origin: { ...bench.state.origin, rateBps } };
    bench.have([...bench.state.neighbours.keys()][0] ?? only([]), 5);
    bench.demand(5);
    const originMs = (100 + (SEGMENT_BYTES * 8000) / rateBps) * 1.5 + 400;
    expect(fetchesAfterMs(bench)).toBeGreaterThan(8_000 - originMs - 1);
  });

  it('comes late, or never, where the fetcher is fast', () => {
    const bench = benchBesideFetcher(2 ** 24, 2 ** 26);
    bench.have([...bench.state.neighbours.keys()][0] ?? only([]), 5);
    bench.demand(5);
    expect(fetchesAfterMs(bench)).toBeGreaterThan(8_000 - ORIGIN_MS - TUNING.spreadMs - 100);
  });

  it('is not needed where two have each piece', () => {
    const bench = benchBesideFetcher(2 ** 19, 2 ** 24);
    for (const peer of [...bench.state.neighbours.keys(), bench.neighbour('other')]) bench.have(peer, 5);
    bench.demand(5);
    expect(fetchesAfterMs(bench)).toBeCloseTo(8_000 - ORIGIN_MS, 0);
  });
});

describe('engine: where a large swarm waits for the same fetcher', () => {
  /** One of 1,000 viewers that is not the first in rank; its only neighbour has heard of the fetcher. */
  function benchBehind(fetcherBps: number): { bench: EngineBench; place: number } {
    // The faster the neighbour, the faster the others are taken to be, and the more of them come first.
    for (let uploadBps = 2 ** 17; uploadBps <= 2 ** 24; uploadBps *= 1.5) {
      const bench = benchOf(2 ** 24);
      bench.swarm(1_000);
      bench.intent(bench.neighbour('a', { uploadBps }), 5, 1, fetcherBps);
      const place = electionPlace(new Draft(bench.state, bench.nowMs), keyOf(5));
      if (place > 1 && place < 4) return { bench, place };
    }
    throw new RangeError('all of them come first, or last');
  }

  it('who helps it waits for an intent of those before it to come round', () => {
    const { bench, place } = benchBehind(2 ** 19);
    bench.demand(5);
    const dueMs = 8_000 - ORIGIN_MS - (SEGMENT_BYTES * 8000) / 2 ** 19 - TUNING.spreadMs;
    const afterMs = fetchesAfterMs(bench) ?? Infinity;
    expect(afterMs).toBeGreaterThan(Math.min(dueMs, 8_000 * TUNING.takeoverSlackShare) + place * TUNING.rankStepMs * 2);
    expect(afterMs).toBeLessThan(8_000 - ORIGIN_MS);
  });

  it('who takes over from it does so, too', () => {
    const { bench, place } = benchBehind(2 ** 24);
    bench.demand(5);
    const afterMs = fetchesAfterMs(bench) ?? Infinity;
    expect(afterMs).toBeGreaterThan(8_000 * TUNING.takeoverSlackShare + place * TUNING.rankStepMs * 2);
    expect(afterMs).toBeLessThan(8_000 - ORIGIN_MS);
  });
});

describe('engine: one that would be a slow fetcher', () => {
  const SLOW_BPS = 2 ** 14;

  /** A neighbour that could give away so much fetches nothing yet; the player asks for segment 5. */
  function benchBeside(otherBps: number, ownBps: number, when?: Parameters<typeof benchOf>[1]): EngineBench {
    const bench = benchOf(ownBps, when);
    bench.neighbour('other', { uploadBps: otherBps });
    bench.demand(5);
    return bench;
  }

  it('leaves it to a faster neighbour until that one’s list names the segment, too', () => {
    const afterMs = fetchesAfterMs(benchBeside(2 ** 24, SLOW_BPS, { slackMs: 12_000 })) ?? Infinity;
    expect(afterMs).toBeGreaterThanOrEqual(SEGMENT_S * 1000);
    expect(afterMs).toBeLessThan(SEGMENT_S * 1000 + 12_000 * TUNING.electionSlackShare);
  });

  it('pays half its slack for that at most', () => {
    const afterMs = fetchesAfterMs(benchBeside(2 ** 24, SLOW_BPS, { slackMs: 5_000 })) ?? Infinity;
    expect(afterMs).toBeGreaterThanOrEqual(5_000 * TUNING.strongerSlackShare);
    // Its place in the election comes on top.
    expect(afterMs).toBeLessThan(5_000 * TUNING.strongerSlackShare + TUNING.rankStepMs + 1);
  });

  it('waits for less where it would be less slow', () => {
    const ownBps = 2 ** 17;
    const giveAwayMs = (SEGMENT_BYTES * 8000) / ownBps;
    const afterMs = fetchesAfterMs(benchBeside(2 ** 24, ownBps, { slackMs: 12_000 })) ?? Infinity;
    expect(afterMs).toBeGreaterThanOrEqual(giveAwayMs);
    expect(afterMs).toBeLessThan(giveAwayMs + TUNING.rankStepMs + 1);
  });

  it('goes by what it has been measured to give, and by its own line, if the origin is fit for what plays', () => {
    // It takes half as long as the line does.
    const uplinkBps = 2 ** 18;
    const wait = (upload: Partial<State['upload']>, originBps = ORIGIN_BPS): number => {
      const bench = benchOf(uplinkBps, { slackMs: 12_000 });
      bench.state = { ...bench.state, upload: { ...bench.state.upload, ...upload }, origin: { ...bench.state.origin, rateBps: originBps } };
      bench.neighbour('other', { uploadBps: 2 ** 24 });
      bench.demand(5);
      return fetchesAfterMs(bench) ?? Infinity;
    };
    const bits = SEGMENT_BYTES * 8;
    const bitrateBps = bits / SEGMENT_S;
    expect(wait({ rateBps: 1e5 })).toBeGreaterThanOrEqual((bits * 1000) / 1e5);
    expect(wait({}, 2 * bitrateBps)).toBeGreaterThanOrEqual((bits * 1000) / (2 * bitrateBps));
    expect(wait({}, 1.5 * bitrateBps)).withContext('an overrun origin').toBeLessThan((bits * 1000) / uplinkBps + TUNING.rankStepMs + 1);
  });

  it('does so, too, where it gives nothing at all', () => {
    const bench = benchBeside(2 ** 24, SLOW_BPS, { slackMs: 12_000 });
    bench.policy({ uploadMaxBps: 0 });
    expect(fetchesAfterMs(bench)).toBeGreaterThanOrEqual(SEGMENT_S * 1000);
  });

  it('does not where nothing tells how long the segment is, though it gives nothing either: a quality just switched to', () => {
    const bench = benchOf(2 ** 22, { slackMs: 12_000 });
    bench.policy({ uploadMaxBps: 0 });
    bench.state = { ...bench.state, trackRates: new Map() };
    bench.neighbour('other', { uploadBps: 2 ** 24 });
    bench.demand(5);
    expect(fetchesAfterMs(bench)).toBeLessThan(12_000 * TUNING.electionSlackShare);
  });

  it('does not wait for ever where the manifest tells no duration', () => {
    const bench = benchBeside(2 ** 24, SLOW_BPS, { slackMs: 12_000 });
    bench.step({ type: 'listed', track: TRACK, segments: segmentsFrom(0, 150).map((segment) => ({ ...segment, durationS: NaN })) });
    // One who gives a piece, and with it the length, and goes.
    const giver = bench.neighbour('giver', { uploadBps: SLOW_BPS });
    bench.deliver(only(told('request', bench.have(giver, 5, [0]))));
    bench.step({ type: 'neighbourLeft', peer: giver });
    expect(fetchesAfterMs(bench)).toBeLessThan(12_000);
  });

  it('does not on demand, nor where nobody is faster, or all have the time', () => {
    const mostMs = 8_000 * TUNING.electionSlackShare;
    expect(fetchesAfterMs(benchBeside(SLOW_BPS, SLOW_BPS))).toBeLessThan(mostMs);
    expect(fetchesAfterMs(benchBeside(2 ** 24, 2 ** 22))).toBeLessThan(mostMs);
    expect(fetchesAfterMs(benchBeside(2 ** 24, SLOW_BPS, { live: false }))).toBeLessThan(mostMs);
  });
});
