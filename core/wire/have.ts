import { Bitfield, MAX_SEGMENT_BYTES, pieceCount, ProtocolError, type Have } from '../model/index.ts';
import type { MessageCodec } from './message-codec.ts';
import { readSegmentKey, writeSegmentKey } from './segment-key.ts';

/**
 * key, varint (2 * size in bytes + 1 where every piece is held), then the bitfield unless every
 * piece is held: the most frequent message, and the size says how long the bitfield is.
 */
export const haveCodec: MessageCodec<Have> = {
  code: 2,
  encode({ pieces, segment, sizeBytes }, writer) {
    if (sizeBytes > MAX_SEGMENT_BYTES || pieces.length !== pieceCount(sizeBytes)) {
      throw new RangeError(`${pieces.length} pieces of ${sizeBytes} bytes`);
    }
    writeSegmentKey(writer, segment);
    writer.varint(sizeBytes * 2 + (pieces.isFull ? 1 : 0));
    if (!pieces.isFull) writer.bytes(pieces.toBytes());
  },
  decode(reader) {
    const segment = readSegmentKey(reader);
    const sizeAndWhole = reader.varint(MAX_SEGMENT_BYTES * 2 + 1);
    const sizeBytes = Math.floor(sizeAndWhole / 2);
    if (sizeBytes === 0) throw new ProtocolError('empty segment');
    const length = pieceCount(sizeBytes);
    if (sizeAndWhole % 2 === 1) return { type: 'have', segment, sizeBytes, pieces: Bitfield.full(length) };
    const bits = reader.bytes(Math.ceil(length / 8));
    const lastByte = bits[bits.length - 1] ?? 0;
    if (length % 8 !== 0 && lastByte >>> (length % 8) !== 0) throw new ProtocolError('padding in a bitfield');
    const pieces = Bitfield.fromBytes(bits, length);
    if (pieces.isFull) throw new ProtocolError('full bitfield');
    return { type: 'have', segment, sizeBytes, pieces };
  },
};
