// One viewer with any player. Its address says which:
//   ?player=hls.js|shaka|videojs|clappr|plyr &engine=hls.js|shaka|vhs &build=umd|esm &source=<manifest> &p2p=<json>
/* global axe */
import { load } from './libraries.js';
import { Watch } from './watch.js';

const query = new URLSearchParams(location.search);
const stage = document.querySelector('#stage');
const engine = query.get('engine');
const { needs, create } = await import(`./drivers/${query.get('player').replace('.', '')}.js`);
const libraries = await load(query.get('build'), needs(engine));

/** @type {import('./drivers/driver.js').Driver} */
let driver;
let watch;

function start() {
  const container = stage.appendChild(document.createElement('div'));
  container.style.height = '100%';
  driver = create(container, libraries, { engine, source: query.get('source'), p2p: JSON.parse(query.get('p2p')) });
  watch = new Watch(() => driver.video());
}

window.viewer = {
  start,
  async destroy() {
    await driver.destroy();
    stage.replaceChildren();
  },
  get driver() {
    return driver;
  },
  metrics: () => ({ ...watch.metrics(), stats: driver.p2p()?.getStats(), explain: driver.p2p()?.explain() }),
  /** The element whose accessible name has this text, among those one can press. */
  pressable: (text) => {
    axe.setup(document);
    const found = [...document.querySelectorAll('button, [role="button"], [role^="menuitem"]')].find((element) => axe.commons.text.accessibleText(element).includes(text));
    axe.teardown();
    return found;
  },
};
start();
