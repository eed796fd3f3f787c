import { MAX_PIECE_BYTES } from '../../../core/model/index.ts';
import type { PeerId } from '../../../core/model/index.ts';
import { EngineBench, of, only, TRACK, told } from '../../kit/engine-bench.ts';
import type { Asking, Fetching } from '../../kit/engine-bench.ts';

const PIECES = 24;
const SEGMENT_BYTES = PIECES * MAX_PIECE_BYTES;

/** A neighbour gave these pieces of segment 5 and went. @returns what the origin is asked for then, with so much slack. */
function askedOf(held: readonly number[], slackMs: number, { rangeAllowed = true, rateBps = 50e6 } = {}): { bench: EngineBench; fetching: Fetching } {
  const bench = new EngineBench();
  bench.state = { ...bench.state, origin: { rateBps, firstByteMs: 50, rangeAllowed }, trackRates: new Map([[TRACK, SEGMENT_BYTES / 4]]) };
  bench.swarm(2);
  const peer = bench.neighbour('a');
  bench.play(20 - slackMs / 1000 - 3);
  const asked = told('request', [...bench.have(peer, 5, held, SEGMENT_BYTES), ...bench.demand(5).effects]);
  for (let next = asked.shift(); next; next = asked.shift()) asked.push(...told('request', bench.deliver(next, MAX_PIECE_BYTES)));
  const effects = [...bench.play(20 - slackMs / 1000), ...bench.step({ type: 'neighbourLeft', peer })];
  return { bench, fetching: only(of('fetch', effects)) };
}

/** A neighbour fetches segment 5, which the player wants in 5 s and the origin takes 2.15 s for. */
function benchBesideFetcher(): { bench: EngineBench; fetcher: PeerId } {
  const bench = new EngineBench();
  bench.state = { ...bench.state, origin: { rateBps: 3e6, firstByteMs: 50, rangeAllowed: true }, trackRates: new Map([[TRACK, SEGMENT_BYTES / 4]]) };
  bench.swarm(2);
  const fetcher = bench.neighbour('fetcher');
  bench.intent(fetcher, 5);
  bench.play(20 - 5);
  bench.demand(5);
  return { bench, fetcher };
}

const span = ({ startByte, endByte }: Fetching): [number, number] => [startByte / MAX_PIECE_BYTES, endByte / MAX_PIECE_BYTES];

