import axe from 'axe-core';

/** What axe-core finds wrong with what is drawn in an element, in words. */
export async function complaints(element: Element): Promise<string[]> {
  const { violations } = await axe.run(element);
  return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 120)).join(' | ')}`);
}

/** Presses a key on what has the focus, down and up. @returns what has the focus then. */
export function press(key: string): Element | null {
  for (const type of ['keydown', 'keyup']) {
    document.activeElement?.dispatchEvent(new KeyboardEvent(type, { key, bubbles: true, cancelable: true, composed: true }));
  }
  return document.activeElement;
}
