/** SHA-256 over the concatenation of `parts`, as 64 lower-case hexadecimal digits. */
export interface Digest {
  sha256Hex(parts: readonly Uint8Array[]): Promise<string>;
}
