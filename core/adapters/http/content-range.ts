/** What `Content-Range: bytes first-last/total` says. */
export interface ContentRange {
  readonly start: number;
  /** Exclusive. */
  readonly end: number;
  /** Length of the whole resource; absent where the server does not know (`*`). */
  readonly resourceBytes: number | undefined;
}

/** @returns `undefined` for anything that RFC 9110, 14.4 does not allow for a satisfied byte range. */
export function parseContentRange(header: string): ContentRange | undefined {
  const match = /^bytes (\d+)-(\d+)\/(\d+|\*)$/i.exec(header.trim());
  if (!match) return undefined;
  const start = Number(match[1]);
  const end = Number(match[2]) + 1;
  const resourceBytes = match[3] === '*' ? undefined : Number(match[3]);
  return start < end && end <= (resourceBytes ?? Infinity) ? { start, end, resourceBytes } : undefined;
}
