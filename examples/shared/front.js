import { element } from './dom.js';
import { examples } from './list.js';

const card = ({ folder, title, player, engine, text }) =>
  element('li', { class: 'card' }, [
    element('h2', {}, [title]),
    element('p', {}, [text]),
    element('dl', { class: 'facts' }, [
      element('div', {}, [element('dt', {}, ['Player']), element('dd', {}, [player])]),
      element('div', {}, [element('dt', {}, ['Engine']), element('dd', {}, [engine])]),
    ]),
    element('div', { class: 'actions' }, [
      element('a', { class: 'button primary', href: `/${folder}/`, 'aria-label': `${title}, on demand` }, ['On demand']),
      element('a', { class: 'button', href: `/${folder}/?live`, 'aria-label': `${title}, live` }, [element('span', { class: 'live-dot' }), 'Live']),
    ]),
  ]);

document.querySelector('#cards').replaceChildren(...examples.map(card));
