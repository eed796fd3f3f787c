/** By the code that a frame begins with: see core/wire. */
export const KINDS = ['', 'hello', 'have', 'lost', 'intent', 'request', 'piece', 'decline', 'cancel', 'status', 'introduce', 'signal', 'bye'] as const;

const PIECE = KINDS.indexOf('piece');

/** How much of a frame is no media: all of it, but of a piece only the code and the request id. */
export function seenBytes(frame: Uint8Array): number {
  if (frame[0] !== PIECE) return frame.length;
  // A varint, whose last byte is the first below 0x80.
  let end = 1;
  while ((frame[end] ?? 0) >= 0x80) end++;
  return end + 1;
}
