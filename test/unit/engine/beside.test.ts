import { pieceBytes } from '../../../core/model/index.ts';
import type { PeerId } from '../../../core/model/index.ts';
import { EngineBench, of, only, told } from '../../kit/engine-bench.ts';
import type { Asking, Fetching } from '../../kit/engine-bench.ts';

const PIECES = 24;
/** Of 4 s: pieces of 8 KiB that come one by one in 167 ms come at the speed of playback. */
const BYTES = PIECES * 8 * 1024;
const LINE_MS = 70;

/** A newcomer's first segment comes from the origin, a piece every `pieceMs`; after some a neighbour turns up that has all of it. */
function benchStarting(pieceMs: number, before = 4): { bench: EngineBench; fetching: Fetching; peer: PeerId; asked: Asking[] } {
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
    // The line carries a piece every 70 ms, now one of a peer, now one of the origin.
    for (let index = 4; index < 8; index++) {
      const ask = asked.shift();
      if (ask) {
        bench.nowMs += LINE_MS;
        asked.push(...deliver(bench, ask));
      }
      bench.nowMs += LINE_MS;
      more.push(...told('request', bench.piece(fetching, index, BYTES)));
    }
    expect(bench.nowMs).toBeGreaterThan(104_000 + 5 * LINE_MS + 300);
    expect(more).toEqual([]);
    expect(asked.every((ask) => deliver(bench, ask).length === 0)).toBeTrue();
  });

  it('are asked for all they can bring once that has made the whole faster', () => {
    const { bench, fetching, asked } = benchStarting(LINE_MS);
    let most = 0;
    for (let index = 4; index < 9; index++) {
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
    expect(benchStarting(120, PIECES - 6).asked.length).withContext('an overrun origin').toBeGreaterThan(0);
  });

  it('are asked for all they can bring at once where the origin is too slow for what plays', () => {
    expect(benchStarting(120).asked.length).toBeGreaterThan(3);
  });
});
