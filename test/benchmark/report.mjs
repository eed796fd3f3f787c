// The comparison as a table, and as bars in an SVG.
import { engines, scenarios } from './scenarios.mjs';

const MB = (bytes) => (bytes / 1e6).toFixed(1);
const columns = {
  'origin MB': ({ originBytes }) => MB(originBytes),
  copies: ({ copies }) => copies.toFixed(2),
  'from peers': ({ share }) => `${Math.round(share * 100)}%`,
  'start ms': ({ medianStartMs }) => Math.round(medianStartMs),
  slowest: ({ slowestStartMs }) => Math.round(slowestStartMs),
  'stall s': ({ stallMs }) => (stallMs / 1000).toFixed(1),
  'latency s': ({ medianLatencyS }) => medianLatencyS?.toFixed(1) ?? '',
  'heap MB': ({ medianHeapBytes }) => MB(medianHeapBytes),
  errors: ({ errors }) => errors.length,
};

/** @param {Record<string, Record<string, object>>} results by scenario, then engine; a figure is the median of its rounds */
export function table(results) {
  const rows = [['scenario', 'engine', ...Object.keys(columns)]];
  for (const [name, byEngine] of Object.entries(results)) {
    for (const [engine, figures] of Object.entries(byEngine)) {
      rows.push([scenarios[name].title, engines[engine], ...Object.values(columns).map((column) => String(column(figures)))]);
    }
  }
  const widths = rows[0].map((_, index) => Math.max(...rows.map((row) => String(row[index]).length)));
  return rows.map((row) => row.map((cell, index) => (index < 2 ? String(cell).padEnd(widths[index]) : String(cell).padStart(widths[index]))).join('  ')).join('\n');
}

const COLOURS = { plain: '#8a94a6', 'p2p-media-loader': '#d98a3d', playswarm: '#2f7fd1' };
const [WIDTH, LEFT, BAR, GAP, HEAD] = [720, 250, 16, 22, 56];

/** Origin copies by scenario and engine; light and dark pages both. */
export function plot(results) {
  const entries = Object.entries(results);
  const most = Math.max(...entries.flatMap(([, byEngine]) => Object.values(byEngine).map(({ copies }) => copies)));
  const scale = (WIDTH - LEFT - 70) / most;
  const parts = [];
  let y = HEAD;
  for (const [name, byEngine] of entries) {
    const middle = y + (Object.keys(byEngine).length * BAR) / 2 + 4;
    parts.push(`<text x="${LEFT - 12}" y="${middle}" text-anchor="end">${scenarios[name].title}</text>`);
    for (const [engine, { copies }] of Object.entries(byEngine)) {
      parts.push(`<rect x="${LEFT}" y="${y}" width="${(copies * scale).toFixed(1)}" height="${BAR - 3}" rx="2" fill="${COLOURS[engine]}"/>`);
      parts.push(`<text x="${(LEFT + copies * scale + 6).toFixed(1)}" y="${y + 11}" class="figure">${copies.toFixed(2)}</text>`);
      y += BAR;
    }
    y += GAP;
  }
  const key = Object.entries(engines).map(([engine, title], index) =>
    `<rect x="${LEFT + index * 155}" y="30" width="10" height="10" rx="2" fill="${COLOURS[engine]}"/><text x="${LEFT + index * 155 + 15}" y="39" class="figure">${title}</text>`);
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${y}" font-family="system-ui, sans-serif" font-size="13">
<style>text{fill:#1c2430}.figure{font-size:11px;fill:#566074}@media(prefers-color-scheme:dark){text{fill:#e6eaf0}.figure{fill:#aab3c2}}</style>
<text x="${LEFT - 238}" y="18" font-weight="600">Copies of each segment that the origin sent to the viewers (the floor is 1)</text>
${key.join('\n')}
${parts.join('\n')}
</svg>
`;
}
