import { itemAfterKey } from '../../menu/index.ts';

/** Plyr goes back with the left arrow, and forward with the right. */
const MOVES = new Set(['ArrowDown', 'ArrowUp', 'Home', 'End']);

/**
 * Moves the focus within an element with `role="menu"`. To be called with its key presses, which Plyr
 * would otherwise take for the volume's.
 */
export function moveWithin(event: KeyboardEvent): void {
  if (!MOVES.has(event.key)) return;
  event.preventDefault();
  event.stopPropagation();
  const items = [...(event.currentTarget as Element).querySelectorAll<HTMLElement>('[role^="menuitem"]:not([hidden])')];
  const to = itemAfterKey(event.key, items.indexOf(event.target as HTMLElement), items.length);
  if (to !== undefined) items[to]?.focus();
}
