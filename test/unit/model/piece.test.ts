import { MAX_PIECE_BYTES, MAX_PIECES, MAX_SEGMENT_BYTES, MIN_PIECE_BYTES, pieceBytes, pieceCount, pieceSizeBytes } from '../../../core/model/index.ts';

const KIB = 1024;

describe('model: pieces', () => {
  it('are the smaller, the shorter the segment, within limits', () => {
    // Four seconds of audio, and of video of 0.3, 1, 2 and 8 Mbit/s.
    const sizes = [64_000, 150_000, 500_000, 1_000_000, 4_000_000].map(pieceSizeBytes);
    expect(sizes).toEqual([8 * KIB, 8 * KIB, 16 * KIB, 32 * KIB, 32 * KIB]);
    expect(pieceSizeBytes(0)).toBe(MIN_PIECE_BYTES);
    expect(pieceSizeBytes(MAX_SEGMENT_BYTES)).toBe(MAX_PIECE_BYTES);
  });

  it('make up the segment, and are no more than one of the largest has', () => {
    for (let sizeBytes = 1; sizeBytes <= MAX_SEGMENT_BYTES; sizeBytes = Math.ceil(sizeBytes * 1.37)) {
      const count = pieceCount(sizeBytes);
      expect(count).toBeLessThanOrEqual(MAX_PIECES);
      let sumBytes = 0;
      for (let index = 0; index < count; index++) sumBytes += pieceBytes(sizeBytes, index);
      expect(sumBytes).withContext(`${sizeBytes} bytes`).toBe(sizeBytes);
      expect(pieceBytes(sizeBytes, count - 1)).toBeGreaterThan(0);
    }
    expect(pieceCount(MAX_SEGMENT_BYTES)).toBe(MAX_PIECES);
  });
});
