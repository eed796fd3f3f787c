/**
 * One range of RFC 9110, which is all players ask for.
 * @returns {{ start: number, end: number } | 'unsatisfiable' | undefined} end is exclusive; undefined: send everything
 */
export function parseRange(header, size) {
  const match = /^bytes=(\d*)-(\d*)$/.exec(header ?? '');
  if (!match || (match[1] === '' && match[2] === '')) return undefined;
  const [first, last] = [match[1], match[2]].map((digits) => (digits === '' ? undefined : Number(digits)));
  if (first === undefined) return last === 0 ? 'unsatisfiable' : { start: Math.max(0, size - last), end: size };
  if (first >= size || (last !== undefined && last < first)) return first >= size ? 'unsatisfiable' : undefined;
  return { start: first, end: last === undefined ? size : Math.min(size, last + 1) };
}
