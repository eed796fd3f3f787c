/** Children of one place: wide heaps are shallow, and siblings lie together in memory. */
const WIDTH = 4;

/**
 * A priority queue: lowest rank first, and among equal ranks first come, first served, so that its
 * order is the same in every run. Ranks lie in an array of their own: with 100,000 items most of the
 * time would go into fetching the items to compare them.
 */
export class MinHeap<Item> {
  private ranks: number[] = [];
  private serials: number[] = [];
  private items: Item[] = [];
  private nextSerial = 0;

  get size(): number {
    return this.items.length;
  }

  /** Infinity when there is none. */
  get lowestRank(): number {
    return this.ranks[0] ?? Infinity;
  }

  peek(): Item | undefined {
    return this.items[0];
  }

  push(rank: number, item: Item): void {
    const serial = this.nextSerial++;
    const { ranks } = this;
    let place = this.items.length;
    this.put(place, rank, serial, item);
    while (place > 0) {
      const parent = Math.floor((place - 1) / WIDTH);
      // An equal rank has come before.
      if ((ranks[parent] as number) <= rank) break;
      this.move(parent, place);
      place = parent;
    }
    this.put(place, rank, serial, item);
  }

  pop(): Item | undefined {
    const first = this.items[0];
    const rank = this.ranks.pop();
    const serial = this.serials.pop();
    const item = this.items.pop();
    if (this.items.length > 0) this.sink(0, rank as number, serial as number, item as Item);
    return first;
  }

  /** Keeps the items that `keep` holds for, in linear time. */
  retain(keep: (item: Item) => boolean): void {
    const { items, ranks, serials } = this;
    this.items = items.filter(keep);
    this.ranks = ranks.filter((_, place) => keep(items[place] as Item));
    this.serials = serials.filter((_, place) => keep(items[place] as Item));
    for (let place = Math.floor((this.items.length - 2) / WIDTH); place >= 0; place--) {
      this.sink(place, this.ranks[place] as number, this.serials[place] as number, this.items[place] as Item);
    }
  }

  /** Puts an item where it belongs, at `place` or below. */
  private sink(from: number, rank: number, serial: number, item: Item): void {
    const { ranks, serials } = this;
    const length = this.items.length;
    let place = from;
    for (;;) {
      const firstChild = place * WIDTH + 1;
      if (firstChild >= length) break;
      const endChild = Math.min(firstChild + WIDTH, length);
      let lowest = firstChild;
      let lowestRank = ranks[firstChild] as number;
      for (let child = firstChild + 1; child < endChild; child++) {
        const childRank = ranks[child] as number;
        if (childRank < lowestRank || (childRank === lowestRank && (serials[child] as number) < (serials[lowest] as number))) {
          lowest = child;
          lowestRank = childRank;
        }
      }
      if (rank < lowestRank || (rank === lowestRank && serial < (serials[lowest] as number))) break;
      this.move(lowest, place);
      place = lowest;
    }
    this.put(place, rank, serial, item);
  }

  private move(from: number, to: number): void {
    this.put(to, this.ranks[from] as number, this.serials[from] as number, this.items[from] as Item);
  }

  private put(place: number, rank: number, serial: number, item: Item): void {
    this.ranks[place] = rank;
    this.serials[place] = serial;
    this.items[place] = item;
  }
}
