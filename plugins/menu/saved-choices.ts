import type { CellularPolicy } from '../../core/index.ts';

/** What a viewer chose, kept from visit to visit. Absent: never chosen, the page's own setting holds. */
export interface SavedChoices {
  readonly enabled?: boolean;
  /** In kbit/s; 0: upload nothing; `'page'`: as much as the page allows. */
  readonly upload?: number | 'page';
  readonly cellular?: CellularPolicy;
}

const KEY = 'playswarm:choices';

/**
 * Reads what was saved. A page may have no storage (privacy settings, sandboxed frames: even the
 * access throws), or one that something else wrote to: then nothing was chosen.
 */
export function loadChoices(): SavedChoices {
  try {
    return choicesFrom(JSON.parse(localStorage.getItem(KEY) ?? '{}'));
  } catch {
    return {};
  }
}

/** Saves for the next visit; where that is not possible, the choice holds for this one. */
export function saveChoices(choices: SavedChoices): void {
  try {
    localStorage.setItem(KEY, JSON.stringify(choices));
  } catch {
    // Blocked or full.
  }
}

function choicesFrom(saved: unknown): SavedChoices {
  if (typeof saved !== 'object' || saved === null) return {};
  const { enabled, upload, cellular } = saved as Record<string, unknown>;
  return {
    ...(typeof enabled === 'boolean' ? { enabled } : {}),
    ...(upload === 'page' || (typeof upload === 'number' && upload >= 0) ? { upload } : {}),
    ...(cellular === 'off' || cellular === 'download' || cellular === 'on' ? { cellular } : {}),
  };
}
