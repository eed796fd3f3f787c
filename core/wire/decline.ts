import type { Decline, DeclineReason } from '../model/index.ts';
import { MAX_U32, type MessageCodec } from './message-codec.ts';
import { reasonCodec } from './reasons.ts';

const reasons = reasonCodec<DeclineReason>(['busy', 'missing', 'off', 'elsewhere']);

/** varint request id, u8 reason. */
export const declineCodec: MessageCodec<Decline> = {
  code: 7,
  encode(message, writer) {
    writer.varint(message.requestId);
    reasons.write(writer, message.reason);
  },
  decode(reader) {
    return { type: 'decline', requestId: reader.varint(MAX_U32), reason: reasons.read(reader) };
  },
};
