import { svgElement } from './dom.ts';

/** Three viewers, each joined to the others. */
export function p2pIcon(): SVGSVGElement {
  const dot = (cx: string, cy: string) => svgElement('circle', { cx, cy, r: '3' });
  return svgElement(
    'svg',
    { class: 'vjs-p2p-icon', viewBox: '0 0 24 24', 'aria-hidden': 'true', focusable: 'false' },
    svgElement('path', { d: 'M12 6 L5.5 17 L18.5 17 Z', fill: 'none', stroke: 'currentColor', 'stroke-width': '1.5' }),
    dot('12', '6'),
    dot('5.5', '17'),
    dot('18.5', '17'),
  );
}
