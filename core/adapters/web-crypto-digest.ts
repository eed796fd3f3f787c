import type { Digest } from '../ports/index.ts';
import { assembleBytes } from './assemble-bytes.ts';
import { toHex } from '../model/index.ts';

/** SHA-256 by Web Crypto, which browsers offer on https:// and on localhost only, and of one buffer at a time. */
export const webCryptoDigest: Digest = {
  async sha256Hex(parts) {
    // Absent in insecure contexts, whatever the types say.
    const subtle = crypto.subtle as SubtleCrypto | undefined;
    if (!subtle) throw new Error('SHA-256 needs a secure context: serve the page over https:// or from localhost.');
    return toHex(new Uint8Array(await subtle.digest('SHA-256', await assembleBytes(parts))));
  },
};
