import { HISTORY_S } from '../menu/index.ts';
import type { Choice, ChoiceGroup, Figure, MenuView } from '../menu/index.ts';

/** An element as plain data: what the menus of several players have in common, for each to draw. */
export interface Markup {
  readonly tag: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: readonly (Markup | string)[];
}

/** The tags that are of the SVG namespace. */
export const SVG_TAGS: ReadonlySet<string> = new Set(['svg', 'path', 'circle', 'polyline']);

/** Which line of the graph a figure is the number of; the class of both. */
const LINE_OF: Partial<Record<Figure['id'], string>> = {
  peerSpeed: 'peers',
  originSpeed: 'origin',
  uploadSpeed: 'upload',
};

/** In units of the view box; a unit across is a second. */
const GRAPH_HEIGHT = 24;

/** Three viewers, each joined to the others. */
export function iconMarkup(): Markup {
  const dot = (cx: string, cy: string) => markup('circle', { cx, cy, r: '3', fill: 'currentColor' });
  return markup(
    'svg',
    { viewBox: '0 0 24 24', 'aria-hidden': 'true', focusable: 'false' },
    markup('path', { d: 'M12 6 L5.5 17 L18.5 17 Z', fill: 'none', stroke: 'currentColor', 'stroke-width': '1.5' }),
    dot('12', '6'),
    dot('5.5', '17'),
    dot('18.5', '17'),
  );
}

/**
 * The settings, for an element with `role="menu"`. What a choice stands for is in its `data-p2p-group`
 * (absent: the switch that turns P2P on and off) and `data-p2p-choice`.
 */
export function settingsMarkup(view: MenuView, choiceClass: string): readonly Markup[] {
  return [
    choiceMarkup('menuitemcheckbox', view.enabled, { class: `${choiceClass} playswarm-switch` }),
    ...view.groups.flatMap((group) => groupMarkup(group, choiceClass)),
  ];
}

function groupMarkup({ id, label, choices }: ChoiceGroup, choiceClass: string): Markup[] {
  const attributes = { class: choiceClass, 'data-p2p-group': id };
  return [
    // The group's own name says the same.
    markup('div', { class: 'playswarm-heading', 'aria-hidden': 'true' }, label),
    markup(
      'div',
      { class: 'playswarm-options', role: 'group', 'aria-label': label },
      ...choices.map((choice) => choiceMarkup('menuitemradio', choice, attributes)),
    ),
  ];
}

function choiceMarkup(role: string, { id, label, checked }: Choice, attributes: Markup['attributes']): Markup {
  return markup(
    'button',
    { type: 'button', role, 'aria-checked': String(checked), 'data-p2p-choice': id, ...attributes },
    markup('span', {}, label),
  );
}

/** The reason, the figures and the graph: what the menu shows and nobody can press. */
export function statisticsMarkup(view: MenuView): readonly Markup[] {
  return [
    markup('p', { class: 'playswarm-reason' }, view.reason),
    markup('dl', { class: 'playswarm-figures' }, ...view.figures.map(figureMarkup)),
    graphMarkup(view.graph),
  ];
}

function figureMarkup({ id, label, value }: Figure): Markup {
  const line = LINE_OF[id];
  const attributes: Markup['attributes'] = line ? { class: `playswarm-key playswarm-${line}` } : {};
  return markup('div', { 'data-p2p-figure': id }, markup('dt', attributes, label), markup('dd', {}, value));
}

/** The speeds of the last minute as three lines on one scale. */
function graphMarkup(graph: MenuView['graph']): Markup {
  const line = (name: string, speedsBps: readonly number[]) =>
    markup('polyline', {
      class: `playswarm-${name}`,
      fill: 'none',
      // Stretched with the box, the line keeps its width.
      'vector-effect': 'non-scaling-stroke',
      points: pointsOf(speedsBps, graph.maxBps),
    });
  return markup(
    'svg',
    {
      class: 'playswarm-graph',
      role: 'img',
      'aria-label': graph.label,
      viewBox: `0 -1 ${HISTORY_S - 1} ${GRAPH_HEIGHT + 2}`,
      preserveAspectRatio: 'none',
    },
    line('origin', graph.httpBps),
    line('upload', graph.uploadBps),
    line('peers', graph.p2pBps),
  );
}

function pointsOf(speedsBps: readonly number[], maxBps: number): string {
  return speedsBps
    .map((bps, second) => `${second},${(GRAPH_HEIGHT * (1 - (maxBps > 0 ? bps / maxBps : 0))).toFixed(1)}`)
    .join(' ');
}

function markup(tag: string, attributes: Markup['attributes'], ...children: Markup['children']): Markup {
  return { tag, attributes, children };
}
