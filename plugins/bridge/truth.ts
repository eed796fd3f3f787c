import type { TransferTruth } from '../../core/index.ts';

/** A transfer on the player's clock (`performance.now()`), in ms. */
export interface TransferTimes {
  readonly startMs: number;
  readonly firstByteMs: number;
  readonly endMs: number;
}

/**
 * Places a transfer on the clock so that it ends now: its start is what gets moved. A bandwidth
 * estimator divides bytes by the time between, so it sees the rate that the viewer can sustain, and
 * not that of a memory copy or of a wait for peers.
 */
export function timesEndingAt(endMs: number, truth: TransferTruth): TransferTimes {
  const firstByteMs = endMs - truth.transferMs;
  return { startMs: firstByteMs - truth.firstByteMs, firstByteMs, endMs };
}

/** @returns the rate in bit/s from the first byte on. */
export function rateBps(bytes: number, truth: TransferTruth): number {
  return (bytes * 8000) / truth.transferMs;
}
