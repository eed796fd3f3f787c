/**
 * The looks of `statisticsMarkup` in any player's colours. The colours of the lines are told apart by
 * the colour-blind too, on dark and on light.
 */
export const STATISTICS_CSS = `
.playswarm-figures { margin: 0; }
.playswarm-figures > div { display: flex; justify-content: space-between; gap: 12px; padding: 1px 0; }
.playswarm-figures dt { opacity: 0.75; }
.playswarm-figures dd { margin: 0; white-space: nowrap; font-variant-numeric: tabular-nums; }
.playswarm-key::before {
  content: ''; display: inline-block; width: 10px; height: 3px; margin-inline-end: 6px; vertical-align: middle; background: currentColor;
}
.playswarm-key.playswarm-peers::before { color: #6fdc8c; }
.playswarm-key.playswarm-origin::before { color: #a8c7fa; }
.playswarm-key.playswarm-upload::before { color: #ffb86b; }
.playswarm-graph { display: block; width: 100%; height: 44px; margin-top: 8px; direction: ltr; background: rgba(255, 255, 255, 0.06); }
.playswarm-graph polyline { stroke-width: 1.5px; }
.playswarm-graph .playswarm-peers { stroke: #6fdc8c; }
.playswarm-graph .playswarm-origin { stroke: #a8c7fa; }
.playswarm-graph .playswarm-upload { stroke: #ffb86b; stroke-dasharray: 4 2; }
`;
