import { Bitfield } from '../model/index.ts';
import type { PeerId, SegmentKey } from '../model/index.ts';
import type { Draft } from './draft.ts';
import type { Holding, Neighbour, Stock } from './state.ts';

/**
 * What neighbours hold is filed by segment: nearly every decision asks who has pieces of one, of all
 * neighbours, and most of the time finds that nobody has any that are missing.
 */

const NONE: readonly Stock[] = [];

/** By the length that is told: of hostile peers, as many as there are neighbours. */
export function stocksOf(draft: Draft, key: SegmentKey): readonly Stock[] {
  return draft.stocks.get(key) ?? NONE;
}

/** What those hold that tell this length of the segment. */
export function stockOf(draft: Draft, key: SegmentKey, sizeBytes: number | undefined): Stock | undefined {
  const stocks = stocksOf(draft, key);
  // Nearly always there is one, so that this is no search.
  for (let place = 0; place < stocks.length; place++) if (stocks[place]?.sizeBytes === sizeBytes) return stocks[place];
  return undefined;
}

/** The stock of those that agree on the segment's length in the greatest number. */
export function mostToldOf(draft: Draft, key: SegmentKey): Stock | undefined {
  const [first, ...others] = stocksOf(draft, key);
  let most = first;
  for (const stock of others) if (most && stock.holdings.length > most.holdings.length) most = stock;
  return most;
}

/** What the neighbour holds, if it is one of these. */
export function holdingOf({ holdings, numbers }: Stock, { number }: Neighbour): Holding | undefined {
  const place = placeOf(numbers, number);
  return numbers[place] === number ? holdings[place] : undefined;
}

/** Goes through those whose stock it is, in the order in which they have come. */
export function forEachHolder(draft: Draft, { holdings, numbers }: Stock, visit: (neighbour: Neighbour, holding: Holding) => void): void {
  // Both are in the order of the neighbours' numbers: to look each of them up would be most of what this costs.
  const neighbours = draft.neighbours.current.values();
  let place = 0;
  for (let at = 0; at < holdings.length; at++) {
    const number = numbers[at] as number;
    while ((neighbours[place]?.number ?? Infinity) < number) place++;
    const neighbour = neighbours[place];
    if (neighbour?.number === number) visit(neighbour, holdings[at] as Holding);
  }
}

/** What the neighbour holds of the segment, at whatever length it tells. */
export function anyHoldingOf(draft: Draft, key: SegmentKey, neighbour: Neighbour): Holding | undefined {
  for (const stock of stocksOf(draft, key)) {
    const holding = holdingOf(stock, neighbour);
    if (holding) return holding;
  }
  return undefined;
}

/** Notes what the neighbour holds now, in place of what it held at this length, or at another. */
export function fileHolding(draft: Draft, key: SegmentKey, sizeBytes: number, { number }: Neighbour, holding: Holding): void {
  const stocks = stocksOf(draft, key);
  const stock = stockOf(draft, key, sizeBytes);
  const filed = stock ? withHolding(stock, number, holding) : { sizeBytes, pieces: holding.pieces, numbers: [number], holdings: [holding] };
  const others = stock && stocks.length === 1 ? NONE : withoutNumber(stocks, number, sizeBytes);
  draft.stocks = draft.stocks.with(key, [...others, filed]);
}

/** The neighbour does not hold these segments (any more). */
export function forgetHoldings(draft: Draft, peer: PeerId, keys: readonly SegmentKey[]): void {
  const neighbour = draft.neighbours.get(peer);
  if (!neighbour) return;
  const changes = new Map<SegmentKey, readonly Stock[] | undefined>();
  for (const key of keys) {
    if (!anyHoldingOf(draft, key, neighbour)) continue;
    const left = withoutNumber(stocksOf(draft, key), neighbour.number);
    changes.set(key, left.length > 0 ? left : undefined);
  }
  if (changes.size === 0) return;
  draft.stocks = draft.stocks.changed(changes);
  const edited = draft.neighbours.edit(peer);
  if (edited) edited.holdings -= changes.size;
}

function withHolding(stock: Stock, number: number, holding: Holding): Stock {
  const { numbers, sizeBytes } = stock;
  const place = placeOf(numbers, number);
  const isKnown = numbers[place] === number;
  const holdings = stock.holdings.slice();
  if (isKnown) holdings[place] = holding;
  else holdings.splice(place, 0, holding);
  const pieces = stock.pieces.union(holding.pieces);
  return { sizeBytes, pieces, numbers: isKnown ? numbers : [...numbers.slice(0, place), number, ...numbers.slice(place)], holdings };
}

/** @param exceptBytes the stock of this length is left out. */
function withoutNumber(stocks: readonly Stock[], number: number, exceptBytes?: number): Stock[] {
  const left: Stock[] = [];
  for (const stock of stocks) {
    if (stock.sizeBytes === exceptBytes) continue;
    const { numbers, pieces, sizeBytes } = stock;
    const gone = placeOf(numbers, number);
    if (numbers[gone] !== number) left.push(stock);
    else if (numbers.length > 1) {
      const holdings = stock.holdings.filter((_, place) => place !== gone);
      left.push({ sizeBytes, pieces: unionOf(holdings, pieces.length), numbers: numbers.filter((_, place) => place !== gone), holdings });
    }
  }
  return left;
}

function unionOf(holdings: readonly Holding[], length: number): Bitfield {
  return holdings.reduce((union, { pieces }) => union.union(pieces), Bitfield.empty(length));
}

/** Where the number is, or would be. */
function placeOf(numbers: readonly number[], number: number): number {
  let low = 0;
  let high = numbers.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((numbers[middle] ?? Infinity) < number) low = middle + 1;
    else high = middle;
  }
  return low;
}
