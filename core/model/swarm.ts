import { hash160Hex } from './hash.ts';
import type { SwarmKey } from './ids.ts';

/** Changes whenever viewers of two versions could no longer understand each other. */
export const PROTOCOL_VERSION = 2;

/**
 * Names the swarm of a content: the manifest's URL without query and fragment, or the name that the
 * page chose (`swarmId`), hashed with the protocol's version, so that incompatible versions never meet.
 */
export function swarmKey(content: { manifestUrl: string; swarmId?: string | undefined }): SwarmKey {
  const name = content.swarmId ?? content.manifestUrl.replace(/[?#].*$/s, '');
  return hash160Hex(`playswarm/${PROTOCOL_VERSION}/${name}`) as SwarmKey;
}
