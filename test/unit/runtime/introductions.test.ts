import type { PeerId, Signal } from '../../../core/model/index.ts';
import type { Links } from '../../../core/ports/index.ts';
import { Attempts } from '../../../core/runtime/attempts.ts';
import { Introductions } from '../../../core/runtime/introductions.ts';
import { peerNamed } from '../../kit/engine-bench.ts';
import { VirtualClock } from '../../kit/virtual-clock.ts';

const SELF = peerNamed('self');
const CARRIER = peerNamed('carrier');

/** Connections that say something for the other side at once, and never come about. */
class HopefulLinks implements Links {
  readonly supported = true;
  open = 0;

  connect(...[{ initiator }, { signal }]: Parameters<Links['connect']>): ReturnType<Links['connect']> {
    this.open++;
    if (initiator) signal('offer');
    return { signal: () => undefined, cancel: () => this.open-- };
  }
}

/** One with two neighbours, one of whom carries what is signalled. */
function introduced({ hasRoom = true } = {}) {
  const links = new HopefulLinks();
  const sent: { readonly to: PeerId; readonly signal: Signal }[] = [];
  const attempts = new Attempts(SELF, links, new VirtualClock(), () => false, { opened: () => undefined, changed: () => introductions.seekOut() });
  const introductions: Introductions = new Introductions(SELF, attempts, {
    isNeighbour: (peer) => peer === CARRIER,
    wanted: () => 10,
    hasRoom: () => hasRoom,
    send: (to, message) => {
      if (message.type === 'signal') sent.push({ to, signal: message });
    },
  });
  return { introductions, links, sent };
}

describe('runtime: introductions', () => {
  const strangers = ['a', 'b', 'c', 'd', 'e', 'f'].map(peerNamed);

  it('are tried four at a time, the next one at once where there is no room', () => {
    const { introductions, links, sent } = introduced();
    introductions.onIntroduce(CARRIER, { type: 'introduce', peers: strangers });
    expect(sent.map(({ signal }) => signal.to)).toEqual(strangers.slice(0, 4));
    const { attempt } = sent[1]?.signal ?? { attempt: NaN };
    const refusal: Signal = { type: 'signal', from: peerNamed('b'), to: SELF, attempt, data: '' };
    introductions.onSignal(peerNamed('an eavesdropper'), refusal);
    expect(sent.length).withContext('from one that does not carry it').toBe(4);
    introductions.onSignal(CARRIER, refusal);
    expect(sent.map(({ signal }) => signal.to)).toEqual(strangers.slice(0, 5));
    expect(links.open).toBe(4);
  });

  it('of strangers are refused in a word where there is no room, and refusals of what was never tried are not answered', () => {
    const { introductions, links, sent } = introduced({ hasRoom: false });
    const offer: Signal = { type: 'signal', from: peerNamed('a'), to: SELF, attempt: 7, data: 'offer' };
    introductions.onSignal(CARRIER, offer);
    expect(sent).toEqual([{ to: CARRIER, signal: { type: 'signal', from: SELF, to: offer.from, attempt: 7, data: '' } }]);
    introductions.onSignal(CARRIER, { ...offer, data: '' });
    introductions.onSignal(CARRIER, { ...offer, from: CARRIER, data: 'a late candidate' });
    expect([sent.length, links.open]).toEqual([1, 0]);
    for (let attempt = 0; attempt < 5_000; attempt++) introductions.onSignal(CARRIER, { ...offer, attempt });
    expect(sent.length).withContext('in a flood').toBe(2_000);
  });

  it('of a stranger that another attempt with is under way are refused in a word, so that it does not wait', () => {
    const { introductions, links, sent } = introduced();
    const offer: Signal = { type: 'signal', from: peerNamed('a'), to: SELF, attempt: 7, data: 'offer' };
    introductions.onSignal(CARRIER, offer);
    expect([sent.length, links.open]).toEqual([0, 1]);
    introductions.onSignal(CARRIER, { ...offer, attempt: 8 });
    expect(sent).toEqual([{ to: CARRIER, signal: { type: 'signal', from: SELF, to: offer.from, attempt: 8, data: '' } }]);
    expect(links.open).toBe(1);
  });
});
