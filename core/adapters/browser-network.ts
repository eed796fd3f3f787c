import type { Network } from '../ports/index.ts';

/** Network Information API: https://wicg.github.io/netinfo/. Chromium only; `saveData` is not in TypeScript's DOM. */
interface ConnectionInformation extends EventTarget {
  readonly type?: string;
  readonly saveData?: boolean;
}

const connection = (): ConnectionInformation | undefined =>
  (navigator as Navigator & { readonly connection?: ConnectionInformation }).connection;

/** Where the browser tells nothing (Firefox, Safari), the connection counts as unmetered. */
export const browserNetwork: Network = {
  metered() {
    const { type, saveData } = connection() ?? {};
    return type === 'cellular' || saveData === true;
  },
  watch(changed) {
    const watched = connection();
    watched?.addEventListener('change', changed);
    return () => watched?.removeEventListener('change', changed);
  },
};
