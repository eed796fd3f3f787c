import * as TUNING from '../../../core/engine/tuning.ts';
import { MAX_PIECE_BYTES } from '../../../core/model/index.ts';
import type { PeerId } from '../../../core/model/index.ts';
import { EngineBench, keyOf, of, only, peerNamed, PIECES, SEGMENT_BYTES, told } from '../../kit/engine-bench.ts';
import type { Asking } from '../../kit/engine-bench.ts';

function indexesAt(peer: PeerId, asks: readonly Asking[]): number[] {
  return asks.filter((ask) => ask.peer === peer).map(({ message }) => message.index);
}

describe('engine: asking neighbours', () => {
  it('asks for every missing piece once, spread over those who have it', () => {
    const bench = new EngineBench();
    const peers = ['a', 'b', 'c'].map((name) => bench.neighbour(name));
    for (const peer of peers) bench.have(peer, 10);
    const asks = told('request', bench.demand(10).effects);
    expect(asks.map(({ message }) => message.index).sort()).toEqual([0, 1, 2, 3, 4]);
    for (const peer of peers) expect(indexesAt(peer, asks).length).withContext(peer).toBeGreaterThan(0);
  });

  it('asks for the rarest pieces first', () => {
    const bench = new EngineBench();
    const a = bench.neighbour('a');
    for (const name of ['b', 'c']) bench.have(bench.neighbour(name), 10, [0, 1]);
    bench.have(a, 10, [0, 1, 3]);
    expect(told('request', bench.demand(10).effects)[0]?.message.index).toBe(3);
  });

  it('asks others for a piece that a neighbour says is to be had elsewhere, and later that neighbour again', () => {
    const bench = new EngineBench();
    const a = bench.neighbour('a');
    bench.have(a, 10, [3]);
    const first = only(told('request', bench.demand(10).effects));
    expect(told('request', bench.step({ type: 'declined', peer: a, requestId: first.message.requestId, reason: 'elsewhere' }))).toEqual([]);
    expect(indexesAt(a, told('request', bench.have(a, 10, [4])))).withContext('others of it, at once').toEqual([4]);
    const again = told('request', bench.pass(2 * TUNING.elsewhereMs));
    expect(indexesAt(a, again)).withContext('when the time is over').toEqual([3]);

    const other = bench.neighbour('b');
    const [asking] = again;
    if (!asking) throw new RangeError('none');
    bench.step({ type: 'declined', peer: a, requestId: asking.message.requestId, reason: 'elsewhere' });
    expect(indexesAt(other, told('request', bench.have(other, 10, [3])))).toEqual([3]);
  });

  it('asks that neighbour again at that time though something else woke it meanwhile', () => {
    const bench = new EngineBench();
    const [a, b] = [bench.neighbour('a'), bench.neighbour('b')];
    bench.have(a, 10, [3]);
    bench.have(b, 10, [4]);
    for (const { peer, message } of told('request', bench.demand(10).effects)) {
      bench.step({ type: 'declined', peer, requestId: message.requestId, reason: peer === a ? 'elsewhere' : 'busy' });
    }
    expect(only(told('request', bench.pass(TUNING.busyPauseMs))).peer).toBe(b);
    expect(only(told('request', bench.pass(TUNING.elsewhereMs - TUNING.busyPauseMs))).peer).toBe(a);
  });

  it('asks different peers to begin at different pieces', () => {
    const begins = new Set<number>();
    for (const name of ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h']) {
      const bench = new EngineBench();
      bench.state = { ...bench.state, self: peerNamed(`self ${name}`) };
      bench.have(bench.neighbour('source'), 10);
      begins.add(told('request', bench.demand(10).effects)[0]?.message.index ?? -1);
    }
    expect(begins.size).toBeGreaterThan(2);
  });

  it('asks only for what each has, and nobody who states another length than the origin', () => {
    const bench = new EngineBench();
    bench.swarm(1);
    const fetching = only(of('fetch', bench.demand(10).effects));
    bench.head(fetching);
    const [a, b] = [bench.neighbour('a'), bench.neighbour('b')];
    expect(told('request', bench.have(b, 10, undefined, SEGMENT_BYTES + 1))).toEqual([]);
    expect(indexesAt(a, told('request', bench.have(a, 10, [2])))).toEqual([2]);
  });

  it('keeps within a neighbour’s window, and widens it while pieces come quickly', () => {
    const bench = new EngineBench();
    const a = bench.neighbour('a');
    const sizeBytes = 100 * MAX_PIECE_BYTES;
    bench.have(a, 10, undefined, sizeBytes);
    let asks: Asking[] = told('request', bench.demand(10).effects);
    expect(asks.length).toBe(TUNING.initialWindowPieces);
    for (let round = 0; round < 5; round++) {
      bench.nowMs += 50;
      asks = asks.flatMap((ask) => told('request', bench.deliver(ask, MAX_PIECE_BYTES)));
      expect(bench.state.neighbours.get(a)?.openAsks).toBeLessThanOrEqual(bench.state.neighbours.get(a)?.pace.windowPieces ?? 0);
    }
    expect(bench.state.neighbours.get(a)?.pace.windowPieces).toBeGreaterThan(10);
  });

  it('narrows the window when pieces queue at the uploader', () => {
    const bench = new EngineBench();
    const a = bench.neighbour('a');
    bench.have(a, 10, undefined, 200 * MAX_PIECE_BYTES);
    let asks: Asking[] = told('request', bench.demand(10).effects);
    for (let round = 0; round < 4; round++) {
      bench.nowMs += 40;
      asks = asks.flatMap((ask) => told('request', bench.deliver(ask, MAX_PIECE_BYTES)));
    }
    const wide = bench.state.neighbours.get(a)?.pace.windowPieces ?? 0;
    for (let round = 0; round < 4; round++) {
      bench.nowMs += 800;
      const open = [...(bench.state.neighbours.get(a)?.asks ?? [])].slice(0, 4);
      for (const [requestId] of open) bench.step({ type: 'pieceArrived', peer: a, requestId, lengthBytes: MAX_PIECE_BYTES });
    }
    expect(bench.state.neighbours.get(a)?.pace.windowPieces).toBeLessThan(wide);
  });

  it('asks twice only when the deadline is near and a piece is owed for long, and never the same neighbour', () => {
    const bench = new EngineBench();
    const [a, b] = [bench.neighbour('a'), bench.neighbour('b')];
    bench.have(a, 10, [0, 1]);
    bench.demand(10);
    bench.play(20);
    expect(told('request', bench.have(b, 10, [0, 1]))).withContext('there is time').toEqual([]);
    bench.nowMs += TUNING.endgameAskAgeMs;
    const doubled = told('request', bench.play(40 - TUNING.endgameSlackMs / 1000 + 0.1));
    expect(doubled.map(({ peer }) => peer)).toEqual([b, b]);
    expect(told('request', bench.play(39))).withContext('both have been asked').toEqual([]);
    expect(bench.state.segments.get(keyOf(10))?.askedTwice.count).toBe(bench.state.segments.get(keyOf(10))?.asked.count);
  });

  it('asks twice of one whose pieces always take long only when this one takes much longer still', () => {
    const serviceMs = TUNING.endgameAskAgeMs;
    const askedOf = (owedMs: number): PeerId[] => {
      const bench = new EngineBench();
      const [a, b] = [bench.neighbour('a'), bench.neighbour('b')];
      bench.have(a, 9, [0]);
      const slow = only(told('request', bench.demand(9).effects));
      bench.nowMs += serviceMs;
      bench.deliver(slow);
      bench.have(a, 10, [0]);
      bench.demand(10);
      bench.have(b, 10, [0]);
      bench.nowMs += owedMs;
      return told('request', bench.play(40 - TUNING.endgameSlackMs / 1000 + 0.1)).map(({ peer }) => peer);
    };
    expect(askedOf(serviceMs * TUNING.endgameServices - 1)).toEqual([]);
    expect(askedOf(serviceMs * TUNING.endgameServices)).toEqual([peerNamed('b')]);
  });

  it('takes the other request back when the piece has come', () => {
    const bench = new EngineBench();
    const [a, b] = [bench.neighbour('a'), bench.neighbour('b')];
    bench.have(a, 10, [0]);
    const first = only(told('request', bench.demand(10).effects));
    bench.have(b, 10, [0]);
    bench.nowMs += TUNING.endgameAskAgeMs;
    const second = only(told('request', bench.play(39)));
    const effects = bench.deliver(second);
    expect(only(told('cancel', effects))).toEqual({ type: 'send', peer: a, message: { type: 'cancel', requestId: first.message.requestId } } as never);
  });

  it('asks from the end while the origin delivers from the beginning', () => {
    const bench = new EngineBench();
    bench.swarm(1);
    const fetching = only(of('fetch', bench.demand(10).effects));
    bench.head(fetching);
    bench.pass(2_000);
    bench.piece(fetching, 0);
    const asks = told('request', bench.have(bench.neighbour('a'), 10));
    expect(asks.map(({ message }) => message.index)).toEqual([4, 3, 2, 1]);
  });

  it('leaves out what the origin is about to bring: it would come twice', () => {
    const bench = new EngineBench();
    bench.swarm(1);
    const fetching = only(of('fetch', bench.demand(10).effects));
    bench.head(fetching);
    bench.pass(TUNING.originLeadMs * 0.4);
    bench.piece(fetching, 0);
    // At this rate pieces 1 and 2 are in within the lead, and piece 3 before the neighbour could bring it, too.
    const asks = told('request', bench.have(bench.neighbour('a', { uploadBps: 2 ** 20 }), 10));
    expect(asks.map(({ message }) => message.index)).toEqual([4]);
  });

  it('gives up on an overdue piece, and asks somebody else', () => {
    const bench = new EngineBench();
    const [a, b] = [bench.neighbour('a'), bench.neighbour('b')];
    bench.have(a, 10, [0]);
    const ask = only(told('request', bench.demand(10).effects));
    bench.have(b, 10, [0]);
    const effects = bench.pass(TUNING.minAskTimeoutMs + 10);
    expect(only(told('cancel', effects)).peer).toBe(ask.peer);
    expect(only(told('request', effects)).peer).toBe(b);
    expect(bench.state.neighbours.get(a)?.pace.windowPieces).toBe(1);
  });

  it('gives up after some seconds also on one whose pieces take ever longer', () => {
    const bench = new EngineBench();
    const a = bench.neighbour('a');
    bench.have(a, 10, [0]);
    let asks = told('request', bench.demand(10).effects);
    // Each comes just before it would be given up on, and so makes the next one's time longer: four times what they take on average.
    for (const [index, afterMs] of [900, 3_500, 3_900].entries()) {
      bench.pass(afterMs);
      bench.deliver(only(asks));
      asks = told('request', bench.have(a, 10, [index + 1]));
    }
    expect(bench.state.neighbours.get(a)?.pace.serviceMs).toBeGreaterThan(TUNING.mostAskTimeoutMs / 4);
    expect(told('cancel', bench.pass(TUNING.mostAskTimeoutMs - 10))).toEqual([]);
    expect(told('cancel', bench.pass(20)).length).toBe(1);
  });

  it('waits longer for a piece that comes behind what the origin has sent over a narrow line', () => {
    for (const [rateBps, aheadMs] of [[TUNING.originAheadBytes * 8, 1_000], [100_000, TUNING.mostOriginAheadMs]] as const) {
      const bench = new EngineBench();
      const fetching = only(of('fetch', bench.demand(10).effects));
      bench.head(fetching);
      bench.state = { ...bench.state, origin: { ...bench.state.origin, rateBps } };
      const [a, b] = [bench.neighbour('a'), bench.neighbour('b')];
      expect(told('request', [a, b].flatMap((peer) => bench.have(peer, 12, [0]))).length).withContext('read ahead').toBe(1);
      expect(told('cancel', bench.pass(TUNING.minAskTimeoutMs + aheadMs - 10))).withContext(`at ${rateBps} bit/s`).toEqual([]);
      expect(told('cancel', bench.pass(20)).length).withContext(`at ${rateBps} bit/s`).toBe(1);
    }
  });

  it('pauses and asks less of one who is busy, and asks others meanwhile', () => {
    const bench = new EngineBench();
    const [a, b] = [bench.neighbour('a'), bench.neighbour('b')];
    bench.have(a, 10, [0]);
    const ask = only(told('request', bench.demand(10).effects));
    bench.have(b, 10, [0]);
    const effects = bench.step({ type: 'declined', peer: a, requestId: ask.message.requestId, reason: 'busy' });
    expect(only(told('request', effects)).peer).toBe(b);
    expect(bench.state.neighbours.get(a)?.pace.windowPieces).toBe(TUNING.initialWindowPieces / 2);
  });

  it('takes all that a fast one declines of one burst for one sign, and does not let its line run dry', () => {
    const bench = new EngineBench();
    const a = bench.neighbour('a');
    for (const sequence of [10, 11, 12]) bench.have(a, sequence);
    const open = [...told('request', bench.demand(10).effects)];
    const deliver = (): void => {
      const next = open.shift();
      if (next) open.push(...told('request', bench.deliver(next)));
    };
    for (let delivered = 0; delivered < 3; delivered++) deliver();
    expect(open.length).toBe(TUNING.initialWindowPieces + 3);
    bench.nowMs += 20;
    for (const { message } of open.splice(-2)) bench.step({ type: 'declined', peer: a, requestId: message.requestId, reason: 'busy' });
    expect(bench.state.neighbours.get(a)?.pace.windowPieces).toBe((TUNING.initialWindowPieces + 3) / 2);
    // What still comes makes room for more, at once.
    for (let delivered = 0; delivered < 3; delivered++) deliver();
    expect(open.length).toBeGreaterThan(TUNING.initialWindowPieces);
  });

  it('live, asks a paused one for what it has told of meanwhile once the pause is over', () => {
    const bench = new EngineBench();
    bench.swarm(3);
    bench.play(0, { live: true });
    const a = bench.neighbour('a');
    const b = bench.neighbour('b');
    bench.have(a, 5, [0]);
    bench.have(b, 5, [1]);
    const { effects } = bench.demand(5);
    const ask = only(told('request', effects).filter(({ peer }) => peer === a));
    bench.step({ type: 'declined', peer: a, requestId: ask.message.requestId, reason: 'busy' });
    expect(told('request', bench.have(a, 5, [0, 2, 3]))).toEqual([]);
    const asked = told('request', bench.pass(TUNING.busyPauseMs));
    expect(new Set(asked.map(({ peer }) => peer))).toEqual(new Set([a]));
  });

  it('live, asks a paused one for what only it has, though nothing of it was missing when something else woke it', () => {
    const bench = new EngineBench();
    bench.swarm(4);
    bench.play(0, { live: true });
    const [a, b, c] = [bench.neighbour('a'), bench.neighbour('b'), bench.neighbour('c')];
    bench.have(a, 5, [0]);
    bench.have(c, 5, [1]);
    const [first, other] = told('request', bench.demand(5).effects).sort((one, two) => one.message.index - two.message.index);
    if (!first || !other) throw new RangeError('not both were asked');
    const isBusy = ({ peer, message }: Asking): Asking[] => told('request', bench.step({ type: 'declined', peer, requestId: message.requestId, reason: 'busy' }));
    isBusy(other);
    bench.pass(TUNING.busyPauseMs / 2);
    isBusy(first);
    expect(only(told('request', bench.have(b, 5, [0]))).peer).toBe(b);
    expect(only(told('request', bench.pass(TUNING.busyPauseMs / 2))).peer).toBe(c);
    expect(told('request', bench.have(a, 5, [0, 2, 3]))).toEqual([]);
    expect(indexesAt(a, told('request', bench.pass(TUNING.busyPauseMs / 2))).sort()).toEqual([2, 3]);
  });

  it('pauses when a busy one owes nothing', () => {
    const bench = new EngineBench();
    const a = bench.neighbour('a');
    bench.have(a, 10, [0]);
    const ask = only(told('request', bench.demand(10).effects));
    expect(told('request', bench.step({ type: 'declined', peer: a, requestId: ask.message.requestId, reason: 'busy' }))).toEqual([]);
    expect(told('request', bench.pass(TUNING.busyPauseMs + 1)).length).toBe(1);
  });

  it('pauses for longer each time in a row that one is busy, until a piece comes', () => {
    const bench = new EngineBench();
    const a = bench.neighbour('a');
    bench.have(a, 10, [0, 1]);
    const open = told('request', bench.demand(10).effects);
    const declineAll = (): void => {
      for (const { message } of open.splice(0)) bench.step({ type: 'declined', peer: a, requestId: message.requestId, reason: 'busy' });
    };
    const pausedMs = (): number => {
      const from = bench.nowMs;
      declineAll();
      while (open.length === 0 && bench.nowMs < from + 10_000) open.push(...told('request', bench.pass(1)));
      return bench.nowMs - from;
    };
    expect([pausedMs(), pausedMs(), pausedMs(), pausedMs()]).toEqual([1, 2, 4, 4].map((times) => TUNING.busyPauseMs * times));
    for (const request of open.splice(0)) open.push(...told('request', bench.deliver(request)));
    open.push(...told('request', bench.have(a, 11, [0])), ...told('request', bench.demand(11).effects));
    expect(pausedMs()).withContext('after a piece').toBe(TUNING.busyPauseMs);
  });

  it('believes one who misses a segment, or gives nothing', () => {
    const bench = new EngineBench();
    const a = bench.neighbour('a');
    bench.have(a, 10);
    bench.have(a, 30);
    const [ask] = told('request', bench.demand(10).effects);
    if (!ask) throw new RangeError('nothing asked');
    bench.step({ type: 'declined', peer: a, requestId: ask.message.requestId, reason: 'missing' });
    expect(bench.heldBy(a, 10)).toBeUndefined();
    expect(bench.heldBy(a, 30)).toBeDefined();
    const [requestId] = [...(bench.state.neighbours.get(a)?.asks.keys() ?? [])];
    bench.step({ type: 'declined', peer: a, requestId: requestId ?? 0, reason: 'off' });
    expect(bench.heldBy(a, 30)).toBeUndefined();
    expect(bench.state.neighbours.get(a)?.holdings).toBe(0);
  });

  it('stops asking one who never answers: the books are bounded', () => {
    const bench = new EngineBench();
    const a = bench.neighbour('a');
    let sequence = 1;
    for (let round = 0; round < 1.2 * TUNING.maxUnansweredAsks; round++) {
      bench.have(a, sequence);
      const { id } = bench.demand(sequence);
      bench.step({ type: 'demandAborted', id });
      sequence = (sequence % 140) + 1;
    }
    expect(bench.state.neighbours.get(a)?.asks.size).toBeLessThanOrEqual(TUNING.maxUnansweredAsks);
    expect(bench.state.neighbours.get(a)?.openAsks).toBe(0);
  });

  it('takes its requests back when the player no longer wants the segment', () => {
    const bench = new EngineBench();
    bench.have(bench.neighbour('a'), 10);
    const { effects, id } = bench.demand(10);
    const asked = told('request', effects).length;
    expect(told('cancel', bench.step({ type: 'demandAborted', id })).length).toBe(asked);
    expect(bench.state.segments.get(keyOf(10))?.asked.count).toBe(0);
  });

  it('goes on for one demand when another for the same segment is taken back', () => {
    const bench = new EngineBench();
    bench.have(bench.neighbour('a'), 10);
    const first = bench.demand(10);
    bench.demand(10);
    expect(bench.step({ type: 'demandAborted', id: first.id })).toEqual([]);
    expect(PIECES).toBe(5);
  });
});
