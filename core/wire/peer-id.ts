import { asPeerId, peerIdOf, type PeerId } from '../model/index.ts';
import type { Reader } from './reader.ts';
import type { Writer } from './writer.ts';

/** A peer id is 40 hexadecimal digits to the engine and 20 raw bytes on the wire. */
export const PEER_ID_BYTES = 20;

const [CODE_OF_0, CODE_OF_9, CODE_OF_A] = ['0', '9', 'a'].map((digit) => digit.charCodeAt(0)) as [number, number, number];

export function writePeerId(writer: Writer, peer: PeerId): void {
  if (asPeerId(peer) === undefined) throw new RangeError(`not a peer id: ${peer}`);
  for (let digit = 0; digit < PEER_ID_BYTES * 2; digit += 2) writer.u8(digitAt(peer, digit) * 16 + digitAt(peer, digit + 1));
}

/** Introductions are long lists of ids: to cut each into strings of two digits would be most of what they cost. */
function digitAt(peer: PeerId, place: number): number {
  const code = peer.charCodeAt(place);
  return code <= CODE_OF_9 ? code - CODE_OF_0 : code - CODE_OF_A + 10;
}

export function readPeerId(reader: Reader): PeerId {
  return peerIdOf(reader.bytes(PEER_ID_BYTES));
}
