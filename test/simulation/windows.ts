import { LEAST_LATENCY_MS } from './population.ts';

/**
 * Threads go through time in windows of this length. What is posted in one is handed over so many
 * windows later, which is sooner than it can arrive: until then a thread needs nothing of the others,
 * and may be ahead of them by so many windows less one.
 */
export const WINDOWS_AHEAD = 8;
export const WINDOW_MS = LEAST_LATENCY_MS / WINDOWS_AHEAD;
