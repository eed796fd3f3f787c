import type { Random } from '../ports/index.ts';
import { toHex } from '../model/index.ts';

/** The browser's strong source: peer ids and offer ids must not be guessable. Also there in insecure contexts. */
export const cryptoRandom: Random = {
  unit: () => (crypto.getRandomValues(new Uint32Array(1))[0] ?? 0) / 2 ** 32,
  hex: (count) => toHex(crypto.getRandomValues(new Uint8Array(count))),
};
