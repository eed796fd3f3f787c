import * as TUNING from '../../../core/engine/tuning.ts';
import { EngineBench, keyOf, of, only, peerNamed, segmentsFrom, told, TRACK } from '../../kit/engine-bench.ts';

/** In the middle of a large swarm, so that intents are passed on. */
function benchAmongStrangers(): EngineBench {
  const bench = new EngineBench();
  bench.swarm(1_000);
  return bench;
}

describe('engine: intents', () => {
  it('are told to all who may wait for the pieces, when a fetch begins', () => {
    const bench = new EngineBench();
    const [a, b] = [bench.neighbour('a'), bench.neighbour('b')];
    bench.have(b, 10);
    bench.play(40, { waiting: true });
    const intents = told('intent', bench.demand(10).effects);
    expect(intents.map(({ peer }) => peer)).withContext('b has it whole').toEqual([a]);
    expect(only(intents).message.hops).toBe(0);
  });

  it('are not told by those who upload nothing: nobody is to wait for their pieces', () => {
    const bench = new EngineBench({ uploadMaxBps: 0 });
    bench.neighbour('a');
    bench.swarm(1_000);
    bench.play(40, { waiting: true });
    expect(told('intent', bench.demand(10).effects)).toEqual([]);
    expect(told('intent', bench.intent(peerNamed('a'), 12))).toEqual([]);
  });

  interface Fetcher {
    readonly name: string;
    readonly bps?: number;
  }

  /** One of several that fetch the same, as it hears of the others, when so many pieces have come. @returns whether it goes on. */
  function goesOn(self: Fetcher, rivals: readonly Fetcher[], sequence: number, { pieces = 0, positionS = 0, hops = 0 } = {}): boolean {
    const bench = new EngineBench();
    // Each takes the others' part: the engine's own id is always the same.
    bench.state = { ...bench.state, self: peerNamed(self.name), origin: { ...bench.state.origin, rateBps: self.bps ?? 0 } };
    bench.swarm(1);
    bench.play(positionS);
    const fetching = only(of('fetch', bench.demand(sequence).effects));
    for (const { name } of rivals) bench.neighbour(name);
    if (pieces > 0) bench.head(fetching);
    for (let index = 0; index < pieces; index++) bench.piece(fetching, index);
    const effects = rivals.flatMap(({ name, bps = TUNING.assumedUploadBps }) => bench.intent(peerNamed(name), sequence, hops, Math.round(bps)));
    return of('abortFetch', effects).length === 0;
  }

  /** Which of them go on: each hears of all others, of the next one first. */
  function thatGoOn(fetchers: readonly Fetcher[], sequence: number, pieces = 0): string[] {
    const othersOf = (place: number): Fetcher[] => [...fetchers.slice(place + 1), ...fetchers.slice(0, place)];
    return fetchers.filter((self, place) => goesOn(self, othersOf(place), sequence, { pieces })).map(({ name }) => name);
  }

  it('settle a race: exactly one of two that fetch the same goes on, and at least one of three', () => {
    for (let sequence = 10; sequence < 40; sequence++) {
      for (const pieces of [0, 1]) {
        expect(thatGoOn([{ name: 'a' }, { name: 'b' }], sequence, pieces).length).withContext(`segment ${sequence}, ${pieces} pieces`).toBe(1);
      }
      // The last of these gives about as much as the second, and that as the first, but far less than the first.
      const unequal = [2.6e6, 1.8e6, 1.2e6].map((bps, place) => ({ name: 'cba'.charAt(place), bps }));
      expect(thatGoOn(unequal, sequence).length).withContext(`segment ${sequence}, unequal`).toBeGreaterThanOrEqual(1);
      // On the wire the two are equal.
      const nearly = [{ name: 'a', bps: 2 ** 21 - 0.4 }, { name: 'b', bps: 2 ** 21 }];
      expect(thatGoOn(nearly, sequence).length).withContext(`segment ${sequence}, nearly equal`).toBe(1);
    }
  });

  it('settle a race for the one that can give far more', () => {
    for (let sequence = 10; sequence < 40; sequence++) {
      expect(thatGoOn([{ name: 'b', bps: 4e6 }, { name: 'a', bps: 1e6 }], sequence)).toEqual(['b']);
      expect(goesOn({ name: 'a' }, [{ name: 'b', bps: 0 }], sequence)).withContext('beside one that gives nothing').toBeTrue();
    }
  });

  it('settle a race with one that is farther away, too, if that can give far more: who it is, is not known', () => {
    for (let sequence = 10; sequence < 40; sequence++) {
      const [strong, weak] = [{ name: 'a', bps: 4e6 }, { name: 'b', bps: 1e6 }];
      expect(goesOn(weak, [strong], sequence, { hops: 2 })).toBeFalse();
      expect(goesOn(strong, [weak], sequence, { hops: 2 })).toBeTrue();
      expect(goesOn(strong, [strong], sequence, { hops: 2 })).withContext('its own, come back').toBeTrue();
    }
  });

  it('do not make one yield who has no slack left, or much of it already', () => {
    for (let sequence = 10; sequence < 40; sequence++) {
      expect(goesOn({ name: 'a' }, [{ name: 'b', bps: 2 ** 30 }], sequence, { positionS: sequence * 4 - 1 })).withContext('late').toBeTrue();
      expect(goesOn({ name: 'a' }, [{ name: 'b', bps: 2 ** 30 }], sequence, { pieces: 2 })).withContext('has much').toBeTrue();
    }
  });

  it('are passed on once, to all but the one who brought them', () => {
    const bench = benchAmongStrangers();
    const [a, b, c] = [bench.neighbour('a'), bench.neighbour('b'), bench.neighbour('c')];
    const first = told('intent', bench.intent(a, 20, 1));
    expect(first.map(({ peer }) => peer)).toEqual([b, c]);
    expect(first.every(({ message }) => message.hops === 2)).toBeTrue();
    expect(told('intent', bench.intent(b, 20, 0))).withContext('again, from nearer').toEqual([]);
    expect(bench.state.segments.get(keyOf(20))?.intent?.from).toBe(b);
    expect(told('intent', bench.intent(c, 20, 3))).toEqual([]);
  });

  it('of one who can give far more are passed on again, and remembered', () => {
    const bench = benchAmongStrangers();
    const [a, b] = [bench.neighbour('a'), bench.neighbour('b')];
    bench.intent(a, 20, 0, 4e6);
    expect(told('intent', bench.intent(b, 20, 2, 5e6))).withContext('a little more').toEqual([]);
    expect(only(told('intent', bench.intent(b, 20, 2, 16e6)))).toEqual(jasmine.objectContaining({ peer: a, message: { type: 'intent', segment: keyOf(20), hops: 3, uploadBps: 16e6 } }));
    expect(bench.state.segments.get(keyOf(20))?.intent?.uploadBps).toBe(16e6);
    bench.intent(a, 20, 0, 4e6);
    expect(bench.state.segments.get(keyOf(20))?.intent?.uploadBps).withContext('the strongest counts').toBe(16e6);
  });

  it('of a fetcher that gives nothing are passed on once all the same: else they would multiply with each hop', () => {
    const bench = benchAmongStrangers();
    const [a, b] = [bench.neighbour('a'), bench.neighbour('b')];
    expect(told('intent', bench.intent(a, 20, 0, 0)).length).toBe(1);
    for (const peer of [a, b]) expect(told('intent', bench.intent(peer, 20, 3, 0))).toEqual([]);
  });

  it('say how fast the fetcher can give: no faster than the segment comes to it', () => {
    for (const [originBps, toldBps] of [[0, TUNING.assumedUploadBps], [1e6, 1e6]] as const) {
      const bench = new EngineBench();
      bench.state = { ...bench.state, origin: { ...bench.state.origin, rateBps: originBps } };
      bench.neighbour('a');
      bench.play(80, { waiting: true });
      const begun = only(told('intent', bench.demand(20).effects));
      const toNewcomer = only(told('intent', bench.step({ type: 'neighbourJoined', peer: peerNamed('new') })));
      expect([begun, toNewcomer].map(({ message }) => message.uploadBps)).toEqual([toldBps, toldBps]);
    }
  });

  it('go no farther than the hop cap', () => {
    const bench = benchAmongStrangers();
    const a = bench.neighbour('a');
    bench.neighbour('b');
    expect(told('intent', bench.intent(a, 20, TUNING.maxIntentHops)).length).toBe(0);
    expect(told('intent', bench.intent(a, 21, TUNING.maxIntentHops - 1)).length).toBe(1);
  });

  it('are not passed on in a full mesh, where everyone has heard it from the fetcher', () => {
    const bench = new EngineBench();
    const a = bench.neighbour('a');
    bench.neighbour('b');
    bench.swarm(3);
    expect(told('intent', bench.intent(a, 20))).toEqual([]);
  });

  it('are of no concern for tracks that nobody here plays', () => {
    const bench = benchAmongStrangers();
    const a = bench.neighbour('a');
    bench.neighbour('b');
    const other = segmentsFrom(20, 1, { track: 'AAAAAAAAAAA' as typeof TRACK })[0];
    if (!other) throw new RangeError('none');
    expect(bench.step({ type: 'intent', peer: a, message: { type: 'intent', segment: other.key, hops: 0, uploadBps: 1e7 } })).toEqual([]);
    expect(bench.state.segments.has(other.key)).toBeFalse();
  });

  it('of segments that this viewer does not know yet are remembered', () => {
    const bench = benchAmongStrangers();
    const a = bench.neighbour('a');
    bench.intent(a, 150);
    bench.step({ type: 'listed', track: TRACK, segments: segmentsFrom(140, 12) });
    bench.play(580);
    expect(of('fetch', bench.demand(150).effects)).toEqual([]);
  });

  it('are forgotten when the neighbour that told of them leaves', () => {
    const bench = new EngineBench();
    const a = bench.neighbour('a');
    bench.swarm(2);
    bench.intent(a, 20);
    expect(of('fetch', bench.demand(20).effects)).toEqual([]);
    expect(of('fetch', bench.step({ type: 'neighbourLeft', peer: a })).length).withContext('the next in rank takes over').toBe(1);
  });

  it('in a flood stay bounded, and do not crowd out the ones that matter', () => {
    const bench = benchAmongStrangers();
    const a = bench.neighbour('a');
    for (let sequence = 1_000; sequence < 1_000 + 1.1 * TUNING.maxSegments; sequence++) bench.intent(a, sequence);
    expect(bench.state.segments.size).toBeLessThanOrEqual(TUNING.maxSegments);
    bench.intent(a, 20);
    expect(bench.state.segments.get(keyOf(20))?.intent).toBeDefined();
  });
});
