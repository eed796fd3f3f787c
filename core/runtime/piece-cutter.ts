import { joinBytes, pieceSizeBytes } from '../model/index.ts';

export interface CutPiece {
  readonly index: number;
  readonly bytes: Uint8Array;
}

/**
 * Cuts a stream of bytes that begins somewhere in a segment into the segment's pieces. A piece that
 * came in one chunk is not copied; a chunk that spans many is cut into views of it.
 */
export class PieceCutter {
  private parts: Uint8Array[] = [];
  private partBytes = 0;
  private readonly pieceSizeBytes: number;
  private position: number;
  /** Bytes to pass over until a piece begins. */
  private skipBytes: number;

  /** @param startByte where in the segment the stream begins; pieces that began before are passed over. */
  constructor(
    startByte: number,
    private readonly sizeBytes: number,
  ) {
    this.pieceSizeBytes = pieceSizeBytes(sizeBytes);
    this.position = Math.ceil(startByte / this.pieceSizeBytes) * this.pieceSizeBytes;
    this.skipBytes = this.position - startByte;
  }

  /** @returns the pieces that are complete with it, which follow one another. */
  push(chunk: Uint8Array): CutPiece[] {
    const pieces: CutPiece[] = [];
    let rest = chunk;
    if (this.skipBytes > 0) {
      const skipped = Math.min(this.skipBytes, rest.length);
      this.skipBytes -= skipped;
      rest = rest.subarray(skipped);
    }
    while (rest.length > 0 && this.position < this.sizeBytes) {
      const wantedBytes = Math.min(this.pieceSizeBytes, this.sizeBytes - this.position) - this.partBytes;
      const part = rest.subarray(0, wantedBytes);
      this.parts.push(part);
      this.partBytes += part.length;
      rest = rest.subarray(part.length);
      if (part.length === wantedBytes) pieces.push(this.complete());
    }
    return pieces;
  }

  private complete(): CutPiece {
    const index = this.position / this.pieceSizeBytes;
    const bytes = joined(this.parts);
    this.position += this.partBytes;
    this.parts = [];
    this.partBytes = 0;
    return { index, bytes };
  }
}

/** @returns the parts as one array in memory of its own, unless there is only one. */
export function joined(parts: readonly Uint8Array[]): Uint8Array {
  const [only] = parts;
  return only && parts.length === 1 ? only : joinBytes(parts);
}
