import type { State } from '../../core/engine/index.ts';
import * as TUNING from '../../core/engine/tuning.ts';
import { Bitfield, pieceBytes, pieceCount } from '../../core/model/index.ts';
import type { PeerId } from '../../core/model/index.ts';

/** @returns what is wrong with the state's books, in words; nothing is ever to be. */
export function wrongIn(state: State): string[] {
  const wrong: string[] = [];
  const expect = (holds: boolean, what: string): void => {
    if (!holds) wrong.push(what);
  };
  const held = holdingsByPeer(state, expect);
  let asks = 0;
  let askedBytes = 0;
  let uploads = 0;
  const asked = new Map<string, number>();
  let uploadBytes = 0;
  let bufferedBytes = 0;
  for (const { asks: asksOfOne, bufferedBytes: ofOneBytes, holdings, openAsks, peer, queue } of state.neighbours.values()) {
    let open = 0;
    for (const ask of asksOfOne.values()) {
      if (ask.cancelled) continue;
      open++;
      askedBytes += ask.bytes;
      const piece = `${ask.segment} ${ask.index}`;
      asked.set(piece, (asked.get(piece) ?? 0) + 1);
    }
    expect(open === openAsks, `${peer}: ${openAsks} open asks said, ${open} there`);
    expect(asksOfOne.size <= TUNING.maxUnansweredAsks, `${peer}: ${asksOfOne.size} asks`);
    expect(holdings <= TUNING.maxHoldingsPerNeighbour, `${peer}: ${holdings} holdings`);
    expect(holdings === (held.get(peer) ?? 0), `${peer}: ${holdings} holdings said, ${held.get(peer)} filed`);
    asks += open;
    uploads += queue.length;
    for (const { bytes } of queue) uploadBytes += bytes;
    bufferedBytes += ofOneBytes;
    expect(queue.length <= TUNING.maxWindowPieces, `${peer}: a queue of ${queue.length}`);
  }
  expect(asks === state.open.asks, `${state.open.asks} open asks said in all, ${asks} there`);
  expect(askedBytes === state.open.askedBytes, `${state.open.askedBytes} bytes said to be asked for, ${askedBytes} are`);
  expect(uploads === state.open.uploads, `${state.open.uploads} uploads said to wait, ${uploads} there`);
  expect(uploadBytes === state.open.uploadBytes, `${state.open.uploadBytes} bytes said to wait, ${uploadBytes} there`);
  expect(bufferedBytes === state.open.bufferedBytes, `${state.open.bufferedBytes} bytes said to be in links, ${bufferedBytes} there`);
  expect((state.open.sending > 0) === [...state.neighbours.values()].some((one) => one.bufferedBytes > 0), `${state.open.sending} links said to send`);
  const demanded = new Set([...state.demands.values()].map(({ segment }) => segment));
  let cacheBytes = 0;
  let askedPieces = 0;
  for (const [key, segment] of state.segments) {
    const { own, sizeBytes } = segment;
    expect(key === segment.key, `${key} is filed under ${segment.key}`);
    expect((own === undefined) === (sizeBytes === undefined), `${key}: own without a size`);
    if (own && sizeBytes !== undefined) {
      expect(own.length === pieceCount(sizeBytes), `${key}: ${own.length} pieces of ${sizeBytes} bytes`);
      for (const index of own.indexes()) cacheBytes += pieceBytes(sizeBytes, index);
    }
    for (const index of segment.broughtBy.keys()) expect(own?.has(index) === true, `${key}: piece ${index} was brought, and is not held`);
    for (const index of segment.asked.indexes()) {
      askedPieces++;
      const count = segment.askedTwice.has(index) ? 2 : 1;
      expect(count === asked.get(`${key} ${index}`), `${key}: piece ${index} asked ${count} times, open ${asked.get(`${key} ${index}`)}`);
    }
    expect(segment.asked.hasAll(segment.askedTwice), `${key}: pieces asked twice, and not once`);
    expect(!segment.verified || own?.isFull === true, `${key}: verified, and not whole`);
    // Its last piece is in, and only its end is to come.
    const ends = segment.fetch && own && segment.fetch.nextPiece >= Math.min(segment.fetch.endPiece, own.length);
    expect(!segment.fetch || ends === true || demanded.has(key), `${key}: fetched, and not demanded`);
  }
  expect(asked.size === askedPieces, `${asked.size} pieces asked of neighbours, ${askedPieces} in the segments' books`);
  expect(cacheBytes === state.counters.cacheBytes, `${state.counters.cacheBytes} bytes said to be cached, ${cacheBytes} there`);
  expect(state.segments.size <= TUNING.maxSegments + demanded.size + state.index.size, `${state.segments.size} segments`);
  return wrong;
}

/** Looks over what neighbours hold. @returns of how many segments each has pieces. */
function holdingsByPeer({ neighbours, stocks: all }: State, expect: (holds: boolean, what: string) => void): Map<PeerId, number> {
  const held = new Map<PeerId, number>();
  for (const [key, stocks] of all) {
    expect(stocks.length > 0, `${key}: no stock`);
    expect(new Set(stocks.map(({ sizeBytes }) => sizeBytes)).size === stocks.length, `${key}: several stocks of one length`);
    for (const { holdings, numbers, pieces, sizeBytes } of stocks) {
      let union = Bitfield.empty(pieceCount(sizeBytes));
      expect(numbers.length === holdings.length, `${key}: ${numbers.length} numbers of ${holdings.length} holders`);
      holdings.forEach(({ peer, pieces: theirs }, place) => {
        union = union.union(theirs);
        held.set(peer, (held.get(peer) ?? 0) + 1);
        expect(neighbours.get(peer)?.number === numbers[place], `${key}: held by ${peer}, who is no such neighbour`);
        expect((numbers[place] ?? 0) > (numbers[place - 1] ?? 0), `${key}: holdings are out of order`);
      });
      expect(holdings.length > 0, `${key}: an empty stock`);
      expect(union.hasAll(pieces) && pieces.hasAll(union), `${key}: the pieces of a stock are others than its neighbours'`);
    }
  }
  return held;
}
