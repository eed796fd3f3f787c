import { SVG_TAGS } from './markup.ts';
import type { Markup } from './markup.ts';

type Child = Markup | string;

/**
 * Makes `parent` hold just what is described. What is there already is changed in place, so the focus
 * stays where it is. No HTML strings: a page's Content-Security-Policy may forbid them.
 */
export function draw(parent: Element, children: readonly Child[]): void {
  children.forEach((child, index) => {
    const there = parent.childNodes[index];
    if (!there) parent.append(make(parent.ownerDocument, child));
    else if (!update(there, child)) there.replaceWith(make(parent.ownerDocument, child));
  });
  while (parent.childNodes.length > children.length) parent.lastChild?.remove();
}

/** In the document it is to be part of, which need not be the global one. */
function make(document: Document, child: Child): Node {
  if (typeof child === 'string') return document.createTextNode(child);
  const namespace = SVG_TAGS.has(child.tag) ? 'http://www.w3.org/2000/svg' : 'http://www.w3.org/1999/xhtml';
  const made = document.createElementNS(namespace, child.tag);
  update(made, child);
  return made;
}

/** @returns whether the node is of the kind that is described; only then it was changed. */
function update(node: Node, child: Child): boolean {
  if (typeof child === 'string') {
    if (node.nodeType !== Node.TEXT_NODE) return false;
    if (node.nodeValue !== child) node.nodeValue = child;
    return true;
  }
  if (!(node instanceof Element) || node.localName !== child.tag) return false;
  setAttributes(node, child.attributes);
  draw(node, child.children);
  return true;
}

function setAttributes(element: Element, attributes: Markup['attributes']): void {
  for (const [name, value] of Object.entries(attributes)) {
    if (element.getAttribute(name) !== value) element.setAttribute(name, value);
  }
}
