export { decodeMessage, encodeMessage, MAX_MESSAGE_BYTES } from './codec.ts';
export { Reassembler, sendFrames } from './framing.ts';
