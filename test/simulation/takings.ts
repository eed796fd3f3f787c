import { addFrames, noFrames } from './frame-counts.ts';
import type { FrameCounts } from './frame-counts.ts';
import type { Cause } from './metered-http.ts';

/** What one visit was like. */
export interface Watched {
  readonly viewer: number;
  readonly stallMs: number;
  readonly startUpMs: number | undefined;
  /** From its start to its end. */
  readonly watchedMs: number;
  /** Its part that was in the steady state. */
  readonly steadyMs: number;
}

/** What a simulation has seen, before anything is computed of it: plain data, which goes from thread to thread. */
export interface Takings {
  readonly watched: readonly Watched[];
  /** In the steady state. */
  readonly frames: FrameCounts;
  /** Bytes from the origin in the steady state, by why it was asked. */
  readonly originBytes: Readonly<Record<Cause, number>>;
  /** From the origin to viewers who had nothing yet to play, by URL. */
  readonly startBytes: ReadonlyMap<string, number>;
  /** All that the origin sent, by URL. */
  readonly sentBytes: ReadonlyMap<string, number>;
  /** From a live segment's publication to its deliveries, by sequence. */
  readonly delaysMs: ReadonlyMap<number, readonly number[]>;
}

/** What the threads of one simulation have seen, as if one had: sums of fractions depend on their order. */
export function mergeTakings(parts: readonly Takings[]): Takings {
  const sum = (of: (part: Takings) => number): number => parts.reduce((total, part) => total + of(part), 0);
  return {
    watched: parts.flatMap(({ watched }) => watched).sort((one, other) => one.viewer - other.viewer),
    frames: parts.map(({ frames }) => frames).reduce(addFrames, noFrames()),
    originBytes: {
      start: sum(({ originBytes }) => originBytes.start),
      early: sum(({ originBytes }) => originBytes.early),
      middle: sum(({ originBytes }) => originBytes.middle),
      late: sum(({ originBytes }) => originBytes.late),
    },
    startBytes: mergeMaps(parts.map(({ startBytes }) => startBytes), 0, (one, other) => one + other),
    sentBytes: mergeMaps(parts.map(({ sentBytes }) => sentBytes), 0, (one, other) => one + other),
    delaysMs: mergeMaps(parts.map(({ delaysMs }) => delaysMs), [], (one, other) => [...one, ...other]),
  };
}

function mergeMaps<Key, Value>(maps: readonly ReadonlyMap<Key, Value>[], nothing: Value, add: (one: Value, other: Value) => Value): Map<Key, Value> {
  const merged = new Map<Key, Value>();
  for (const map of maps) for (const [key, value] of map) merged.set(key, add(merged.get(key) ?? nothing, value));
  return merged;
}
