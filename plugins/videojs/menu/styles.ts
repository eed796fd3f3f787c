/**
 * The menu's looks, on top of Video.js's own. Sizes are in em of the control bar, whose font size
 * pages change with the player's.
 */
const CSS = `
.vjs-p2p-button { cursor: pointer; }
.vjs-p2p-icon { width: 1.9em; height: 3em; fill: currentColor; }
.vjs-p2p-button:not(.vjs-p2p-working) .vjs-p2p-icon { opacity: 0.6; }
.video-js .vjs-p2p-button .vjs-menu { left: auto; right: -3em; width: 27em; max-width: calc(100vw - 2em); }
.vjs-p2p-panel {
  position: absolute; bottom: 1.5em; width: 100%; box-sizing: border-box; overflow-y: auto;
  background-color: rgba(43, 51, 63, 0.94); text-align: start;
}
.video-js .vjs-p2p-button .vjs-p2p-panel .vjs-menu-content {
  position: static; max-height: none; overflow: visible; background-color: transparent; text-align: start;
}
.video-js .vjs-p2p-button .vjs-menu li { font-size: 1.2em; line-height: 1.4; text-transform: none; text-align: start; }
.video-js .vjs-p2p-button .vjs-p2p-choice {
  display: flex; align-items: center; justify-content: flex-start; gap: 0.6em; padding: 0.25em 0.8em; min-height: 2em; margin: 0;
  box-sizing: border-box;
}
.vjs-p2p-choice::before {
  content: ''; flex: none; width: 0.8em; height: 0.8em; border: 0.12em solid currentColor; border-radius: 50%;
}
.vjs-p2p-choice[role="menuitemcheckbox"]::before { border-radius: 0.2em; }
.vjs-p2p-choice.vjs-selected::before { background-color: currentColor; box-shadow: inset 0 0 0 0.12em #2b333f; }
.video-js .vjs-p2p-button .vjs-menu li.vjs-p2p-choice.vjs-selected { background-color: transparent; color: inherit; }
.video-js .vjs-p2p-button .vjs-menu li.vjs-p2p-choice:hover,
.video-js .vjs-p2p-button .vjs-menu li.vjs-p2p-choice:focus { background-color: rgba(115, 133, 159, 0.5); color: inherit; }
.video-js .vjs-p2p-button .vjs-menu li.vjs-p2p-choice:focus-visible { outline: 0.15em solid #fff; outline-offset: -0.15em; }
.vjs-p2p-group { padding: 0; margin: 0; list-style: none; }
.video-js .vjs-p2p-button .vjs-menu li.vjs-p2p-section { display: block; padding: 0; font-size: 1em; }
.vjs-p2p-heading { padding: 0.5em 0.8em 0; font-size: 1.2em; font-weight: bold; opacity: 0.85; }
.video-js .vjs-p2p-options { display: flex; flex-wrap: wrap; }
.vjs-p2p-statistics { padding: 0.5em 0.8em; font-size: 1.2em; line-height: 1.4; }
.vjs-p2p-reason { margin: 0 0 0.5em; }
.vjs-p2p-figures { margin: 0; }
.vjs-p2p-figure { display: flex; justify-content: space-between; gap: 1em; }
.vjs-p2p-figure[hidden] { display: none; }
.vjs-p2p-figure dt { opacity: 0.85; }
.vjs-p2p-figure dd { margin: 0; white-space: nowrap; font-variant-numeric: tabular-nums; }
.vjs-p2p-figure dt[class]:not([class=""])::before {
  content: ''; display: inline-block; width: 0.7em; height: 0.25em; margin-inline-end: 0.4em; vertical-align: middle;
  background-color: currentColor;
}
dt.vjs-p2p-peers::before { color: #6fdc8c; }
dt.vjs-p2p-origin::before { color: #a8c7fa; }
dt.vjs-p2p-upload::before { color: #ffb86b; }
.vjs-p2p-graph { display: block; width: 100%; height: 4em; margin-top: 0.5em; background-color: rgba(0, 0, 0, 0.25); direction: ltr; }
.vjs-p2p-graph polyline { stroke-width: 1.5px; }
.vjs-p2p-graph .vjs-p2p-peers { stroke: #6fdc8c; }
.vjs-p2p-graph .vjs-p2p-origin { stroke: #a8c7fa; }
.vjs-p2p-graph .vjs-p2p-upload { stroke: #ffb86b; stroke-dasharray: 4 2; }
@media (pointer: coarse) {
  .video-js .vjs-p2p-button .vjs-p2p-choice { min-height: 44px; min-width: 44px; }
}
@media (forced-colors: active) {
  .vjs-p2p-choice.vjs-selected::before { background-color: Highlight; forced-color-adjust: none; }
}
`;

const styled = new WeakSet<Node>();

/**
 * Styles the menus in the document or shadow tree that `node` is in, once for each. A constructed
 * style sheet needs no `style-src 'unsafe-inline'`; browsers without get a style element.
 */
export function injectStyles(node: Node): void {
  const root = node.getRootNode();
  const scope = root instanceof ShadowRoot ? root : document;
  if (styled.has(scope)) return;
  styled.add(scope);
  if ('adoptedStyleSheets' in scope && 'replaceSync' in CSSStyleSheet.prototype) {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(CSS);
    scope.adoptedStyleSheets = [...scope.adoptedStyleSheets, sheet];
    return;
  }
  const style = document.createElement('style');
  style.textContent = CSS;
  (scope instanceof ShadowRoot ? scope : document.head).append(style);
}