describe('engine: top-up of what peers did not bring', () => {
  it('leaves out what is held in between, as far as there is time for more requests', () => {
    const held = [0, 1, 4, 5, 6, 7, 8, 9, 10, 11, 14];
    const { bench, fetching } = askedOf(held, 800);
    expect(span(fetching)).toEqual([2, 4]);
    const next = only(of('fetch', [...bench.head(fetching, SEGMENT_BYTES), ...bench.piece(fetching, 2, SEGMENT_BYTES), ...bench.piece(fetching, 3, SEGMENT_BYTES), ...bench.done(fetching)]));
    expect(span(next)).withContext('a single held piece is not worth a request').toEqual([12, Infinity]);
  });

  it('leaves out what would take longer to come again than another request, however little time there is', () => {
    // At 50 Mbit/s a piece takes 5 ms, a first byte 50 ms.
    const held = Array.from({ length: 16 }, (_, place) => place + 1);
    expect(span(askedOf(held, 300).fetching)).toEqual([0, 1]);
  });

  it('leaves out even a single piece where all that is in between would be late', () => {
    // At 3 Mbit/s a piece takes 87 ms, with margins two take 736 ms and three 868.
    const held = Array.from({ length: PIECES }, (_, place) => place).filter((place) => place !== 4 && place !== 6);
    const narrow = { rateBps: 3e6 };
    expect(span(askedOf(held, 800, narrow).fetching)).toEqual([4, 5]);
    expect(span(askedOf(held, 1_000, narrow).fetching)).withContext('with time').toEqual([4, 7]);
  });

  it('does not leave out a single piece that comes again sooner than another request is answered', () => {
    // At 50 Mbit/s three pieces take 499 ms with margins, and a second request could be paid from 466 ms on.
    const held = Array.from({ length: PIECES }, (_, place) => place).filter((place) => place !== 4 && place !== 6);
    expect(span(askedOf(held, 480).fetching)).toEqual([4, 7]);
  });

  it('is one request when there is no time for two', () => {
    expect(span(askedOf([0, 1, 4, 5, 6, 7, 8, 9], 300).fetching)).toEqual([2, Infinity]);
  });

  it('leaves to peers what they have been asked for, as long as the origin could still be in time with it', () => {
    const bench = new EngineBench();
    // The origin takes 2.15 s for the segment.
    bench.state = { ...bench.state, origin: { rateBps: 3e6, firstByteMs: 50, rangeAllowed: true }, trackRates: new Map([[TRACK, SEGMENT_BYTES / 4]]) };
    bench.swarm(2);
    const peer = bench.neighbour('a');
    bench.play(20 - 3.8);
    const asked = told('request', [...bench.have(peer, 5, [20, 21, 22, 23], SEGMENT_BYTES), ...bench.demand(5).effects]);
    expect(asked.length).toBe(4);
    const fetching = only(of('fetch', bench.pass(700)));
    expect(span(fetching)).toEqual([0, 20]);
    bench.head(fetching, SEGMENT_BYTES);
    for (let index = 0; index < 20; index++) bench.piece(fetching, index, SEGMENT_BYTES);
    const { afterMs, ...rest } = only(of('fetch', [...bench.done(fetching), ...bench.pass(5_000)].map((effect) => ({ afterMs: 0, ...effect }))));
    // The first of them was asked for once more when the first request had been overdue, and that is overdue, too, by now.
    expect(span(rest)).withContext('what the peer did not bring after all').toEqual([20, Infinity]);
    expect(afterMs).toBeLessThan(3_700 - 50 - (4 * MAX_PIECE_BYTES * 8000) / 3e6);
  });

  it('ends before what is held at the end', () => {
    expect(span(askedOf([0, 21, 22, 23], 300).fetching)).toEqual([1, 21]);
  });

  it('begins half-way where somebody fetches from the beginning, and takes what comes before of that one', () => {
    // It brings a piece each 400 ms: that would be late.
    const { bench, fetcher } = benchBesideFetcher();
    const bring = (count: number): Asking[] => told('request', bench.have(fetcher, 5, Array.from({ length: count }, (_, index) => index), SEGMENT_BYTES));
    let fetches: Fetching[] = [];
    let brought = 0;
    for (; fetches.length === 0; brought++) {
      for (const ask of bring(brought + 1)) fetches.push(...of('fetch', bench.deliver(ask, MAX_PIECE_BYTES)));
      fetches.push(...of('fetch', bench.pass(400)));
    }
    const fetching = only(fetches);
    const middle = brought + Math.floor((PIECES - brought) / 2);
    expect(span(fetching)).toEqual([middle, Infinity]);
    bench.head(fetching, SEGMENT_BYTES);
    bench.piece(fetching, middle, SEGMENT_BYTES);
    expect(bring(brought + 1).map(({ message }) => message.index)).withContext('what the fetcher brings next').toEqual([brought]);
    fetches = [];
    for (let index = middle + 1; index < PIECES; index++) fetches.push(...of('fetch', bench.piece(fetching, index, SEGMENT_BYTES)));
    fetches.push(...of('fetch', bench.done(fetching)), ...of('fetch', bench.pass(3_000)));
    expect(only(fetches).startByte).withContext('no further piece has come: the rest is asked for').toBeLessThan(middle * MAX_PIECE_BYTES);
  });

  it('begins with the first missing piece where the origin is just in time, though somebody else fetches', () => {
    const { bench, fetcher } = benchBesideFetcher();
    for (const ask of told('request', bench.have(fetcher, 5, [0, 1], SEGMENT_BYTES))) bench.deliver(ask, MAX_PIECE_BYTES);
    // The origin takes 1.97 s for the other 22.
    expect(span(only(of('fetch', bench.play(20 - 2.2))))).toEqual([2, Infinity]);
  });

  it('is all of it where the origin refuses ranges', () => {
    expect(span(askedOf([0, 1, 2, 3, 4, 5], 800, { rangeAllowed: false }).fetching)).toEqual([0, Infinity]);
  });
});
