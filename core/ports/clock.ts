/** Time. Everything that waits or measures does so through this. */
export interface Clock {
  /** Monotonic milliseconds; only differences have a meaning. */
  nowMs(): number;
  /** Calls `task` once after `delayMs`; @returns a function that cancels it (harmless afterwards). */
  after(delayMs: number, task: () => void): () => void;
}
