// What the engine says of itself, for one viewer: the full panel, and a strip for the small viewers.
import { element } from './dom.js';
import { bytes, percent, rate, viewers } from './format.js';
import { rateChart } from './chart.js';

/** Codes of `explain()` that mean something is wrong rather than under way. */
const TROUBLE = new Set(['no-webrtc', 'no-mse', 'tracker-unreachable', 'connections-fail', 'no-trackers']);

function shareBar() {
  const peers = element('span', { class: 'from-peers' });
  const root = element('div', { class: 'share-bar', role: 'img' }, [peers]);
  return {
    root,
    show({ ratio, p2pBytes, httpBytes }) {
      peers.style.width = percent(ratio);
      root.setAttribute('aria-label', `${bytes(p2pBytes)} from viewers, ${bytes(httpBytes)} from the origin`);
    },
  };
}

function figure(label, kind) {
  const value = element('dd', {}, ['–']);
  const root = element('div', { class: kind }, [element('dt', {}, [label]), value]);
  return { root, show: (text) => (value.textContent = text) };
}

export function swarmPanel() {
  const bar = shareBar();
  const chart = rateChart();
  const headline = element('strong', { class: 'share' }, ['–']);
  const explanation = element('p', { class: 'explanation', role: 'status' });
  const figures = {
    p2pBytes: figure('From viewers', 'peers'),
    httpBytes: figure('From the origin', 'origin'),
    uploadBytes: figure('Given to viewers', 'given'),
    peers: figure('Connected to', ''),
  };
  const root = element('section', { class: 'panel', 'aria-label': 'Swarm' }, [
    element('p', { class: 'headline' }, [headline, element('span', {}, [' came from other viewers'])]),
    bar.root,
    element('dl', { class: 'figures' }, Object.values(figures).map((each) => each.root)),
    chart.root,
    explanation,
  ]);
  return {
    root,
    show(stats, { code, sentence }) {
      headline.textContent = percent(stats.ratio);
      bar.show(stats);
      chart.show(stats);
      figures.p2pBytes.show(bytes(stats.p2pBytes));
      figures.httpBytes.show(bytes(stats.httpBytes));
      figures.uploadBytes.show(bytes(stats.uploadBytes));
      figures.peers.show(viewers(stats.peers));
      // A live region speaks at every change of its text, so it is only touched when there is one.
      if (explanation.textContent !== sentence) explanation.textContent = sentence;
      explanation.dataset.tone = code === 'working' ? 'good' : TROUBLE.has(code) ? 'bad' : 'neutral';
    },
  };
}

export function compactPanel() {
  const bar = shareBar();
  const share = element('strong', {}, ['–']);
  const up = element('span', { title: 'Given to viewers' }, ['↑ –']);
  const peers = element('span', {}, ['0 viewers']);
  const root = element('div', { class: 'strip' }, [bar.root, element('p', {}, [share, up, peers])]);
  return {
    root,
    show(stats) {
      bar.show(stats);
      share.textContent = `${percent(stats.ratio)} P2P`;
      up.textContent = `↑ ${stats.uploadRate > 0 ? rate(stats.uploadRate) : bytes(stats.uploadBytes)}`;
      peers.textContent = viewers(stats.peers);
    },
  };
}
