import { toHex } from '../../model/index.ts';

/** Trackers take 20-byte ids as strings of 20 characters, each standing for a byte (U+0000 to U+00FF). */
export function hexToBinary(hex: string): string {
  let binary = '';
  for (let index = 0; index < hex.length; index += 2) {
    binary += String.fromCharCode(parseInt(hex.slice(index, index + 2), 16));
  }
  return binary;
}

/** @returns 40 hexadecimal digits, or `undefined` where the value is not 20 bytes in a string. */
export function binaryToHex(value: unknown): string | undefined {
  if (typeof value !== 'string' || value.length !== 20) return undefined;
  const codes = Array.from(value, (character) => character.charCodeAt(0));
  return codes.every((code) => code <= 0xff) ? toHex(codes) : undefined;
}
