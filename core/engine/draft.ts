import type { DemandId, PeerId, SegmentKey } from '../model/index.ts';
import type { Effect } from './effects.ts';
import type { LayeredMap } from './layered-map.ts';
import { newSegmentState } from './state.ts';
import type { Ask, Counters, Demand, Neighbour, SegmentState, State } from './state.ts';

type Writable<T> = { -readonly [Member in keyof T]: T[Member] };

/** A segment's state that may be written to, with its own copies of the small maps. */
export type SegmentDraft = Writable<SegmentState> & {
  asked: Map<number, number>;
  broughtBy: Map<number, PeerId>;
};

/** A neighbour that may be written to. `holdings` is large: replace it rather than copy it on every event. */
export type NeighbourDraft = Writable<Neighbour> & { asks: Map<number, Ask> };

/** A map that copies itself, and each entry, the first time it is written to. */
class MapDraft<Key, Value extends object, Edit extends Value> {
  private copy: Map<Key, Value> | undefined;
  private edited: Map<Key, Edit> | undefined;

  constructor(
    private readonly base: ReadonlyMap<Key, Value>,
    private readonly clone: (value: Value) => Edit,
  ) {}

  get current(): ReadonlyMap<Key, Value> {
    return this.copy ?? this.base;
  }

  get(key: Key): Value | undefined {
    return this.current.get(key);
  }

  edit(key: Key): Edit | undefined {
    const known = this.edited?.get(key);
    if (known) return known;
    const value = this.current.get(key);
    return value && this.set(key, value);
  }

  set(key: Key, value: Value): Edit {
    const edit = this.clone(value);
    (this.edited ??= new Map()).set(key, edit);
    this.writable().set(key, edit);
    return edit;
  }

  delete(key: Key): void {
    if (!this.current.has(key)) return;
    this.edited?.delete(key);
    this.writable().delete(key);
  }

  private writable(): Map<Key, Value> {
    return (this.copy ??= new Map(this.base));
  }
}

/** The same for a `LayeredMap`. */
class LayeredDraft<Key, Value extends object, Edit extends Value> {
  private readonly edits = new Map<Key, Edit | undefined>();

  constructor(
    private readonly base: LayeredMap<Key, Value>,
    private readonly clone: (value: Value) => Edit,
  ) {}

  get size(): number {
    let size = this.base.size;
    for (const [key, edit] of this.edits) size += (edit ? 1 : 0) - (this.base.has(key) ? 1 : 0);
    return size;
  }

  get(key: Key): Value | undefined {
    return this.edits.get(key) ?? (this.edits.has(key) ? undefined : this.base.get(key));
  }

  /** As they are at this moment: they may be edited, and deleted, meanwhile. */
  values(): Value[] {
    const values: Value[] = [];
    for (const [key, value] of this.base) if (!this.edits.has(key)) values.push(value);
    for (const edit of this.edits.values()) if (edit) values.push(edit);
    return values;
  }

  edit(key: Key): Edit | undefined {
    const known = this.edits.get(key);
    if (known) return known;
    const value = this.get(key);
    return value && this.set(key, value);
  }

  set(key: Key, value: Value): Edit {
    const edit = this.clone(value);
    this.edits.set(key, edit);
    return edit;
  }

  delete(key: Key): void {
    if (this.get(key)) this.edits.set(key, undefined);
  }

  finish(): LayeredMap<Key, Value> {
    return this.base.changed(this.edits);
  }
}

/**
 * The next state in the making. Rooms of the engine read and edit it as if in place; the state it
 * was made from stays as it was, and what nobody touched is shared between the two.
 */
export class Draft {
  readonly effects: Effect[] = [];
  /** Segments that the neighbours were told of, and that are no longer held. */
  readonly lost = new Set<SegmentKey>();
  /** The earliest moment at which something is due without a further event. */
  wakeAtMs = Infinity;

  readonly segments: LayeredDraft<SegmentKey, SegmentState, SegmentDraft>;
  readonly neighbours: MapDraft<PeerId, Neighbour, NeighbourDraft>;
  readonly demands: MapDraft<DemandId, Demand, Demand>;

  policy: State['policy'];
  swarm: State['swarm'];
  playback: State['playback'];
  listed: State['listed'];
  index: State['index'];
  departed: State['departed'];
  origin: State['origin'];
  upload: State['upload'];
  download: State['download'];
  frontier: State['frontier'];
  untold: State['untold'];
  trackRates: State['trackRates'];
  serial: State['serial'];
  private editedCounters: Writable<Counters> | undefined;

  constructor(
    private readonly base: State,
    readonly nowMs: number,
  ) {
    this.segments = new LayeredDraft(base.segments, (segment) => ({
      ...segment,
      asked: new Map(segment.asked),
      broughtBy: new Map(segment.broughtBy),
    }));
    this.neighbours = new MapDraft(base.neighbours, (neighbour) => ({
      ...neighbour,
      asks: new Map(neighbour.asks),
    }));
    this.demands = new MapDraft(base.demands, (demand) => ({ ...demand }));
    this.policy = base.policy;
    this.swarm = base.swarm;
    this.playback = base.playback;
    this.listed = base.listed;
    this.index = base.index;
    this.departed = base.departed;
    this.origin = base.origin;
    this.upload = base.upload;
    this.download = base.download;
    this.frontier = base.frontier;
    this.untold = base.untold;
    this.trackRates = base.trackRates;
    this.serial = base.serial;
  }

  get self(): PeerId {
    return this.base.self;
  }

  get counters(): Counters {
    return this.editedCounters ?? this.base.counters;
  }

  count(counter: keyof Counters, by: number): void {
    this.editedCounters ??= { ...this.base.counters };
    this.editedCounters[counter] += by;
  }

  /** The segment's state for editing; made if nothing was known of it. */
  segment(key: SegmentKey): SegmentDraft {
    return this.segments.edit(key) ?? this.segments.set(key, newSegmentState(key));
  }

  /** Whether the player waits for the segment. */
  isDemanded(key: SegmentKey): boolean {
    for (const demand of this.demands.current.values()) if (demand.segment === key) return true;
    return false;
  }

  nextSerial(): number {
    // Request ids travel as unsigned 32-bit.
    this.serial = (this.serial + 1) >>> 0;
    return this.serial;
  }

  emit(effect: Effect): void {
    this.effects.push(effect);
  }

  wakeBy(atMs: number): void {
    if (atMs < this.wakeAtMs) this.wakeAtMs = atMs;
  }

  /** The state that this draft has become. */
  finish(): State {
    return {
      self: this.base.self,
      policy: this.policy,
      swarm: this.swarm,
      playback: this.playback,
      listed: this.listed,
      index: this.index,
      departed: this.departed,
      segments: this.segments.finish(),
      demands: this.demands.current,
      neighbours: this.neighbours.current,
      origin: this.origin,
      upload: this.upload,
      download: this.download,
      counters: this.counters,
      frontier: this.frontier,
      untold: this.untold,
      trackRates: this.trackRates,
      serial: this.serial,
    };
  }
}

/** @returns a copy of `map` with the entry set. */
export function withEntry<Key, Value>(map: ReadonlyMap<Key, Value>, key: Key, value: Value): Map<Key, Value> {
  return new Map(map).set(key, value);
}
