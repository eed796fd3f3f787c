/**
 * 32-bit hashing for identities and elections. Not cryptographic: it orders and names things
 * among cooperating viewers; bytes are checked by other means (see `engine/trust.ts`).
 */

/**
 * MurmurHash3, x86 32-bit variant, over the UTF-16 code units of `text`.
 * Source of the algorithm: Austin Appleby, MurmurHash3 (public domain), adapted to 16-bit units.
 *
 * @returns an unsigned 32-bit integer.
 */
export function hash32(text: string, seed = 0): number {
  let hash = seed | 0;
  for (let index = 0; index < text.length; index++) {
    let block = Math.imul(text.charCodeAt(index), 0xcc9e2d51);
    block = (block << 15) | (block >>> 17);
    hash ^= Math.imul(block, 0x1b873593);
    hash = (hash << 13) | (hash >>> 19);
    hash = (Math.imul(hash, 5) + 0xe6546b64) | 0;
  }
  hash ^= text.length;
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}

/** @returns the hash of `text` as a number in the open interval (0, 1). */
export function hashUnit(text: string, seed = 0): number {
  return (hash32(text, seed) + 0.5) / 0x1_0000_0000;
}

/** @returns 160 bits of hash as 40 lower-case hexadecimal digits: the form of an `info_hash`. */
export function hash160Hex(text: string): string {
  let hex = '';
  for (let seed = 1; seed <= 5; seed++) hex += hash32(text, seed).toString(16).padStart(8, '0');
  return hex;
}

const BASE64URL = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';

/** @returns 66 bits of hash as 11 base64url characters: short enough for every message. */
export function hash66Text(text: string): string {
  let result = '';
  for (let seed = 11; result.length < 11; seed++) {
    let bits = hash32(text, seed);
    for (let digit = 0; digit < 5 && result.length < 11; digit++) {
      result += BASE64URL[bits & 63] ?? '';
      bits >>>= 6;
    }
  }
  return result;
}

/**
 * Weighted rendezvous hashing (Thaler & Ravishankar 1998; weights after Schindelhauer & Schomaker
 * 2005): of many, the one with the lowest score is first, with a probability in proportion to its
 * weight. Scores are exponentially distributed with the weight, above 0, as rate.
 */
export function weightedScore(text: string, weight: number): number {
  return -Math.log(hashUnit(text)) / weight;
}
