import type { Figures } from './figures.ts';
import type { Outcome } from './report.ts';
import type { Scenario } from './scenario.ts';

/** Drawn for a column of 600 px: text is no smaller than what a page has there. */
const WIDTH_PX = 600;
const PANEL_PX = 150;
const TITLE_PX = 24;
const LABELS_PX = 26;
const MARGIN_PX = 44;
/** Labels in full need so much. */
const LABEL_PX = 100;
/** Of the value axis: what the greatest value reaches of it. */
const HEADROOM = 1.15;

interface Panel {
  readonly title: string;
  readonly of: (figures: Figures) => number;
  readonly text: (value: number) => string;
  /** Drawn of the plain player, too. */
  readonly plain: boolean;
}

const PANELS: readonly Panel[] = [
  { title: 'Origin copies of each segment, newcomers’ first segments apart', of: (figures) => figures.steadyCopies, text: (value) => value.toFixed(2), plain: false },
  { title: 'Time stalled, ms of each hour watched', of: (figures) => figures.stallRatio * 3_600_000, text: (value) => value.toFixed(0), plain: true },
  { title: 'Seconds until 95% of the viewers have a segment', of: (figures) => figures.reach95S.median, text: (value) => value.toFixed(1), plain: true },
  { title: 'Control traffic, kB per viewer and minute', of: (figures) => figures.controlBytesPerViewerMinute / 1000, text: (value) => value.toFixed(0), plain: false },
];

/** Colours by role, for light and for dark pages; the page's own colour shows through. */
const STYLE = `
  text { font: 13px system-ui, sans-serif; fill: #24292f }
  .title { font-weight: 600 }
  .axis { stroke: #8c959f; stroke-width: 1 }
  .p2p { fill: #0969da }
  .plain { fill: #9a6700 }
  @media (prefers-color-scheme: dark) {
    text { fill: #e6edf3 }
    .axis { stroke: #6e7681 }
    .p2p { fill: #58a6ff }
    .plain { fill: #d29922 }
  }`;

/** One panel per figure, one group of bars per scenario; nothing of nothing. */
export function plots(outcomes: readonly Outcome[]): string {
  const drawn = PANELS.filter((panel) => outcomes.some(({ p2p }) => Number.isFinite(panel.of(p2p))));
  const labels = labelsOf(outcomes.map(({ scenario }) => scenario));
  const panelPx = TITLE_PX + PANEL_PX + LABELS_PX;
  const heightPx = drawn.length * panelPx + LABELS_PX;
  const parts = drawn.map((panel, row) => `<g transform="translate(0 ${row * panelPx})">${panelOf(panel, outcomes, labels)}</g>`);
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH_PX} ${heightPx}" width="${WIDTH_PX}" role="img">`,
    `<title>Simulated swarms: ${drawn.map(({ title }) => title.toLowerCase()).join('; ')}</title>`,
    `<style>${STYLE}</style>`,
    ...parts,
    legend(heightPx, outcomes.some(({ plain }) => plain !== undefined)),
    '</svg>\n',
  ].join('\n');
}

function panelOf(panel: Panel, outcomes: readonly Outcome[], labels: readonly string[]): string {
  const values = outcomes.flatMap(({ p2p, plain }) => [panel.of(p2p), ...(panel.plain && plain ? [panel.of(plain)] : [])]);
  const most = Math.max(...values.filter((value) => Number.isFinite(value))) * HEADROOM || 1;
  const groupPx = (WIDTH_PX - 2 * MARGIN_PX) / outcomes.length;
  const barPx = Math.min(40, groupPx / 3);
  const bottom = TITLE_PX + PANEL_PX;
  const bar = (kind: 'p2p' | 'plain', value: number, centre: number): string => {
    if (!Number.isFinite(value)) return '';
    const height = (value / most) * (PANEL_PX - 18);
    const box = `x="${round(centre - barPx / 2)}" y="${round(bottom - height)}" width="${round(barPx)}" height="${round(height)}"`;
    return `<rect class="${kind}" ${box} rx="2"/><text x="${round(centre)}" y="${round(bottom - height - 4)}" text-anchor="middle">${panel.text(value)}</text>`;
  };
  const groups = outcomes.map(({ p2p, plain }, place) => {
    const centre = MARGIN_PX + groupPx * (place + 0.5);
    const isPaired = panel.plain && plain !== undefined;
    return [
      bar('p2p', panel.of(p2p), isPaired ? centre - barPx * 0.6 : centre),
      isPaired ? bar('plain', panel.of(plain), centre + barPx * 0.6) : '',
      `<text x="${round(centre)}" y="${bottom + 18}" text-anchor="middle">${labels[place] ?? ''}</text>`,
    ].join('');
  });
  const axis = `<line class="axis" x1="${MARGIN_PX}" x2="${WIDTH_PX - MARGIN_PX}" y1="${bottom}" y2="${bottom}"/>`;
  return `<text class="title" x="${MARGIN_PX}" y="16">${panel.title}</text>${groups.join('')}${axis}`;
}

function legend(heightPx: number, isPaired: boolean): string {
  const y = heightPx - 10;
  const entry = (kind: string, x: number, text: string): string => `<rect class="${kind}" x="${x}" y="${y - 11}" width="12" height="12" rx="2"/><text x="${x + 18}" y="${y}">${text}</text>`;
  return entry('p2p', MARGIN_PX, 'Playswarm') + (isPaired ? entry('plain', MARGIN_PX + 120, 'the same viewers without it') : '');
}

/** What the scenarios differ in, of each; their number of viewers where they are all alike. Where there are many, only the first says what it is. */
function labelsOf(scenarios: readonly Scenario[]): string[] {
  const members: readonly { readonly of: (scenario: Scenario) => number; readonly text: (value: string) => string }[] = [
    { of: ({ viewers }) => viewers, text: (value) => `${value} viewers` },
    { of: ({ segmentS }) => segmentS, text: (value) => `${value} s segments` },
    { of: ({ bitrateBps }) => bitrateBps / 1e6, text: (value) => `${value} Mbit/s` },
    { of: ({ slackS }) => slackS, text: (value) => `slack ${value} s` },
    { of: ({ seed }) => seed, text: (value) => `seed ${value}` },
    { of: ({ uploadRatio }) => uploadRatio, text: (value) => `upload ${value}x` },
  ];
  const differing = members.filter(({ of }) => new Set(scenarios.map(of)).size > 1);
  const [told = members[0]] = differing;
  const isNarrow = (WIDTH_PX - 2 * MARGIN_PX) / scenarios.length < LABEL_PX;
  return scenarios.map((scenario, place) => {
    const value = told?.of(scenario).toLocaleString('en') ?? '';
    return told && (place === 0 || !isNarrow) ? told.text(value) : value;
  });
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
