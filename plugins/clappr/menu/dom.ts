import { SVG_TAGS } from '../../menu/index.ts';
import type { Markup } from '../../menu/index.ts';

/**
 * Elements without HTML strings: Clappr's own `template` needs `unsafe-eval`, and HTML would need
 * trusted types.
 */
export function element<Name extends keyof HTMLElementTagNameMap>(
  name: Name,
  attributes: Readonly<Record<string, string>> = {},
  ...children: (Node | string)[]
): HTMLElementTagNameMap[Name] {
  return fill(document.createElement(name), attributes, children);
}

export function fromMarkup({ tag, attributes, children }: Markup): Element {
  const made = SVG_TAGS.has(tag) ? document.createElementNS('http://www.w3.org/2000/svg', tag) : document.createElement(tag);
  return fill(made, attributes, children.map((child) => (typeof child === 'string' ? child : fromMarkup(child))));
}

function fill<Made extends Element>(made: Made, attributes: Markup['attributes'], children: (Node | string)[]): Made {
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  made.append(...children);
  return made;
}
