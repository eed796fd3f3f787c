import type { Assemble } from '../model/index.ts';

/** Within a frame at 60 a second, with most of it left to the page. */
const TURN_MS = 4;

/**
 * Copies a segment together a few milliseconds at a time. Memory that a page has never touched is slow to write: 10 MB at
 * once held the main thread up for 60 to 100 ms (`npm run bench:long-tasks`).
 */
export const assembleBytes: Assemble = async (parts) => {
  const whole = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let offset = 0;
  let untilMs = performance.now() + TURN_MS;
  for (const part of parts) {
    if (performance.now() >= untilMs) {
      await nextTurn();
      untilMs = performance.now() + TURN_MS;
    }
    whole.set(part, offset);
    offset += part.length;
  }
  return whole;
};

/** Lets the page do what else waits. A timer would be slowed down to one a second in a background tab. */
function nextTurn(): Promise<void> {
  const { port1, port2 } = new MessageChannel();
  return new Promise((resolve) => {
    port1.onmessage = () => {
      port1.close();
      resolve();
    };
    port2.postMessage(undefined);
  });
}
