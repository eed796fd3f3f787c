import { MAX_INTRODUCED, type Introduce, type PeerId } from '../model/index.ts';
import type { MessageCodec } from './message-codec.ts';
import { readPeerId, writePeerId } from './peer-id.ts';

/** varint count, that many peer ids of 20 bytes. */
export const introduceCodec: MessageCodec<Introduce> = {
  code: 10,
  encode({ peers }, writer) {
    if (peers.length > MAX_INTRODUCED) throw new RangeError(`${peers.length} peers in one introduce`);
    writer.varint(peers.length);
    for (const peer of peers) writePeerId(writer, peer);
  },
  decode(reader) {
    const count = reader.varint(MAX_INTRODUCED);
    const peers: PeerId[] = [];
    while (peers.length < count) peers.push(readPeerId(reader));
    return { type: 'introduce', peers };
  },
};
