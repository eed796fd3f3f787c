/**
 * A piece is what peers ask each other for: a fixed-size part of a segment, the last one shorter. The
 * segment's own length says how large its pieces are, so that all agree on it.
 */

/** Follows DESIGN.md's tick model: with 64 KiB, 95% of viewers were whole a second later. */
export const MAX_PIECE_BYTES = 32 * 1024;

/** Smaller ones, and a request and the news of a piece would be several percent of it. */
export const MIN_PIECE_BYTES = 8 * 1024;

/**
 * A segment is cut into no fewer than so many pieces where it can be: many neighbours give one at the same
 * time, and a piece is passed on only once it is whole. See core/README.md for what this gives at low bitrates.
 */
const WANTED_PIECES = 24;

/** The largest segment that the engine handles; anything larger goes to the player's own loader. */
export const MAX_SEGMENT_BYTES = 64 * 1024 * 1024;

export const MAX_PIECES = MAX_SEGMENT_BYTES / MAX_PIECE_BYTES;

/** @returns the length in bytes of every piece but the last of a segment of `sizeBytes`. */
export function pieceSizeBytes(sizeBytes: number): number {
  let bytes = MAX_PIECE_BYTES;
  while (bytes > MIN_PIECE_BYTES && sizeBytes < bytes * WANTED_PIECES) bytes /= 2;
  return bytes;
}

export function pieceCount(sizeBytes: number): number {
  return Math.ceil(sizeBytes / pieceSizeBytes(sizeBytes));
}

/** @returns the length in bytes of piece `index` of a segment of `sizeBytes`. */
export function pieceBytes(sizeBytes: number, index: number): number {
  const bytes = pieceSizeBytes(sizeBytes);
  return Math.min(bytes, sizeBytes - index * bytes);
}
