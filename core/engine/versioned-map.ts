/** By key, what is new, or `undefined` for what is gone. */
export type Changes<Key, Value> = ReadonlyMap<Key, Value | undefined>;

/** How an earlier version differs from the one that was made of it: by this one entry. */
interface Difference<Key, Value extends object | string> {
  readonly key: Key;
  /** What the earlier version has there; `undefined`: nothing. */
  readonly value: Value | undefined;
  readonly since: VersionedMap<Key, Value>;
}

/**
 * An immutable map of which a new version costs next to nothing, however much it holds: every event
 * makes a new state, of which nearly always only the newest is looked at. The newest version has the
 * entries; an earlier one has a difference to its successor, and takes the entries back, one
 * difference after the other, when somebody does look at it (persistent arrays after Baker 1978:
 * "Shallow binding in LISP 1.5"). What is gone costs a copy: that is rare, and the order of the rest
 * is the same in every version.
 */
export class VersionedMap<Key, Value extends object | string> {
  // Hidden also from those who walk over the state: what a version holds changes, what it says never does.
  #entries: Map<Key, Value> | undefined;
  #difference: Difference<Key, Value> | undefined;

  private constructor(entries: Map<Key, Value>) {
    this.#entries = entries;
  }

  static empty<Key, Value extends object | string>(): VersionedMap<Key, Value> {
    return new VersionedMap<Key, Value>(new Map());
  }

  static of<Key, Value extends object | string>(entries: Iterable<readonly [Key, Value]>): VersionedMap<Key, Value> {
    return new VersionedMap<Key, Value>(new Map(entries));
  }

  get size(): number {
    return this.current().size;
  }

  get(key: Key): Value | undefined {
    return this.current().get(key);
  }

  has(key: Key): boolean {
    return this.current().has(key);
  }

  [Symbol.iterator](): MapIterator<[Key, Value]> {
    return this.current()[Symbol.iterator]();
  }

  /** While they are gone through, entries may be replaced in newer versions: those to come are then the newer ones. */
  values(): MapIterator<Value> {
    return this.current().values();
  }

  keys(): MapIterator<Key> {
    return this.current().keys();
  }

  with(key: Key, value: Value): VersionedMap<Key, Value> {
    const entries = this.current();
    const newer = new VersionedMap(entries);
    this.#difference = { key, value: entries.get(key), since: newer };
    this.#entries = undefined;
    entries.set(key, value);
    return newer;
  }

  without(key: Key): VersionedMap<Key, Value> {
    return this.has(key) ? this.changed(new Map([[key, undefined]])) : this;
  }

  changed(changes: Changes<Key, Value>): VersionedMap<Key, Value> {
    if (changes.size === 0) return this;
    const entries = new Map(this.current());
    for (const [key, value] of changes) {
      if (value === undefined) entries.delete(key);
      else entries.set(key, value);
    }
    return new VersionedMap(entries);
  }

  private current(): Map<Key, Value> {
    return this.#entries ?? this.takeBack();
  }

  private get entries(): Map<Key, Value> | undefined {
    return this.#entries;
  }

  private get successor(): VersionedMap<Key, Value> | undefined {
    const difference = this.#difference;
    return difference?.since;
  }

  /** Undoes what newer versions have changed; they have the differences from here on. */
  private takeBack(): Map<Key, Value> {
    // Not by recursion: a version that was kept for long is thousands of differences away.
    const path: VersionedMap<Key, Value>[] = [this];
    for (let newer = this.successor; newer; newer = newer.successor) path.push(newer);
    const entries = path.pop()?.entries ?? new Map<Key, Value>();
    for (let older = path.pop(); older; older = path.pop()) {
      const difference = older.#difference;
      if (!difference) continue;
      const { key, since, value } = difference;
      since.#difference = { key, value: entries.get(key), since: older };
      since.#entries = undefined;
      if (value === undefined) entries.delete(key);
      else entries.set(key, value);
      older.#entries = entries;
      older.#difference = undefined;
    }
    return entries;
  }
}
