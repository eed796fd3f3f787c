import type { Digest } from '../ports/index.ts';
import { toHex } from './hex.ts';

/** SHA-256 by Web Crypto, which browsers offer on https:// and on localhost only. */
export const webCryptoDigest: Digest = {
  async sha256Hex(parts) {
    // Absent in insecure contexts, whatever the types say.
    const subtle = crypto.subtle as SubtleCrypto | undefined;
    if (!subtle) throw new Error('SHA-256 needs a secure context: serve the page over https:// or from localhost.');
    return toHex(new Uint8Array(await subtle.digest('SHA-256', joined(parts))));
  },
};

/** Web Crypto digests one buffer at a time; there is no incremental form. */
function joined(parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.byteLength, 0));
  let offset = 0;
  for (const part of parts) {
    whole.set(part, offset);
    offset += part.byteLength;
  }
  return whole;
}
