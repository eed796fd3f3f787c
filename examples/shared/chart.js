// The last minute's download rate, stacked: viewers below, origin on top.
import { element } from './dom.js';
import { rate } from './format.js';

const SECONDS = 60;
const WIDTH = 300;
const HEIGHT = 72;
const SVG = 'http://www.w3.org/2000/svg';

const path = (kind) => {
  const made = document.createElementNS(SVG, 'path');
  made.setAttribute('class', kind);
  return made;
};

const area = (upper, lower, scale) => {
  const point = (value, index) => `${((index + SECONDS - upper.length) * WIDTH) / (SECONDS - 1)},${HEIGHT - value * scale}`;
  return `M${upper.map(point).join('L')}L${lower.map(point).reverse().join('L')}Z`;
};

export function rateChart() {
  const samples = [];
  const [peers, origin] = [path('from-peers'), path('from-origin')];
  const svg = document.createElementNS(SVG, 'svg');
  svg.setAttribute('viewBox', `0 0 ${WIDTH} ${HEIGHT}`);
  svg.setAttribute('preserveAspectRatio', 'none');
  svg.setAttribute('aria-hidden', 'true');
  svg.append(peers, origin);
  const legend = element('span', {}, ['']);
  const root = element('figure', { class: 'chart' }, [svg, element('figcaption', {}, [element('span', {}, ['Download, last minute']), legend])]);
  return {
    root,
    show({ p2pRate, httpRate }) {
      samples.push({ p2pRate, total: p2pRate + httpRate });
      if (samples.length > SECONDS) samples.shift();
      const scale = (HEIGHT - 2) / Math.max(1e6, ...samples.map(({ total }) => total));
      const [bottom, middle, top] = [samples.map(() => 0), samples.map((sample) => sample.p2pRate), samples.map((sample) => sample.total)];
      peers.setAttribute('d', area(middle, bottom, scale));
      origin.setAttribute('d', area(top, middle, scale));
      legend.textContent = rate(p2pRate + httpRate);
    },
  };
}
