import { MAX_PIECE_BYTES, ProtocolError, type Piece } from '../model/index.ts';
import { MAX_U32, type MessageCodec } from './message-codec.ts';

/** varint request id, then the payload to the end. Decoded, the payload is a view into the message. */
export const pieceCodec: MessageCodec<Piece> = {
  code: 6,
  encode({ payload, requestId }, writer) {
    if (payload.length === 0 || payload.length > MAX_PIECE_BYTES) throw new RangeError(`piece of ${payload.length} bytes`);
    writer.varint(requestId);
    writer.rest(payload);
  },
  decode(reader) {
    const requestId = reader.varint(MAX_U32);
    const payload = reader.rest();
    if (payload.length === 0 || payload.length > MAX_PIECE_BYTES) throw new ProtocolError(`piece of ${payload.length} bytes`);
    return { type: 'piece', requestId, payload };
  },
};
