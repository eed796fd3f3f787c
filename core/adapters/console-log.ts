import type { Log } from '../ports/index.ts';

const PREFIX = '[playswarm]';

/** Shows debug lines where the browser's console shows the level "verbose". */
export const consoleLog: Log = {
  debug: (message, details) => console.debug(PREFIX, message, ...(details ? [details] : [])),
  warn: (message, details) => console.warn(PREFIX, message, ...(details ? [details] : [])),
};

/** The default: a page's console belongs to the page. */
export const silentLog: Log = { debug() {}, warn() {} };
