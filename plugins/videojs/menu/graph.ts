import { HISTORY_S } from '../../menu/index.ts';
import type { MenuView } from '../../menu/index.ts';
import { svgElement } from './dom.ts';

/** In units of the view box; a unit across is a second. */
const HEIGHT = 24;

/** The speeds of the last minute as three lines on one scale. */
export class Graph {
  private readonly lines = {
    httpBps: line('vjs-p2p-origin'),
    uploadBps: line('vjs-p2p-upload'),
    p2pBps: line('vjs-p2p-peers'),
  };

  readonly el = svgElement(
    'svg',
    {
      class: 'vjs-p2p-graph',
      role: 'img',
      viewBox: `0 -1 ${HISTORY_S - 1} ${HEIGHT + 2}`,
      preserveAspectRatio: 'none',
    },
    ...Object.values(this.lines),
  );

  render(graph: MenuView['graph']): void {
    this.el.setAttribute('aria-label', graph.label);
    for (const name of ['httpBps', 'uploadBps', 'p2pBps'] as const) {
      this.lines[name].setAttribute('points', pointsOf(graph[name], graph.maxBps));
    }
  }
}

function line(className: string): SVGPolylineElement {
  // Stretched with the box, the line keeps its width.
  return svgElement('polyline', { class: className, fill: 'none', 'vector-effect': 'non-scaling-stroke' });
}

function pointsOf(speedsBps: readonly number[], maxBps: number): string {
  return speedsBps
    .map((bps, second) => `${second},${(HEIGHT * (1 - (maxBps > 0 ? bps / maxBps : 0))).toFixed(1)}`)
    .join(' ');
}
