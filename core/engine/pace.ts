import type { NeighbourDraft } from './draft.ts';
import * as TUNING from './tuning.ts';

/**
 * Grows and shrinks how much is asked of a neighbour at a time, by how long its pieces take: as
 * long as they come within the target they are not queueing (delay-based control, as in LEDBAT, RFC 6817).
 */
export function noteService(neighbour: NeighbourDraft, serviceMs: number): void {
  const { pace } = neighbour;
  const quickestMs = Math.min(pace.quickestMs, serviceMs);
  const queuedMs = serviceMs - quickestMs;
  neighbour.pace = {
    ...pace,
    windowPieces:
      queuedMs <= TUNING.targetQueueMs
        ? Math.min(TUNING.maxWindowPieces, pace.windowPieces + 1)
        : Math.max(1, pace.windowPieces - Math.min(1, queuedMs / TUNING.targetQueueMs - 1)),
    serviceMs: pace.serviceMs === 0 ? serviceMs : pace.serviceMs * 0.8 + serviceMs * 0.2,
    quickestMs,
    pauseMs: 0,
  };
}
