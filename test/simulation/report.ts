import type { Figures } from './figures.ts';
import type { Scenario } from './scenario.ts';

/** One scenario's outcome, with that of the plain player for the same viewers. */
export interface Outcome {
  readonly scenario: Scenario;
  readonly p2p: Figures;
  readonly plain: Figures | undefined;
  readonly effort: Effort;
}

/** What the simulation of the viewers with P2P took. */
export interface Effort {
  readonly threads: number;
  /** Processor time, of all threads together. */
  readonly tookS: number;
  readonly wallS: number;
  /** Of the threads' time, what they waited for each other. */
  readonly waitedShare: number;
}

const percent = (share: number, digits = 2): string => `${(share * 100).toFixed(digits)}%`;

const COLUMNS: readonly { readonly title: string; readonly of: (outcome: Outcome) => string }[] = [
  { title: 'scenario', of: ({ scenario }) => scenario.name },
  { title: 'copies', of: ({ p2p }) => p2p.steadyCopies.toFixed(2) },
  { title: 'with starts', of: ({ p2p }) => p2p.copies.toFixed(2) },
  { title: 'offload', of: ({ p2p }) => percent(p2p.steadyOffload, 1) },
  { title: 'stall', of: ({ p2p }) => percent(p2p.stallRatio, 3) },
  { title: 'plain', of: ({ plain }) => (plain ? percent(plain.stallRatio, 3) : '') },
  { title: 'start ms', of: ({ p2p }) => p2p.startUpMs.median.toFixed(0) },
  { title: 'plain', of: ({ plain }) => plain?.startUpMs.median.toFixed(0) ?? '' },
  { title: '95% have it, s', of: ({ p2p }) => (Number.isNaN(p2p.reach95S.median) ? '' : p2p.reach95S.median.toFixed(2)) },
  { title: 'plain', of: ({ plain }) => (plain && !Number.isNaN(plain.reach95S.median) ? plain.reach95S.median.toFixed(2) : '') },
  { title: 'control', of: ({ p2p }) => percent(p2p.controlShare) },
  { title: 'kB/viewer/min', of: ({ p2p }) => (p2p.controlBytesPerViewerMinute / 1000).toFixed(0) },
  { title: 'took s', of: ({ effort }) => effort.tookS.toFixed(0) },
  { title: 'wall s', of: ({ effort }) => effort.wallS.toFixed(0) },
  { title: 'waited', of: ({ effort }) => (effort.threads > 1 ? percent(effort.waitedShare, 0) : '') },
];

/** A Markdown table. */
export function table(outcomes: readonly Outcome[]): string {
  const rows = [COLUMNS.map(({ title }) => title), ...outcomes.map((outcome) => COLUMNS.map(({ of }) => of(outcome)))];
  const widths = COLUMNS.map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  const lines = rows.map((row) => `| ${row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join(' | ')} |`);
  lines.splice(1, 0, `|${widths.map((width) => '-'.repeat(width + 2)).join('|')}|`);
  return lines.join('\n');
}
