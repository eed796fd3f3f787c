import { setTimeout as sleep } from 'node:timers/promises';

const LOOK_EVERY_MS = 150;

/**
 * Looks until it holds. @template T  @param {string} what for the error  @param {() => Promise<T>} look
 * @param {(seen: T) => unknown} holds  @returns {Promise<T>} what was seen when it held
 */
export async function eventually(what, look, holds, { withinMs = 20_000 } = {}) {
  const deadline = performance.now() + withinMs;
  for (;;) {
    const seen = await look();
    if (holds(seen)) return seen;
    if (performance.now() > deadline) throw new Error(`not within ${withinMs / 1000} s: ${what}; seen: ${brief(seen)}`);
    await sleep(LOOK_EVERY_MS);
  }
}

/** As text, without what would not be read. */
function brief(seen) {
  const text = JSON.stringify(seen, (key, value) => (key === 'viewer' ? value.name : typeof value === 'number' ? Math.round(value * 100) / 100 : value));
  return text?.length > 900 ? `${text.slice(0, 900)}…` : text;
}
