/** What each document or shadow tree has got; a page may have players of several kinds. */
const styled = new WeakMap<Node, Set<string>>();

/**
 * Styles what is drawn in the document or shadow tree that `node` is in, once for each. A constructed
 * style sheet needs no `style-src 'unsafe-inline'`; browsers without get a style element.
 */
export function injectStyles(node: Element, css: string): void {
  const root = node.getRootNode();
  const scope = root instanceof ShadowRoot ? root : node.ownerDocument;
  const there = styled.get(scope) ?? new Set();
  if (there.has(css)) return;
  styled.set(scope, there.add(css));
  if ('adoptedStyleSheets' in scope && 'replaceSync' in CSSStyleSheet.prototype) {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(css);
    scope.adoptedStyleSheets = [...scope.adoptedStyleSheets, sheet];
    return;
  }
  const style = node.ownerDocument.createElement('style');
  style.textContent = css;
  (scope instanceof ShadowRoot ? scope : scope.head).append(style);
}
