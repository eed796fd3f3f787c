/** What the platform tells of the viewer's connection. */
export interface Network {
  /** Cellular, or the browser's data saver is on: guests upload nothing there unless told to. */
  metered(): boolean;
  /** Calls `changed` whenever `metered` may have; @returns a function that stops it. */
  watch(changed: () => void): () => void;
}
