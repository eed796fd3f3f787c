import { toHex } from './hex.ts';

/**
 * Branded identifiers: strings that cannot be mistaken for one another. They are made in one place
 * each (the function beside the type) and travel unchanged through the engine and over the wire.
 */

declare const brand: unique symbol;
type Branded<Base, Name extends string> = Base & { readonly [brand]: Name };

/** A viewer in the swarm: 20 bytes as 40 lower-case hexadecimal digits. */
export type PeerId = Branded<string, 'PeerId'>;
/** A swarm: 20 bytes as 40 lower-case hexadecimal digits; the `info_hash` that trackers see. */
export type SwarmKey = Branded<string, 'SwarmKey'>;
/** A track by what it is (see `trackKey`): 11 characters of base64url. */
export type TrackKey = Branded<string, 'TrackKey'>;
/** A segment within a swarm: `<track key>/<segment name>` (see `segmentKey`). */
export type SegmentKey = Branded<string, 'SegmentKey'>;
/** One player's wish for one segment; unique within an engine. */
export type DemandId = Branded<number, 'DemandId'>;
/** One fetch of (part of) a segment from the origin; unique within an engine. */
export type FetchId = Branded<number, 'FetchId'>;

const TWENTY_BYTES_HEX = /^[0-9a-f]{40}$/;

/** @returns the text as a peer id, or `undefined` when it is not 40 lower-case hexadecimal digits. */
export function asPeerId(text: string): PeerId | undefined {
  return TWENTY_BYTES_HEX.test(text) ? (text as PeerId) : undefined;
}

/** @returns the peer whose id these are. @param bytes twenty. */
export function peerIdOf(bytes: Uint8Array): PeerId {
  return toHex(bytes) as PeerId;
}

/** @returns the text as a swarm key, or `undefined` when it is not 40 lower-case hexadecimal digits. */
export function asSwarmKey(text: string): SwarmKey | undefined {
  return TWENTY_BYTES_HEX.test(text) ? (text as SwarmKey) : undefined;
}

export function asDemandId(serial: number): DemandId {
  return serial as DemandId;
}

export function asFetchId(serial: number): FetchId {
  return serial as FetchId;
}
