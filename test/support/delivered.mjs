// What the players were handed, held against the files on disk.
import assert from 'node:assert/strict';
import { stat } from 'node:fs/promises';
import path from 'node:path';
import { MEDIA } from './origin.mjs';

/**
 * No segment came short, long or twice. Only for whole files on demand: a byte range has no file of its own.
 * @param {{ mayAskAgain?: boolean }} [options] mayAskAgain: the player drops what it has buffered, and asks for it anew
 */
export async function assertDelivered(samples, { mayAskAgain = false } = {}) {
  for (const { viewer, fragments } of samples) {
    const seen = new Set();
    for (const { path: url, bytes } of fragments) {
      const { size } = await stat(path.join(MEDIA, url.replace(/^\/media\//, '')));
      assert.equal(bytes, size, `${viewer.name} got ${bytes} of the ${size} bytes of ${url}`);
      assert.ok(mayAskAgain || !seen.has(url), `${viewer.name} got ${url} twice`);
      seen.add(url);
    }
  }
}
