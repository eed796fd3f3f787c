/**
 * Where a key moves the focus in a list of menu items (WAI-ARIA Authoring Practices, "Menu").
 *
 * @param index of the item that has the focus; -1: none has.
 * @param rtl whether the items run from right to left, which swaps the side arrows.
 * @returns the index of the item to focus; `undefined`: the key moves nothing.
 */
export function itemAfterKey(key: string, index: number, count: number, rtl = false): number | undefined {
  if (count === 0) return undefined;
  const next = (index + 1) % count;
  const previous = (Math.max(index, 0) - 1 + count) % count;
  switch (key) {
    case 'ArrowDown':
      return next;
    case 'ArrowUp':
      return previous;
    case 'ArrowRight':
      return rtl ? previous : next;
    case 'ArrowLeft':
      return rtl ? next : previous;
    case 'Home':
      return 0;
    case 'End':
      return count - 1;
    default:
      return undefined;
  }
}
