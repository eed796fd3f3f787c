// Everything around the player that the examples have in common, so that each one's own script shows only
// what one writes to use Playswarm.
import { element } from './dom.js';
import { examples, formatNames } from './list.js';
import { address, embedded, format, live, localConfig, qualities, quality, stream } from './scene.js';
import { compactPanel, swarmPanel } from './panel.js';
import { viewerGrid } from './viewers.js';

const EVERY_SECOND_MS = 1000;

const { title, formats } = examples.find(({ folder }) => location.pathname.startsWith(`/${folder}/`));

function header() {
  const choice = (label, on, href) => element('a', { class: 'choice', href, 'aria-current': on ? 'page' : undefined }, [label]);
  const formatChoices = formats.length > 1 ? [element('nav', { class: 'choices', 'aria-label': 'Format' }, formats.map((name) => choice(formatNames[name], name === format, address({ format: name, quality: 'auto' }))))] : [];
  const options = qualities.map(({ value, label }) => element('option', { value, selected: value === quality }, [label]));
  // The DASH stream has no manifest for each of its qualities.
  const qualityChoice = format === 'hls' ? [element('select', { 'aria-label': 'Quality', onchange: (event) => location.assign(address({ quality: event.target.value })) }, options)] : [];
  return element('header', { class: 'bar' }, [
    element('a', { class: 'home', href: '/', 'aria-label': 'All examples' }, [element('img', { src: '/shared/icon.svg', alt: '', width: 32, height: 32 })]),
    element('h1', {}, [title]),
    ...formatChoices,
    element('nav', { class: 'choices', 'aria-label': 'Stream' }, [
      choice('On demand', !live, address({ live: false })),
      choice('Live', live, address({ live: true })),
    ]),
    ...qualityChoice,
  ]);
}

/**
 * @param {(stage: HTMLElement, scene: { source: string, type: string, live: boolean, p2p: object }) => () => import('../../core/index.ts').P2PEngine | undefined} play
 *   puts the player into the stage and starts it; what it returns gives the engine, once there is one
 */
export async function startExample(play) {
  document.title = `${title} · Playswarm`;
  const stage = element('div', { class: 'stage' });
  const panel = embedded ? compactPanel() : swarmPanel();
  const grid = embedded ? undefined : viewerGrid(address({ embed: true }));
  document.body.classList.toggle('embedded', embedded);
  if (embedded) document.body.append(stage, panel.root);
  else document.body.append(element('main', { class: 'page' }, [header(), element('div', { class: 'watch' }, [stage, panel.root]), grid.root]));

  let engine;
  try {
    engine = play(stage, { ...stream, live, p2p: await localConfig() });
  } catch (error) {
    stage.replaceChildren(element('p', { class: 'problem', role: 'alert' }, [error.message]));
    throw error;
  }

  setInterval(() => {
    const p2p = engine();
    if (!p2p) return;
    const stats = p2p.getStats();
    panel.show(stats, p2p.explain());
    if (embedded) parent.postMessage({ playswarm: stats }, location.origin);
    grid?.show(stats);
  }, EVERY_SECOND_MS);
}
