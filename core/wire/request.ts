import { MAX_PIECES, type Request } from '../model/index.ts';
import { MAX_U32, type MessageCodec } from './message-codec.ts';
import { readSegmentKey, writeSegmentKey } from './segment-key.ts';

/** varint request id, key, varint index, varint slack in whole ms (0 where it is negative, 2^32 - 1 where there is no deadline). */
export const requestCodec: MessageCodec<Request> = {
  code: 5,
  encode(message, writer) {
    writer.varint(message.requestId);
    writeSegmentKey(writer, message.segment);
    writer.varint(message.index);
    writer.nearest(message.slackMs, MAX_U32);
  },
  decode(reader) {
    return {
      type: 'request',
      requestId: reader.varint(MAX_U32),
      segment: readSegmentKey(reader),
      index: reader.varint(MAX_PIECES - 1),
      slackMs: reader.varint(MAX_U32),
    };
  },
};
