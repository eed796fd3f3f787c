import { asPeerId, type PeerId } from '../model/index.ts';
import type { Reader } from './reader.ts';
import type { Writer } from './writer.ts';

/** A peer id is 40 hexadecimal digits to the engine and 20 raw bytes on the wire. */
export const PEER_ID_BYTES = 20;

const [CODE_OF_0, CODE_OF_9, CODE_OF_A] = ['0', '9', 'a'].map((digit) => digit.charCodeAt(0)) as [number, number, number];
const HEX_OF_BYTE = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0'));

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
  let hex = '';
  for (const byte of reader.bytes(PEER_ID_BYTES)) hex += HEX_OF_BYTE[byte] ?? '';
  // Twenty bytes always are forty such digits: there is nothing left to check.
  return hex as PeerId;
}
