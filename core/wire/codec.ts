import { joinBytes, MAX_LOST, MAX_PIECE_BYTES, MAX_SIGNAL_LENGTH, ProtocolError, type Join, type Message } from '../model/index.ts';
import { byeCodec } from './bye.ts';
import { cancelCodec } from './cancel.ts';
import { declineCodec } from './decline.ts';
import { haveCodec } from './have.ts';
import { helloCodec } from './hello.ts';
import { intentCodec } from './intent.ts';
import { introduceCodec } from './introduce.ts';
import { lostCodec } from './lost.ts';
import type { MessageCodec } from './message-codec.ts';
import { PEER_ID_BYTES } from './peer-id.ts';
import { pieceCodec } from './piece.ts';
import { MAX_UTF8_BYTES_PER_UNIT, Reader } from './reader.ts';
import { requestCodec } from './request.ts';
import { MAX_SEGMENT_KEY_BYTES } from './segment-key.ts';
import { signalCodec } from './signal.ts';
import { statusCodec } from './status.ts';
import { Writer } from './writer.ts';

/** A message is one byte that tells its kind, then what the kind's own file says. */
const codecs: { readonly [Kind in Message as Kind['type']]: MessageCodec<Kind> } = {
  hello: helloCodec,
  have: haveCodec,
  lost: lostCodec,
  intent: intentCodec,
  request: requestCodec,
  piece: pieceCodec,
  decline: declineCodec,
  cancel: cancelCodec,
  status: statusCodec,
  introduce: introduceCodec,
  signal: signalCodec,
  bye: byeCodec,
};

const codecByCode: MessageCodec<Message>[] = [];
for (const codec of Object.values(codecs)) codecByCode[codec.code] = codec;

const CODE_BYTES = 1;
const MAX_VARINT_U32_BYTES = 5;
const MAX_VARINT_COUNT_BYTES = 2;

const MAX_PIECE_MESSAGE_BYTES = CODE_BYTES + MAX_VARINT_U32_BYTES + MAX_PIECE_BYTES;
const MAX_SIGNAL_MESSAGE_BYTES =
  CODE_BYTES + 2 * PEER_ID_BYTES + MAX_VARINT_U32_BYTES + MAX_SIGNAL_LENGTH * MAX_UTF8_BYTES_PER_UNIT;
/** The largest message that is written without a tail. */
const MAX_LOST_MESSAGE_BYTES = CODE_BYTES + MAX_VARINT_COUNT_BYTES + MAX_LOST * MAX_SEGMENT_KEY_BYTES;

/** No message is longer. */
export const MAX_MESSAGE_BYTES = Math.max(MAX_PIECE_MESSAGE_BYTES, MAX_SIGNAL_MESSAGE_BYTES, MAX_LOST_MESSAGE_BYTES);

/** Shared scratch memory: encoding is synchronous and calls nothing but the codecs. */
const writer = new Writer(MAX_LOST_MESSAGE_BYTES);

/**
 * @param join makes the bytes of a message with a tail, such as a piece.
 * @returns the message in memory of its own.
 * @throws RangeError when the message has a member that the format cannot hold.
 */
export function encodeMessage(message: Message, join: Join = joinBytes): Uint8Array {
  const codec: MessageCodec<Message> = codecs[message.type];
  writer.reset();
  writer.u8(codec.code);
  codec.encode(message, writer);
  const bytes = writer.finish(join);
  writer.reset();
  return bytes;
}

/**
 * @param bytes one whole message; a piece's payload stays a view into it.
 * @throws ProtocolError on everything that `encodeMessage` of a correct peer does not give.
 */
export function decodeMessage(bytes: Uint8Array): Message {
  const reader = new Reader(bytes);
  const code = reader.u8();
  const codec = codecByCode[code];
  if (codec === undefined) throw new ProtocolError(`unknown message ${code}`);
  const message = codec.decode(reader);
  reader.end();
  return message;
}
