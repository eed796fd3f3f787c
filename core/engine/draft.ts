import type { DemandId, PeerId, SegmentKey } from '../model/index.ts';
import type { Effect } from './effects.ts';
import type { VersionedMap } from './versioned-map.ts';
import { newSegmentState } from './state.ts';
import type { Counters, Demand, Neighbour, SegmentState, State } from './state.ts';

type Writable<T> = { -readonly [Member in keyof T]: T[Member] };

/** A segment's state that may be written to. */
export type SegmentDraft = Writable<SegmentState>;

/** A neighbour that may be written to. */
export type NeighbourDraft = Writable<Neighbour>;

/** A map of the next state in the making: each entry is copied the first time it is written to. */
class MapDraft<Key, Value extends object, Edit extends Value> {
  /** As it is at this moment. */
  current: VersionedMap<Key, Value>;
  /** The last copy that was made: most decisions write to one entry, several times. */
  private lastKey: Key | undefined;
  private lastEdit: Edit | undefined;

  constructor(
    private readonly base: VersionedMap<Key, Value>,
    private readonly clone: (value: Value) => Edit,
  ) {
    this.current = base;
  }

  get size(): number {
    return this.current.size;
  }

  get(key: Key): Value | undefined {
    return this.current.get(key);
  }

  edit(key: Key): Edit | undefined {
    if (key === this.lastKey) return this.lastEdit;
    const value = this.current.get(key);
    if (value === undefined) return undefined;
    // What is not the base's is a copy that was made here: it may be written to.
    return this.current !== this.base && this.base.get(key) !== value ? (value as Edit) : this.set(key, value);
  }

  set(key: Key, value: Value): Edit {
    const edit = this.clone(value);
    this.current = this.current.with(key, edit);
    this.lastKey = key;
    this.lastEdit = edit;
    return edit;
  }

  delete(key: Key): void {
    if (key === this.lastKey) this.lastKey = undefined;
    this.current = this.current.without(key);
  }

  /** The entries of this moment: more may be made, and some deleted, while they are gone through. */
  values(): readonly Value[] {
    return this.current.values();
  }
}

const cloneSegment = (segment: SegmentState): SegmentDraft => ({ ...segment });
const cloneNeighbour = (neighbour: Neighbour): NeighbourDraft => ({ ...neighbour });
const cloneDemand = (demand: Demand): Demand => ({ ...demand });

/**
 * The next state in the making. Rooms of the engine read and edit it as if in place; the state it
 * was made from stays as it was, and what nobody touched is shared between the two.
 */
export class Draft {
  readonly effects: Effect[] = [];
  /** Segments that the neighbours were told of, and that are no longer held. */
  readonly lost: SegmentKey[] = [];
  /** The earliest moment at which something is due without a further event. */
  wakeAtMs = Infinity;

  readonly segments: MapDraft<SegmentKey, SegmentState, SegmentDraft>;
  readonly neighbours: MapDraft<PeerId, Neighbour, NeighbourDraft>;
  readonly demands: MapDraft<DemandId, Demand, Demand>;

  policy: State['policy'];
  swarm: State['swarm'];
  playback: State['playback'];
  listed: State['listed'];
  index: State['index'];
  departed: State['departed'];
  stocks: State['stocks'];
  open: Writable<State['open']>;
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
    this.segments = new MapDraft(base.segments, cloneSegment);
    this.neighbours = new MapDraft(base.neighbours, cloneNeighbour);
    this.demands = new MapDraft(base.demands, cloneDemand);
    this.policy = base.policy;
    this.swarm = base.swarm;
    this.playback = base.playback;
    this.listed = base.listed;
    this.index = base.index;
    this.departed = base.departed;
    this.stocks = base.stocks;
    this.open = { ...base.open };
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
      segments: this.segments.current,
      demands: this.demands.current,
      neighbours: this.neighbours.current,
      stocks: this.stocks,
      open: this.open,
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
