import type { Clock } from '../../core/ports/index.ts';
import { MinHeap } from './min-heap.ts';

interface Timer {
  /** Absent once it was called or cancelled. */
  task: (() => void) | undefined;
}

/**
 * How many links of a promise chain `advanceAsync` lets run before the next instant. More than the engine's longest has:
 * a simulation's figures still changed from 20 to 25, not from 25 to 40. One that is not done goes on at an instant of somebody
 * else's, so that what happens would depend on who shares the clock.
 */
const PROMISE_TURNS = 40;

/** Below this many cancelled timers a clean-up is not worth its while. */
const MIN_GARBAGE = 1024;

/**
 * Time that passes only when told to. Tasks run in the order of their times, and those of the same
 * time in the order in which they were asked for: a run is the same on every machine.
 */
export class VirtualClock implements Clock {
  private readonly timers = new MinHeap<Timer>();
  private currentMs = 0;
  private pendingCount = 0;

  nowMs(): number {
    return this.currentMs;
  }

  after(delayMs: number, task: () => void): () => void {
    const timer: Timer = { task };
    this.timers.push(this.currentMs + Math.max(delayMs, 0), timer);
    this.pendingCount++;
    return () => this.cancel(timer);
  }

  /** How many tasks are waiting, without cancelled ones: 0 after a complete teardown. */
  get pending(): number {
    return this.pendingCount;
  }

  /** When the next task is due; Infinity when there is none. */
  get nextTimeMs(): number {
    while (this.timers.size > 0 && this.timers.peek()?.task === undefined) this.timers.pop();
    return this.timers.lowestRank;
  }

  /** Goes to the next task and runs it; @returns false when there is none. */
  step(): boolean {
    const dueMs = this.nextTimeMs;
    const timer = this.timers.pop();
    const task = timer?.task;
    if (timer === undefined || task === undefined) return false;
    this.pendingCount--;
    timer.task = undefined;
    this.currentMs = dueMs;
    task();
    return true;
  }

  /** Runs all that is due within the next `ms`, and is then that much later. */
  advance(ms: number): void {
    this.runTo(this.currentMs + ms);
  }

  /**
   * As `advance`, but promise callbacks run between the instants, as they would in a browser.
   * @param sliceMs instants closer than this count as one: many peers make many instants.
   */
  async advanceAsync(ms: number, sliceMs = 0): Promise<void> {
    const endMs = this.currentMs + ms;
    await turnPromises();
    while (this.nextTimeMs <= endMs) {
      this.runTo(Math.min(this.nextTimeMs + sliceMs, endMs));
      await turnPromises();
    }
    this.currentMs = endMs;
  }

  /** Runs task after task until `condition` holds; @returns false when it does not within `limitMs`. */
  runUntil(condition: () => boolean, limitMs: number): boolean {
    const endMs = this.currentMs + limitMs;
    while (!condition()) {
      if (this.nextTimeMs > endMs) {
        this.currentMs = endMs;
        return false;
      }
      this.step();
    }
    return true;
  }

  private runTo(endMs: number): void {
    while (this.nextTimeMs <= endMs) this.step();
    this.currentMs = endMs;
  }

  /** Cancelled timers stay where they are until they come up, or make up most of the heap. */
  private cancel(timer: Timer): void {
    if (timer.task === undefined) return;
    timer.task = undefined;
    this.pendingCount--;
    const garbage = this.timers.size - this.pendingCount;
    if (garbage > MIN_GARBAGE && garbage > this.pendingCount) this.timers.retain((kept) => kept.task !== undefined);
  }
}

async function turnPromises(): Promise<void> {
  for (let turn = 0; turn < PROMISE_TURNS; turn++) await Promise.resolve();
}
