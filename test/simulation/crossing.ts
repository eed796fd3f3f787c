import type { Letter } from '../kit/letter.ts';
import { LetterReader, LetterWriter } from './letter-codec.ts';
import { WINDOWS_AHEAD } from './windows.ts';

/** Nobody is so far ahead that more of a thread's windows are of use: see `Crossing.post`. */
const SLOTS = 2 * WINDOWS_AHEAD;
/** What one thread writes to another within a window, at most. 10,000 viewers write some 100 kB. */
const SLOT_BYTES = 4 * 1024 * 1024;
/** The other thread is mostly almost there, and to sleep and be woken takes longer than this. */
const SPINS = 500;

/** What the threads of a simulation share. */
export interface CrossingMemory {
  readonly threads: number;
  /** By thread: how many windows it has done. */
  readonly done: SharedArrayBuffer;
  /** By thread that writes, by thread that reads: the lengths of what is in the slots, and the slots. */
  readonly lengths: readonly (readonly SharedArrayBuffer[])[];
  readonly slots: readonly (readonly SharedArrayBuffer[])[];
}

export function crossingMemory(threads: number): CrossingMemory {
  const pairs = (bytes: number): SharedArrayBuffer[][] =>
    Array.from({ length: threads }, (_, from) => Array.from({ length: threads }, (__, to) => new SharedArrayBuffer(from === to ? 0 : bytes)));
  return {
    threads,
    done: new SharedArrayBuffer(threads * Int32Array.BYTES_PER_ELEMENT),
    lengths: pairs(SLOTS * Uint32Array.BYTES_PER_ELEMENT),
    slots: pairs(SLOTS * SLOT_BYTES),
  };
}

/** One way from a thread to another: a slot for each window. */
interface Lane<End> {
  readonly lengths: Uint32Array;
  readonly slots: readonly End[];
}

/** A thread's way to the others and back. */
export class Crossing {
  readonly threads: number;
  /** How long this thread has waited for others. */
  waitedMs = 0;
  private readonly done: Int32Array;
  /** By thread; `undefined` for this one. */
  private readonly out: readonly (Lane<LetterWriter> | undefined)[];
  private readonly in: readonly (Lane<LetterReader> | undefined)[];

  /** @param here this thread's number. */
  constructor(
    memory: CrossingMemory,
    readonly here: number,
  ) {
    this.threads = memory.threads;
    this.done = new Int32Array(memory.done);
    const others = <End>(lane: (other: number) => Lane<End>): (Lane<End> | undefined)[] =>
      Array.from({ length: memory.threads }, (_, other) => (other === here ? undefined : lane(other)));
    this.out = others((to) => lane(memory, here, to, (slot) => new LetterWriter(slot)));
    this.in = others((from) => lane(memory, from, here, (slot) => new LetterReader(slot)));
  }

  /**
   * Writes a letter of the window that this thread is in. The slot is free: what was in it has been
   * read, for this thread could not have come here before the reader did the window after that.
   */
  write(letter: Letter, to: number, window: number): void {
    this.out[to]?.slots[window % SLOTS]?.write(letter);
  }

  /** This thread has done the window: others may read what it has written in it. */
  publish(window: number): void {
    const slot = window % SLOTS;
    for (const lane of this.out) {
      const writer = lane?.slots[slot];
      if (!lane || !writer) continue;
      lane.lengths[slot] = writer.length;
      writer.rewind();
    }
    Atomics.store(this.done, this.here, window + 1);
    Atomics.notify(this.done, this.here);
  }

  /** What others have written to this thread in a window, once they have done it. */
  collect(window: number, into: Letter[]): void {
    const slot = window % SLOTS;
    this.in.forEach((lane, other) => {
      if (!lane) return;
      this.await(other, window);
      lane.slots[slot]?.read(lane.lengths[slot] ?? 0, into);
    });
  }

  private await(other: number, window: number): void {
    for (let spin = 0; spin < SPINS; spin++) if (Atomics.load(this.done, other) > window) return;
    const startMs = performance.now();
    for (;;) {
      const done = Atomics.load(this.done, other);
      if (done > window) break;
      Atomics.wait(this.done, other, done);
    }
    this.waitedMs += performance.now() - startMs;
  }
}

function lane<End>({ lengths, slots }: CrossingMemory, from: number, to: number, end: (slot: Uint8Array) => End): Lane<End> {
  const memory = slots[from]?.[to] as SharedArrayBuffer;
  return {
    lengths: new Uint32Array(lengths[from]?.[to] as SharedArrayBuffer),
    slots: Array.from({ length: SLOTS }, (_, slot) => end(new Uint8Array(memory, slot * SLOT_BYTES, SLOT_BYTES))),
  };
}
