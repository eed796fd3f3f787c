/**
 * A piece is what peers ask each other for: a fixed-size part of a segment, the last one shorter.
 * 32 KiB follows DESIGN.md's tick model: with 64 KiB, 95% of viewers were whole a second later.
 */
export const PIECE_BYTES = 32 * 1024;

/** The largest segment that the engine handles; anything larger goes to the player's own loader. */
export const MAX_SEGMENT_BYTES = 64 * 1024 * 1024;

export const MAX_PIECES = MAX_SEGMENT_BYTES / PIECE_BYTES;

export function pieceCount(sizeBytes: number): number {
  return Math.ceil(sizeBytes / PIECE_BYTES);
}

/** @returns the length in bytes of piece `index` of a segment of `sizeBytes`. */
export function pieceBytes(sizeBytes: number, index: number): number {
  return Math.min(PIECE_BYTES, sizeBytes - index * PIECE_BYTES);
}
