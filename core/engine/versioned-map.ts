/** By key, what is new, or `undefined` for what is gone. */
export type Changes<Key, Value> = ReadonlyMap<Key, Value | undefined>;

/**
 * An immutable map of which a new version costs little: every event makes a new state. Its values lie
 * in an array, of which each version has its own copy: as long as the map is no longer than some
 * hundred entries, that is quicker than anything cleverer, going through it is quickest, and a
 * version that is gone leaves nothing behind (versions that knew their successors kept each
 * collection of garbage busy: a tenth of a simulation's time). The keys, and where each one's value
 * lies, are shared by all versions until something is taken out, which costs a copy.
 */
export class VersionedMap<Key, Value extends object | string> {
  // Hidden also from those who walk over the state: what is shared grows, what a version says never changes.
  /** In order of their values; newer versions may have more. */
  readonly #keys: Key[];
  /** Absent in a map of few: looking through its keys is quicker, and a `Map` the most that it would be made of. */
  readonly #places: Map<Key, number> | undefined;
  readonly #values: readonly Value[];

  private constructor(keys: Key[], places: Map<Key, number> | undefined, values: readonly Value[]) {
    this.#keys = keys;
    this.#places = places;
    this.#values = values;
  }

  static empty<Key, Value extends object | string>(): VersionedMap<Key, Value> {
    return new VersionedMap<Key, Value>([], undefined, []);
  }

  static of<Key, Value extends object | string>(entries: Iterable<readonly [Key, Value]>): VersionedMap<Key, Value> {
    const map = new Map(entries);
    const keys = [...map.keys()];
    return new VersionedMap<Key, Value>(keys, placesOf(keys), [...map.values()]);
  }

  get size(): number {
    return this.#values.length;
  }

  get(key: Key): Value | undefined {
    const place = this.#placeOf(key);
    // A newer version's place is beyond the end of these.
    return place === undefined ? undefined : this.#values[place];
  }

  #placeOf(key: Key): number | undefined {
    if (this.#places) return this.#places.get(key);
    for (let place = 0; place < this.#values.length; place++) if (this.#keys[place] === key) return place;
    return undefined;
  }

  has(key: Key): boolean {
    return this.get(key) !== undefined;
  }

  *[Symbol.iterator](): Generator<[Key, Value]> {
    for (const [place, value] of this.#values.entries()) yield [this.#keys[place] as Key, value];
  }

  /** Those of this version, whatever newer ones are made while they are gone through. */
  values(): readonly Value[] {
    return this.#values;
  }

  keys(): readonly Key[] {
    return this.#keys.slice(0, this.size);
  }

  with(key: Key, value: Value): VersionedMap<Key, Value> {
    const place = this.#placeOf(key);
    if (place === undefined || place >= this.size) return this.withMore(key, value);
    const values = this.#values.slice();
    values[place] = value;
    return new VersionedMap(this.#keys, this.#places, values);
  }

  without(key: Key): VersionedMap<Key, Value> {
    return this.has(key) ? this.keeping((other) => other !== key) : this;
  }

  changed(changes: Changes<Key, Value>): VersionedMap<Key, Value> {
    const entries = new Map(this);
    for (const [key, value] of changes) {
      if (value === undefined) entries.delete(key);
      else entries.set(key, value);
    }
    return VersionedMap.of(entries);
  }

  private keeping(isKept: (key: Key) => boolean): VersionedMap<Key, Value> {
    const keys: Key[] = [];
    const values: Value[] = [];
    this.#values.forEach((value, place) => {
      const key = this.#keys[place] as Key;
      if (!isKept(key)) return;
      keys.push(key);
      values.push(value);
    });
    return new VersionedMap(keys, placesOf(keys), values);
  }

  private withMore(key: Key, value: Value): VersionedMap<Key, Value> {
    // Only one version can share what it knows of its keys with one that has more.
    const isShared = this.#keys.length === this.size;
    const keys = isShared ? this.#keys : this.#keys.slice(0, this.size);
    const places = isShared ? this.#places : placesOf(keys);
    places?.set(key, keys.length);
    keys.push(key);
    return new VersionedMap(keys, places ?? placesOf(keys), [...this.#values, value]);
  }
}

/** Up to so many entries a map is one of few. */
const FEW = 12;

function placesOf<Key>(keys: readonly Key[]): Map<Key, number> | undefined {
  if (keys.length <= FEW) return undefined;
  const places = new Map<Key, number>();
  for (const key of keys) places.set(key, places.size);
  return places;
}
