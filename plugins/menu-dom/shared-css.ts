/**
 * The looks of the switch and of `statisticsMarkup`, in the colours of the player around them. Those of the
 * lines stand out from white and from black alike (3:1 at least), and the upload is told apart by its dashes too.
 * Two classes each: players' own resets are a class and a tag. A page or theme sets `--playswarm-on`, else the
 * player's own accent is the colour of what is on.
 */
export const SHARED_CSS = `
.playswarm-switch.playswarm-switch.playswarm-switch { display: flex; align-items: center; gap: 12px; }
.playswarm-switch.playswarm-switch.playswarm-switch::after {
  content: ''; display: block; position: static; flex: none; box-sizing: border-box; margin-inline-start: auto; width: 32px; height: 18px; border: 0; border-radius: 9px;
  background: radial-gradient(circle, #fff 6px, transparent 6.5px) 0 0 / 18px 18px no-repeat #767676;
  transform: none; transition: background-position 0.15s ease;
}
.playswarm-switch.playswarm-switch.playswarm-switch[aria-checked="true"]::after { background-color: var(--playswarm-on, #005aff); background-position: 14px 0; }
[dir="rtl"] .playswarm-switch.playswarm-switch.playswarm-switch::after { background-position: 14px 0; }
[dir="rtl"] .playswarm-switch.playswarm-switch.playswarm-switch[aria-checked="true"]::after { background-position: 0 0; }
@media (prefers-reduced-motion: reduce) {
  .playswarm-switch.playswarm-switch.playswarm-switch::after { transition: none; }
}
@media (forced-colors: active) {
  .playswarm-switch.playswarm-switch.playswarm-switch::after { forced-color-adjust: none; outline: 1px solid CanvasText; }
}
.playswarm-statistics .playswarm-reason { margin: 0 0 8px; }
.playswarm-statistics .playswarm-figures { margin: 0; }
.playswarm-statistics .playswarm-figures > div { display: flex; justify-content: space-between; gap: 12px; padding: 1px 0; }
.playswarm-statistics .playswarm-figures dd { margin: 0; white-space: nowrap; font-variant-numeric: tabular-nums; }
.playswarm-statistics .playswarm-key::before {
  content: ''; display: inline-block; width: 10px; height: 3px; margin-inline-end: 6px; vertical-align: middle; background: currentColor;
}
.playswarm-statistics .playswarm-key.playswarm-peers::before { color: #2da44e; }
.playswarm-statistics .playswarm-key.playswarm-origin::before { color: #3b82f6; }
.playswarm-statistics .playswarm-key.playswarm-upload::before { color: #d9730d; }
.playswarm-statistics .playswarm-graph { display: block; width: 100%; height: 44px; margin-top: 8px; direction: ltr; background: rgba(128, 128, 128, 0.15); }
.playswarm-statistics .playswarm-graph polyline { stroke-width: 1.5px; }
.playswarm-statistics .playswarm-graph .playswarm-peers { stroke: #2da44e; }
.playswarm-statistics .playswarm-graph .playswarm-origin { stroke: #3b82f6; }
.playswarm-statistics .playswarm-graph .playswarm-upload { stroke: #d9730d; stroke-dasharray: 4 2; }
`;
