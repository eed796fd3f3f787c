import type { Figure, MenuView } from '../../menu/index.ts';
import { element } from './dom.ts';
import { Graph } from './graph.ts';

/** Whose line in the graph a figure belongs to. */
const LINE_OF: Partial<Record<Figure['id'], string>> = {
  peerSpeed: 'vjs-p2p-peers',
  originSpeed: 'vjs-p2p-origin',
  uploadSpeed: 'vjs-p2p-upload',
};

/** The reason, the figures and the graph: what the menu shows and nobody can press. */
export class Figures {
  private readonly reason = element('p', 'vjs-p2p-reason');
  private readonly list = element('dl', 'vjs-p2p-figures');
  private readonly graph = new Graph();
  private readonly values = new Map<Figure['id'], { term: HTMLElement; value: HTMLElement; row: HTMLElement }>();

  readonly el = element('div', 'vjs-p2p-statistics', { role: 'group' }, this.reason, this.list, this.graph.el);

  render(view: MenuView): void {
    this.el.setAttribute('aria-label', view.statisticsLabel);
    this.reason.textContent = view.reason;
    const shown = new Set(view.figures.map((figure) => figure.id));
    for (const [id, { row }] of this.values) row.hidden = !shown.has(id);
    for (const figure of view.figures) {
      const { term, value } = this.values.get(figure.id) ?? this.add(figure.id);
      term.textContent = figure.label;
      value.textContent = figure.value;
    }
    this.graph.render(view.graph);
  }

  private add(id: Figure['id']) {
    const term = element('dt', LINE_OF[id] ?? '');
    const value = element('dd', '');
    const row = element('div', 'vjs-p2p-figure', { 'data-p2p-figure': id }, term, value);
    const entry = { term, value, row };
    this.values.set(id, entry);
    this.list.append(row);
    return entry;
  }
}
