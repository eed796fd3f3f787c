import { asPeerId, ProtocolError, type PeerId } from '../model/index.ts';
import type { Reader } from './reader.ts';
import type { Writer } from './writer.ts';

/** A peer id is 40 hexadecimal digits to the engine and 20 raw bytes on the wire. */
export const PEER_ID_BYTES = 20;

const HEX_OF_BYTE = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0'));

export function writePeerId(writer: Writer, peer: PeerId): void {
  if (asPeerId(peer) === undefined) throw new RangeError(`not a peer id: ${peer}`);
  for (let digit = 0; digit < PEER_ID_BYTES * 2; digit += 2) writer.u8(Number.parseInt(peer.slice(digit, digit + 2), 16));
}

export function readPeerId(reader: Reader): PeerId {
  let hex = '';
  for (const byte of reader.bytes(PEER_ID_BYTES)) hex += HEX_OF_BYTE[byte] ?? '';
  const peer = asPeerId(hex);
  if (peer === undefined) throw new ProtocolError('not a peer id');
  return peer;
}
