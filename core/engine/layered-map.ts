/** Changes that are kept apart before all is copied. */
const MAX_RECENT = 32;

const GONE = Symbol('no longer in the map');

/** By key, what is new, or `undefined` for what is gone. */
export type Changes<Key, Value> = ReadonlyMap<Key, Value | undefined>;

/**
 * An immutable map that is cheap to change however much it holds: a change copies only what changed
 * lately. For what a film of hours makes long: segments, and what each neighbour holds of them.
 */
export class LayeredMap<Key, Value extends object> {
  private constructor(
    private readonly settled: ReadonlyMap<Key, Value>,
    /** What differs from `settled`. */
    private readonly recent: ReadonlyMap<Key, Value | typeof GONE>,
    readonly size: number,
  ) {}

  static empty<Key, Value extends object>(): LayeredMap<Key, Value> {
    return new LayeredMap<Key, Value>(new Map(), new Map(), 0);
  }

  get(key: Key): Value | undefined {
    const value = this.recent.get(key) ?? this.settled.get(key);
    return value === GONE ? undefined : value;
  }

  has(key: Key): boolean {
    return this.get(key) !== undefined;
  }

  *[Symbol.iterator](): Generator<[Key, Value]> {
    for (const entry of this.settled) if (!this.recent.has(entry[0])) yield entry;
    for (const [key, value] of this.recent) if (value !== GONE) yield [key, value];
  }

  *values(): Generator<Value> {
    for (const [, value] of this) yield value;
  }

  with(key: Key, value: Value): LayeredMap<Key, Value> {
    return this.changed(new Map([[key, value]]));
  }

  without(key: Key): LayeredMap<Key, Value> {
    return this.has(key) ? this.changed(new Map([[key, undefined]])) : this;
  }

  changed(changes: Changes<Key, Value>): LayeredMap<Key, Value> {
    if (changes.size === 0) return this;
    const recent = new Map(this.recent);
    let size = this.size;
    for (const [key, value] of changes) {
      size += (value ? 1 : 0) - (this.has(key) ? 1 : 0);
      recent.set(key, value ?? GONE);
    }
    if (recent.size <= MAX_RECENT) return new LayeredMap(this.settled, recent, size);
    const settled = new Map(this.settled);
    for (const [key, value] of recent) {
      if (value === GONE) settled.delete(key);
      else settled.set(key, value);
    }
    return new LayeredMap<Key, Value>(settled, new Map(), size);
  }
}
