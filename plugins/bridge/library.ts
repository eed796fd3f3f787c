/** hls.js or Shaka, wherever the page has it. */
export interface Library<Class> {
  /** What can be had at once; `undefined`: only `load` can tell. */
  now(): Class | undefined;
  /** @throws an error that says what is missing. */
  load(): Promise<Class>;
}

/**
 * @param given by the page; else what a script tag put into the global of that `name`; else the
 *   package, which only a page whose bundler or import map knows it can load.
 */
export function library<Class>(
  name: string,
  given: Class | undefined,
  importPackage: () => Promise<{ readonly default?: Class }>,
): Library<Class> {
  const now = () => given ?? (globalThis as Readonly<Record<string, unknown>>)[name] as Class | undefined;
  return {
    now,
    async load() {
      try {
        // Shaka's package is a script for the global scope rather than a module with a default export.
        const found = (await importPackage()).default ?? now();
        if (found) return found;
      } catch {
        // No such package here.
      }
      throw new Error(`playswarm needs ${name} here: load it with a script tag, install its package, or pass it.`);
    },
  };
}
