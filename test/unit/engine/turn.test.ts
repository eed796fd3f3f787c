import * as TUNING from '../../../core/engine/tuning.ts';
import { Bitfield, OriginError, trackKey } from '../../../core/model/index.ts';
import type { TrackKey } from '../../../core/model/index.ts';
import { EngineBench, keyOf, of, only, PIECES, SEGMENT_BYTES, SEGMENT_S } from '../../kit/engine-bench.ts';
import { SeededRandom } from '../../kit/seeded-random.ts';

/** An origin that has been measured: 100 ms to the first byte, `rateBps` from there. */
function benchWithOrigin(rateBps: number): EngineBench {
  const bench = new EngineBench();
  bench.state = { ...bench.state, origin: { ...bench.state.origin, rateBps, firstByteMs: 100 }, trackRates: new Map([[only([...bench.state.listed.keys()]), SEGMENT_BYTES / SEGMENT_S]]) };
  bench.swarm(2);
  return bench;
}

describe('engine: when the origin is asked', () => {
  it('asks at once where there is no slack', () => {
    const bench = benchWithOrigin(10e6);
    bench.have(bench.neighbour('a'), 0);
    bench.play(0, { waiting: true });
    expect(of('fetch', bench.demand(0).effects).length).toBe(1);
  });

  it('asks at once where nobody is there to wait for', () => {
    const bench = benchWithOrigin(10e6);
    bench.swarm(1);
    expect(of('fetch', bench.demand(10).effects).length).toBe(1);
  });

  it('asks at once where taking from peers is not allowed', () => {
    const bench = benchWithOrigin(10e6);
    bench.have(bench.neighbour('a'), 10);
    bench.policy({ download: false });
    expect(of('fetch', bench.demand(10).effects).length).toBe(1);
  });

  it('is never later than what the slack allows, whatever the swarm promises', () => {
    const random = new SeededRandom(7);
    for (let round = 0; round < 50; round++) {
      const rateBps = 1e6 * 2 ** (random.unit() * 5);
      const bench = benchWithOrigin(rateBps);
      bench.swarm(random.pick([0, 2, 5, 20, 10_000]), random.below(3));
      const sequence = random.below(20);
      bench.play(random.unit() * 20, { rate: random.pick([1, 1, 0.5, 2]) });
      const peers = Array.from({ length: random.below(6) }, (_, place) => bench.neighbour(`peer ${place}`, { uploadBps: 1e6 * random.below(9) }));
      const { playback } = bench.state;
      const slackMs = Math.max(0, ((sequence * SEGMENT_S - playback.positionS) * 1000) / playback.rate);
      const originMs = (100 + (SEGMENT_BYTES * 8000) / rateBps) * 1.5 + 400;
      const lastMs = Math.max(0, slackMs - originMs);

      const begunMs = bench.nowMs;
      const effects: { afterMs: number; type: string }[] = bench.demand(sequence).effects.map((effect) => ({ ...effect, afterMs: 0 }));
      // Neighbours say all that makes one wait, and give nothing.
      for (let step = 0; step < 6; step++) {
        const peer = peers.length > 0 ? random.pick(peers) : undefined;
        const said = peer && random.unit() < 0.5 ? bench.intent(peer, sequence, random.below(3)) : peer ? bench.have(peer, sequence, [random.below(4)]) : [];
        effects.push(...said.map((effect) => ({ ...effect, afterMs: bench.nowMs - begunMs })));
        const passedMs = bench.nowMs - begunMs;
        effects.push(...bench.pass(random.unit() * 3_000).map((effect) => ({ ...effect, afterMs: passedMs + effect.afterMs })));
      }
      const passedMs = bench.nowMs - begunMs;
      effects.push(...bench.pass(200_000).map((effect) => ({ ...effect, afterMs: passedMs + effect.afterMs })));
      const fetch = effects.find(({ type }) => type === 'fetch');
      expect(fetch?.afterMs).withContext(`round ${round}, slack ${slackMs}, origin ${originMs}`).toBeLessThanOrEqual(lastMs + 1);
    }
  });

  it('is as late as the slack allows while a neighbour has pieces to give', () => {
    const bench = benchWithOrigin(10e6);
    const peer = bench.neighbour('a');
    bench.have(peer, 5);
    bench.demand(5);
    const originMs = (100 + (SEGMENT_BYTES * 8000) / 10e6) * 1.5 + 400;
    const fetch = only(of('fetch', bench.pass(60_000)));
    expect(fetch.afterMs).toBeCloseTo(20_000 - originMs, 0);
  });

  it('comes after the first part of the slack when an announced fetcher brings nothing', () => {
    const bench = benchWithOrigin(10e6);
    const peer = bench.neighbour('a');
    bench.intent(peer, 5);
    bench.demand(5);
    const fetch = only(of('fetch', bench.pass(60_000)));
    expect(fetch.afterMs).toBeGreaterThanOrEqual(20_000 * TUNING.takeoverSlackShare);
    expect(fetch.afterMs).toBeLessThan(20_000 - 400);
  });

  it('waits for the first neighbour, while connections are made, at most half of the slack and three seconds', () => {
    const fetchedAfterMs = (slackS: number, size: number, connecting: number): number => {
      const bench = benchWithOrigin(10e6);
      bench.state = { ...bench.state, swarm: { size, connecting, joinedAtMs: bench.nowMs } };
      bench.play(40 - slackS);
      const { effects } = bench.demand(10);
      return of('fetch', effects).length > 0 ? 0 : (of('fetch', bench.pass(60_000))[0]?.afterMs ?? Infinity);
    };
    expect(fetchedAfterMs(20, 4, 1)).toBeCloseTo(3_000, 0);
    expect(fetchedAfterMs(4, 4, 1)).toBeCloseTo(2_000, 0);
    expect(fetchedAfterMs(20, 0, 0)).withContext('size unknown').toBeCloseTo(3_000, 0);
    expect(fetchedAfterMs(20, 1, 0)).withContext('alone').toBe(0);
  });

  it('is left to a companion only if that plays the same track, and gives', () => {
    /** A viewer with a full buffer, and a companion a little behind that comes first in rank. */
    const fetchedAfterMs = (name: string, told: { sequence?: number; track?: TrackKey; uploadBps?: number }): number => {
      const bench = benchWithOrigin(10e6);
      bench.play(4);
      const peer = bench.neighbour(name, { uploadBps: told.uploadBps ?? 2 ** 22 });
      const { sequence = 1, track } = told;
      bench.step({ type: 'have', peer, message: { type: 'have', segment: keyOf(sequence, track), sizeBytes: SEGMENT_BYTES, pieces: Bitfield.full(PIECES) } });
      const { effects } = bench.demand(8);
      return of('fetch', effects).length > 0 ? 0 : (of('fetch', bench.pass(60_000))[0]?.afterMs ?? Infinity);
    };
    const first = ['a', 'b', 'c', 'd', 'e', 'f'].find((name) => fetchedAfterMs(name, {}) > 1_000);
    if (first === undefined) throw new RangeError('none of them comes first');
    expect(fetchedAfterMs(first, {})).toBeGreaterThan(4_000);
    expect(fetchedAfterMs(first, { track: trackKey({ type: 'main', bitrateBps: 5_000_000 }) })).withContext('another track').toBeLessThan(50);
    expect(fetchedAfterMs(first, { uploadBps: 0 })).withContext('gives nothing').toBeLessThan(50);
  });

  it('waits until a new neighbour has told what it holds, or a second', () => {
    const bench = benchWithOrigin(10e6);
    bench.swarm(2);
    const peer = bench.neighbour('heard');
    bench.step({ type: 'neighbourLeft', peer });
    bench.step({ type: 'neighbourJoined', peer });
    expect(of('fetch', bench.demand(10).effects)).toEqual([]);
    expect(only(of('fetch', bench.pass(60_000))).afterMs).toBeCloseTo(1_000, 0);
  });

  it('looks again within a second, since the playhead may go faster than it went', () => {
    const bench = benchWithOrigin(10e6);
    bench.have(bench.neighbour('a'), 10);
    bench.demand(10);
    for (let second = 0; second < 20; second++) {
      expect(bench.wakeAtMs - bench.nowMs).toBeLessThanOrEqual(1_000);
      bench.pass(1_000);
    }
  });

  it('is not put off for ever by a playhead or a segment whose time is no number', () => {
    const bench = benchWithOrigin(10e6);
    bench.have(bench.neighbour('a'), 10);
    bench.play(NaN);
    expect(of('fetch', bench.demand(10).effects).length).toBe(1);
  });

  it('comes for a segment that leaves the list while the player waits for it', () => {
    const bench = benchWithOrigin(10e6);
    const peer = bench.neighbour('a');
    bench.have(peer, 5);
    bench.demand(5);
    const [track] = [...bench.state.listed.keys()];
    if (!track) throw new RangeError('nothing listed');
    bench.step({ type: 'listed', track, segments: (bench.state.listed.get(track) ?? []).slice(40) });
    const fetching = only(of('fetch', bench.step({ type: 'neighbourLeft', peer })));
    expect(bench.state.index.has(fetching.segment)).withContext('the runtime must find its URL').toBeTrue();
    expect(of('deliver', bench.answer(fetching)).length).toBe(1);
  });

  it('is the turn of no one once another demand for the segment has failed', () => {
    const bench = benchWithOrigin(10e6);
    bench.swarm(1);
    const first = bench.demand(10);
    bench.demand(10);
    const failed = bench.fail(only(of('fetch', first.effects)), new OriginError('status', 'https://origin.test/10', 404, 'Not Found'));
    expect(of('fail', failed).length).toBe(2);
    expect(of('fetch', failed)).toEqual([]);
  });
});
