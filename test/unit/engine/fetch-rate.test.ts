import type { Effect } from '../../../core/engine/index.ts';
import { MAX_PIECE_BYTES } from '../../../core/model/index.ts';
import { EngineBench, of, only, told, TRACK } from '../../kit/engine-bench.ts';
import type { Asking } from '../../kit/engine-bench.ts';

const PIECES = 32;
const SEGMENT_BYTES = PIECES * MAX_PIECE_BYTES;
/** Pieces that come so fast come at 1.9 times the bitrate. */
const FIT_MS = 4_000 / PIECES / 1.9;

/** What the origin is first asked for of a segment comes, a piece each `pieceMs`, and after each of them one of a neighbour's. @returns how fast the origin is taken to be then, as a multiple of before. */
function rateAfter({ pieceMs, knownPieceMs = 50, beside }: { pieceMs: number; knownPieceMs?: number; beside: boolean }): number {
  const bench = new EngineBench();
  const knownBps = (MAX_PIECE_BYTES * 8000) / knownPieceMs;
  bench.state = { ...bench.state, origin: { rateBps: knownBps, firstByteMs: 50, rangeAllowed: true }, trackRates: new Map([[TRACK, SEGMENT_BYTES / 4]]) };
  bench.swarm(2);
  const peer = bench.neighbour('a');
  const tell = (): readonly Effect[] => bench.have(peer, 5, undefined, SEGMENT_BYTES);
  if (knownPieceMs <= FIT_MS) tell();
  bench.play(20 - (PIECES * knownPieceMs + 300) / 1000);
  const { effects } = bench.demand(5);
  const fetching = only(of('fetch', effects));
  const open: Asking[] = told('request', [...effects, ...bench.head(fetching, SEGMENT_BYTES), ...tell()]);
  for (let index = 0; index < fetching.endByte / MAX_PIECE_BYTES && bench.held(5) < PIECES; index++) {
    bench.nowMs += pieceMs;
    open.push(...told('request', bench.piece(fetching, index, SEGMENT_BYTES)));
    const ask = beside ? open.shift() : undefined;
    if (!ask) continue;
    bench.nowMs += pieceMs;
    open.push(...told('request', bench.deliver(ask, MAX_PIECE_BYTES)));
  }
  bench.done(fetching);
  return bench.state.origin.rateBps / knownBps;
}

describe('engine: how fast the origin is taken to be', () => {
  it('is no less where pieces of peers fill the line beside it', () => {
    expect(rateAfter({ pieceMs: 50, beside: true })).toBeCloseTo(1, 2);
    expect(rateAfter({ pieceMs: 55, beside: true })).toBeGreaterThan(0.95);
  });

  it('is less where it is slower itself', () => {
    const alone = rateAfter({ pieceMs: 100, beside: false });
    expect(alone).toBeLessThan(0.85);
    expect(rateAfter({ pieceMs: 100, beside: true })).withContext('with pieces of peers, that do not fill the line').toBeLessThan(alone);
  });

  it('is no more than it was known to be, whatever comes on top', () => {
    expect(rateAfter({ pieceMs: 42, beside: true })).toBeCloseTo(1, 2);
    expect(rateAfter({ pieceMs: 35, beside: true })).withContext('the line carries more').toBeLessThan(0.95);
  });

  it('is less where it had been less than what plays: what an overrun origin leaves, peers do not take from it', () => {
    expect(rateAfter({ pieceMs: 80, knownPieceMs: 80, beside: true })).toBeLessThan(0.9);
  });
});
