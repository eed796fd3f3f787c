// More viewers in the same window: each frame is a real viewer with a player, an engine and connections of its own.
import { element } from './dom.js';
import { bytes, percent, viewers } from './format.js';

const AT_A_TIME = [1, 3];

export function viewerGrid(url) {
  const grid = element('div', { class: 'grid' });
  const summary = element('p', { class: 'summary' });
  /** @type {Map<Window, object>} */
  const others = new Map();

  addEventListener('message', ({ source, origin, data }) => {
    const known = [...grid.querySelectorAll('iframe')].some((frame) => frame.contentWindow === source);
    if (known && origin === location.origin && data?.playswarm) others.set(source, data.playswarm);
  });

  let opened = 0;
  function open() {
    opened += 1;
    const frame = element('iframe', { src: url, title: `Viewer ${opened + 1}`, allow: 'autoplay' });
    const close = () => {
      others.delete(frame.contentWindow);
      card.remove();
    };
    const card = element('article', { class: 'viewer' }, [
      element('header', {}, [`Viewer ${opened + 1}`, element('button', { class: 'close', 'aria-label': `Close viewer ${opened + 1}`, onclick: close }, ['×'])]),
      frame,
    ]);
    grid.append(card);
    card.scrollIntoView({ behavior: 'smooth', block: 'nearest' });
  }

  const button = (count) =>
    element('button', { class: count === 1 ? 'button primary' : 'button', onclick: () => Array.from({ length: count }, open) }, [
      count === 1 ? 'Add a viewer' : `Add ${count}`,
    ]);

  const root = element('section', { class: 'others', 'aria-label': 'More viewers' }, [
    element('div', { class: 'others-bar' }, [element('div', {}, [element('h2', {}, ['In this window']), summary]), element('div', { class: 'actions' }, AT_A_TIME.map(button))]),
    grid,
  ]);
  return {
    root,
    /** @param {object} mine the first viewer's statistics */
    show(mine) {
      const all = [mine, ...others.values()];
      const sum = (field) => all.reduce((total, stats) => total + stats[field], 0);
      const fromOrigin = sum('httpBytes');
      const total = fromOrigin + sum('p2pBytes');
      if (all.length === 1) summary.replaceChildren('You are the only viewer here: add some, and the origin has less to send.');
      else {
        const sent = element('strong', {}, [`the origin sent ${percent(fromOrigin / (total || 1))} of it`]);
        summary.replaceChildren(`${viewers(all.length)} received ${bytes(total)}: `, sent, `, ${bytes(fromOrigin)}.`);
      }
    },
  };
}
