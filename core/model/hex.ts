/** @returns two lower-case hexadecimal digits a byte. */
export function toHex(bytes: Iterable<number>): string {
  let hex = '';
  for (const byte of bytes) hex += byte.toString(16).padStart(2, '0');
  return hex;
}
