import * as TUNING from '../../../core/engine/tuning.ts';
import { pieceBytes } from '../../../core/model/index.ts';
import type { PeerId } from '../../../core/model/index.ts';
import { EngineBench, keyOf, of, only, told } from '../../kit/engine-bench.ts';
import type { Asking, Fetching } from '../../kit/engine-bench.ts';

const PIECES = 48;
/** Of 4 s: pieces of 32 KiB that come one by one in 83 ms come at the speed of playback. */
const BYTES = PIECES * 32 * 1024;
const LINE_MS = 35;
const OVERRUN_MS = 60;
const BEFORE = 8;

/** A newcomer's first segment comes from the origin, a piece every `pieceMs`; after some a neighbour turns up that has all of it. */
function benchStarting(pieceMs: number, before = BEFORE): { bench: EngineBench; fetching: Fetching; peer: PeerId; asked: Asking[] } {
  const bench = new EngineBench();
  bench.swarm(2);
  bench.play(20, { waiting: true });
  bench.nowMs += 4_000;
  bench.step({ type: 'wake' });
  const fetching = only(of('fetch', bench.demand(5).effects));
  bench.nowMs += pieceMs;
  bench.head(fetching, BYTES);
  for (let index = 0; index < before; index++) {
    bench.nowMs += pieceMs;
    bench.piece(fetching, index, BYTES);
  }
  const peer = bench.neighbour('a');
  return { bench, fetching, peer, asked: told('request', bench.have(peer, 5, undefined, BYTES)) };
}

const deliver = (bench: EngineBench, ask: Asking): Asking[] => told('request', bench.deliver(ask, pieceBytes(BYTES, ask.message.index)));

describe('engine: peers beside the first fetch', () => {
  it('are asked for a few pieces only, and for no more where they only took the place of what the origin sends', () => {
    const { bench, fetching, asked } = benchStarting(LINE_MS);
    expect(asked.length).toBe(3);
    const more: Asking[] = [];
    // The line carries a piece every 35 ms, now one of a peer, now one of the origin.
    for (let index = BEFORE; index < 2 * BEFORE; index++) {
      const ask = asked.shift();
      if (ask) {
        bench.nowMs += LINE_MS;
        asked.push(...deliver(bench, ask));
      }
      bench.nowMs += LINE_MS;
      more.push(...told('request', bench.piece(fetching, index, BYTES)));
    }
    expect(bench.nowMs).toBeGreaterThan(104_000 + (BEFORE + 1) * LINE_MS + TUNING.probeMs);
    expect(more).toEqual([]);
    expect(asked.every((ask) => deliver(bench, ask).length === 0)).toBeTrue();
  });

  describe('and how fast the origin is taken to be', () => {
    /** What the origin is taken to give once the first segment is in, in pieces every 35 ms. */
    function originRate(peersAreOnTop: boolean): number {
      const { bench, fetching, asked } = benchStarting(LINE_MS);
      for (let index = BEFORE; !bench.state.segments.get(fetching.segment)?.own?.isFull; index++) {
        for (const ask of asked.splice(0, 1)) {
          if (!peersAreOnTop) bench.nowMs += LINE_MS;
          asked.push(...deliver(bench, ask));
        }
        bench.nowMs += LINE_MS;
        asked.push(...told('request', bench.piece(fetching, index, BYTES)));
      }
      bench.done(fetching);
      return (bench.state.origin.rateBps * LINE_MS) / (BYTES / PIECES) / 8_000;
    }

    it('counts what took the place of what it would have sent', () => {
      expect(originRate(false)).toBeCloseTo(1, 1);
    });

    it('does not count what came on top', () => {
      expect(originRate(true)).toBeCloseTo(1, 1);
    });
  });

  it('are not asked for the next segment where it is they that make the origin look slower than what plays', () => {
    const barelyFitMs = 42;
    const { bench, fetching, peer, asked } = benchStarting(barelyFitMs);
    const ahead = [...told('request', bench.have(peer, 6, undefined, BYTES))];
    for (let index = BEFORE; !bench.state.segments.get(fetching.segment)?.own?.isFull; index++) {
      for (const ask of asked.splice(0, 1)) {
        bench.nowMs += barelyFitMs;
        ahead.push(...deliver(bench, ask));
      }
      bench.nowMs += barelyFitMs;
      ahead.push(...told('request', bench.piece(fetching, index, BYTES)));
    }
    expect(ahead.filter(({ message }) => message.segment === keyOf(6))).toEqual([]);
  });

  it('are asked for all they can bring once that has made the whole faster', () => {
    const { bench, fetching, asked } = benchStarting(LINE_MS);
    let most = 0;
    for (let index = BEFORE; index < 2 * BEFORE + 2; index++) {
      // The origin sends as fast as before.
      for (const ask of asked.splice(0, 1)) asked.push(...deliver(bench, ask));
      bench.nowMs += LINE_MS;
      asked.push(...told('request', bench.piece(fetching, index, BYTES)));
      most = Math.max(most, asked.length);
    }
    expect(most).toBeGreaterThan(3);
  });

  it('are asked for nothing where the origin will be done before they could have answered', () => {
    expect(benchStarting(LINE_MS, PIECES - 6).asked).toEqual([]);
    expect(benchStarting(LINE_MS, 14).asked).withContext('half of the rest may be on the line').toEqual([]);
    expect(benchStarting(OVERRUN_MS, PIECES - 6).asked.length).withContext('an overrun origin').toBeGreaterThan(0);
  });

  it('are asked for all they can bring at once where the origin is too slow for what plays', () => {
    expect(benchStarting(OVERRUN_MS).asked.length).toBeGreaterThan(3);
  });
});
