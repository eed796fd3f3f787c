import { element } from './dom.js';
import { examples, formatNames, waysOf } from './list.js';

const button = (title, { format, live, path }) => {
  const name = `${title}, ${formatNames[format]}, ${live ? 'live' : 'on demand'}`;
  if (live) return element('a', { class: 'button', href: path, 'aria-label': name }, [element('span', { class: 'live-dot' }), 'Live']);
  return element('a', { class: 'button primary', href: path, 'aria-label': name }, ['On demand']);
};

const actions = (example, format) =>
  element('div', { class: 'actions' }, [
    element('span', { class: 'format' }, [formatNames[format]]),
    ...waysOf(example).filter((way) => way.format === format).map((way) => button(example.title, way)),
  ]);

const card = (example) => {
  const { title, player, engine, formats, text } = example;
  return element('li', { class: 'card' }, [
    element('h2', {}, [title]),
    element('p', {}, [text]),
    element('dl', { class: 'facts' }, [
      element('div', {}, [element('dt', {}, ['Player']), element('dd', {}, [player])]),
      element('div', {}, [element('dt', {}, ['Engine']), element('dd', {}, [engine])]),
    ]),
    ...formats.map((format) => actions(example, format)),
  ]);
};

document.querySelector('#cards').replaceChildren(...examples.map(card));
