import { OfferRound } from '../../../core/adapters/tracker/offer-round.ts';
import { hash160Hex, type PeerId } from '../../../core/model/index.ts';
import { SeededRandom } from '../../kit/seeded-random.ts';
import { VirtualClock } from '../../kit/virtual-clock.ts';

const peer = hash160Hex('peer') as PeerId;
const sdp = (serial: number) => JSON.stringify({ type: 'offer', sdp: `v=${serial}` });

function begin(count: number) {
  const clock = new VirtualClock();
  const deliveries: ((data: string) => void)[] = [];
  const sent: { atMs: number; offers: string[]; ids: string[] }[] = [];
  const ends: string[] = [];
  const round = new OfferRound({
    clock,
    random: new SeededRandom(1),
    count,
    make(deliver) {
      const serial = deliveries.push(deliver) - 1;
      return { answered: (by, data) => ends.push(`${serial} answered ${by === peer} ${data}`), expired: () => ends.push(`${serial} expired`) };
    },
    send: (offers) => sent.push({ atMs: clock.nowMs(), offers: offers.map(({ data }) => data), ids: offers.map(({ offerId }) => offerId) }),
  });
  round.start();
  return { clock, deliveries, sent, ends, round };
}

describe('OfferRound', () => {
  it('announces at once where no offer is wanted', () => {
    expect(begin(0).sent).toEqual([{ atMs: 0, offers: [], ids: [] }]);
  });

  it('announces as soon as all offers are ready', () => {
    const { clock, deliveries, sent } = begin(2);
    clock.advance(30);
    deliveries[0]?.(sdp(0));
    expect(sent).toEqual([]);
    clock.advance(10);
    deliveries[1]?.(sdp(1));
    expect(sent.map(({ atMs, offers }) => [atMs, offers])).toEqual([[40, [sdp(0), sdp(1)]]]);
  });

  it('announces after a second with what is ready, and sends what comes later after it', () => {
    const { clock, deliveries, sent } = begin(3);
    deliveries[0]?.(sdp(0));
    clock.advance(1500);
    deliveries[1]?.(sdp(1));
    clock.advance(500);
    deliveries[2]?.(sdp(2));
    expect(sent.map(({ atMs, offers }) => [atMs, offers])).toEqual([[1000, [sdp(0)]], [2000, [sdp(1), sdp(2)]]]);
  });

  it('does not send what is no offer, or twice', () => {
    const { deliveries, sent } = begin(3);
    deliveries[0]?.('nonsense');
    deliveries[1]?.(JSON.stringify({ type: 'offer', sdp: 'x'.repeat(7000) }));
    deliveries[2]?.(sdp(2));
    deliveries[2]?.(sdp(3));
    expect(sent.map(({ offers }) => offers)).toEqual([[sdp(2)]]);
  });

  it('gives each answer to its offer, once, and ignores those to none', () => {
    const { deliveries, sent, ends, round } = begin(2);
    deliveries.forEach((deliver, serial) => deliver(sdp(serial)));
    const second = sent[0]?.ids[1] ?? '';
    round.answered(second, peer, 'data');
    round.answered(second, peer, 'again');
    round.answered('unknown', peer, 'data');
    expect(ends).toEqual(['1 answered true data']);
    expect(round.open).toBe(1);
  });

  it('lets unanswered offers expire 20 s after the last was sent, once', () => {
    const { clock, deliveries, ends, round } = begin(1);
    clock.advance(500);
    deliveries[0]?.(sdp(0));
    clock.advance(19_999);
    expect(ends).toEqual([]);
    clock.advance(1);
    round.expire();
    expect(ends).toEqual(['0 expired']);
    expect([round.open, clock.pending]).toEqual([0, 0]);
  });

  it('sends nothing once it has ended', () => {
    const { clock, deliveries, sent, round } = begin(1);
    round.expire();
    deliveries[0]?.(sdp(0));
    clock.advance(60_000);
    expect(sent).toEqual([]);
  });
});
