import type { Bye, ByeReason } from '../model/index.ts';
import type { MessageCodec } from './message-codec.ts';
import { reasonCodec } from './reasons.ts';

const reasons = reasonCodec<ByeReason>(['leaving', 'full', 'duplicate', 'incompatible', 'protocol', 'useless', 'bad-bytes']);

/** u8 reason. */
export const byeCodec: MessageCodec<Bye> = {
  code: 12,
  encode(message, writer) {
    reasons.write(writer, message.reason);
  },
  decode(reader) {
    return { type: 'bye', reason: reasons.read(reader) };
  },
};
