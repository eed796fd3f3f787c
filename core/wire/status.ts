import type { Status } from '../model/index.ts';
import { MAX_U32, type MessageCodec } from './message-codec.ts';

/** varint upload in whole bit/s, varint neighbours, varint most neighbours, f64 position in s. */
export const statusCodec: MessageCodec<Status> = {
  code: 9,
  encode(message, writer) {
    writer.nearest(message.uploadBps, Number.MAX_SAFE_INTEGER);
    writer.varint(message.neighbours);
    writer.varint(message.maxNeighbours);
    writer.f64(message.positionS);
  },
  decode(reader) {
    return {
      type: 'status',
      uploadBps: reader.varint(Number.MAX_SAFE_INTEGER),
      neighbours: reader.varint(MAX_U32),
      maxNeighbours: reader.varint(MAX_U32),
      positionS: reader.f64(),
    };
  },
};
