// A stream of 20 Mbit/s for measuring what the engine costs a page: made once, too heavy for git.
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { npm } from '../support/fresh.mjs';

const playlist = fileURLToPath(new URL('../../.cache/heavy/20000k/playlist.m3u8', import.meta.url));

export const HEAVY_STREAM = '/heavy/20000k/playlist.m3u8';
/** For `Swarm.start`. */
export const HEAVY_MOUNTS = { '/heavy/': '.cache/heavy' };

export function ensureHeavyStream() {
  if (!existsSync(playlist)) npm('run', '--silent', 'media', 'heavy');
}
