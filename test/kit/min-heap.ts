/** What a heap orders by: `rank`, and among equals the order in which they were made. */
export interface Ranked {
  readonly rank: number;
  readonly serial: number;
}

/** A binary heap. All ways through it are deterministic, because no two items are equal. */
export class MinHeap<Item extends Ranked> {
  private items: Item[] = [];

  get size(): number {
    return this.items.length;
  }

  peek(): Item | undefined {
    return this.items[0];
  }

  push(item: Item): void {
    const { items } = this;
    let place = items.length;
    items.push(item);
    while (place > 0) {
      const parentPlace = (place - 1) >> 1;
      const parent = items[parentPlace];
      if (parent === undefined || comesBefore(parent, item)) break;
      items[place] = parent;
      place = parentPlace;
    }
    items[place] = item;
  }

  pop(): Item | undefined {
    const first = this.items[0];
    const last = this.items.pop();
    if (last !== undefined && last !== first) this.sink(last, 0);
    return first;
  }

  /** Keeps the items that `keep` holds for, in linear time. */
  retain(keep: (item: Item) => boolean): void {
    this.items = this.items.filter(keep);
    for (let place = (this.items.length >> 1) - 1; place >= 0; place--) {
      const item = this.items[place];
      if (item !== undefined) this.sink(item, place);
    }
  }

  private sink(item: Item, from: number): void {
    const { items } = this;
    let place = from;
    for (;;) {
      let childPlace = 2 * place + 1;
      let child = items[childPlace];
      if (child === undefined) break;
      const other = items[childPlace + 1];
      if (other !== undefined && comesBefore(other, child)) {
        child = other;
        childPlace++;
      }
      if (comesBefore(item, child)) break;
      items[place] = child;
      place = childPlace;
    }
    items[place] = item;
  }
}

function comesBefore(one: Ranked, other: Ranked): boolean {
  return one.rank < other.rank || (one.rank === other.rank && one.serial < other.serial);
}
