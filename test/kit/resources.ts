import { hash32 } from '../../core/model/index.ts';

/** What an origin has at one URL. */
export interface Resource {
  readonly sizeBytes: number;
  /** @returns bytes `start` (inclusive) to `end` (exclusive). */
  bytes(start: number, end: number): Uint8Array;
}

/** Bytes that follow from the URL and the offset alone: whoever gets other ones was given wrong ones. */
export function patternedResource(url: string, sizeBytes: number): Resource {
  const seed = hash32(url);
  return {
    sizeBytes,
    bytes(start, end) {
      const bytes = new Uint8Array(end - start);
      for (let offset = start; offset < end; offset++) {
        // Knuth's multiplicative hash of the offset's word, a byte of it for each byte of the word.
        const word = Math.imul((offset >>> 2) ^ seed, 0x9e3779b1);
        bytes[offset - start] = (word ^ (word >>> 15)) >>> ((offset & 3) * 8);
      }
      return bytes;
    },
  };
}

const ZEROS = new Uint8Array(1024 * 1024);

/** Zeros, all in the same memory: for simulations that would hold terabytes. Nobody may write to them. */
export function zeroResource(sizeBytes: number): Resource {
  return { sizeBytes, bytes: (start, end) => zeroBytes(end - start) };
}

/** So many zeros; up to a mebibyte they are the same ones for everybody. */
export function zeroBytes(count: number): Uint8Array<ArrayBuffer> {
  return count <= ZEROS.length ? ZEROS.subarray(0, count) : new Uint8Array(count);
}

/** The bytes themselves. */
export function bytesResource(bytes: Uint8Array): Resource {
  return { sizeBytes: bytes.length, bytes: (start, end) => bytes.slice(start, end) };
}
