import { decodeMessage } from '../../../core/adapters/tracker/announce-message.ts';
import { hexToBinary } from '../../../core/adapters/tracker/binary.ts';
import { Presence } from '../../../core/adapters/tracker/presence.ts';
import { SwarmMembership } from '../../../core/adapters/tracker/swarm-membership.ts';
import { hash160Hex, type PeerId, type SwarmKey } from '../../../core/model/index.ts';
import type { TrackerHandlers } from '../../../core/ports/index.ts';
import { SeededRandom } from '../../kit/seeded-random.ts';
import { VirtualClock } from '../../kit/virtual-clock.ts';

const swarm = hash160Hex('swarm') as SwarmKey;
const self = hash160Hex('self') as PeerId;

interface SentAnnounce {
  readonly atMs: number;
  readonly offers: number;
  readonly offerIds: readonly string[];
  readonly event: string | undefined;
}

/** A viewer that lacks `missing` neighbours, in one swarm at several trackers; its offers are ready at once and never taken. */
function enter({ trackers, missing = 6 }: { trackers: number; missing?: number }) {
  const clock = new VirtualClock();
  const told: string[] = [];
  const offers = { open: 0, mostOpen: 0, answered: 0 };
  const handlers: TrackerHandlers = {
    wanted: (mostUseful) => Math.min(missing, mostUseful),
    offer(deliver) {
      offers.mostOpen = Math.max(offers.mostOpen, ++offers.open);
      deliver('{"type":"offer","sdp":"v=0"}');
      return { answered: () => (offers.open--, offers.answered++), expired: () => offers.open-- };
    },
    offered: () => undefined,
    swarmSize: (size) => told.push(`size ${size}`),
    reachable: (reachable, why) => told.push(reachable ? 'reachable' : `unreachable: ${why}`),
  };
  const membership = new SwarmMembership(handlers);
  const places = Array.from({ length: trackers }, () => {
    const announces: SentAnnounce[] = [];
    const presence = new Presence({
      swarm,
      self,
      clock,
      handlers,
      random: new SeededRandom(1),
      share: (mostUseful) => membership.share(mostUseful),
      totals: () => membership.totals,
      changed: () => membership.tell(),
      send(text) {
        const sent = JSON.parse(text) as { offers: { offer_id: string }[]; event?: string };
        announces.push({ atMs: clock.nowMs(), offers: sent.offers.length, offerIds: sent.offers.map((offer) => offer.offer_id), event: sent.event });
      },
    });
    membership.take({ presence, leave: () => undefined });
    /** The tracker's reply to an announce. */
    const reply = (size: number, intervalS?: number) => {
      const text = JSON.stringify({ action: 'announce', info_hash: hexToBinary(swarm), incomplete: size, interval: intervalS });
      const message = decodeMessage(text);
      if (message) presence.received(message);
    };
    return { presence, announces, reply };
  });
  membership.enter();
  return { clock, membership, offers, places, told, first: places[0] as (typeof places)[number] };
}

describe('tracker presence', () => {
  it('announces as started when connected, then at the interval that the tracker names', () => {
    const { clock, first } = enter({ trackers: 1 });
    first.presence.opened();
    first.reply(5, 30);
    clock.advance(61_000);
    expect(first.announces.map(({ atMs, event }) => [atMs, event])).toEqual([[0, 'started'], [30_000, undefined], [60_000, undefined]]);
  });

  it('holds the interval within 5 s and 10 min', () => {
    for (const [named, heeded] of [[0, 5_000], [1e9, 600_000]] as const) {
      const { clock, first } = enter({ trackers: 1 });
      first.presence.opened();
      first.reply(5, named);
      clock.advance(heeded);
      expect(first.announces.map(({ atMs }) => atMs)).toEqual([0, heeded]);
    }
  });

  it('announces soon when asked, ever more rarely, and at the first distance again once the swarm grows', () => {
    const { clock, first, membership } = enter({ trackers: 1 });
    first.presence.opened();
    first.reply(5, 120);
    for (let second = 0; second < 40; second++) {
      membership.announceSoon(false);
      clock.advance(1000);
    }
    expect(first.announces.map(({ atMs }) => atMs)).toEqual([0, 5_000, 15_000, 35_000]);
    first.reply(6, 120);
    membership.announceSoon(false);
    clock.advance(5000);
    expect(first.announces.at(-1)?.atMs).toBe(40_000);
  });

  it('announces much sooner, once, for who has hardly any neighbours, and the first offers stay open', () => {
    const { clock, first, membership, offers } = enter({ trackers: 1, missing: 8 });
    first.presence.opened();
    first.reply(4, 120);
    expect(offers.open).toBe(8);
    for (let second = 0; second < 14; second++) {
      membership.announceSoon(true);
      clock.advance(250);
      if (second === 2) {
        expect(offers.open).withContext('beside the second announce').toBe(8);
        const answer = JSON.stringify({
          action: 'announce', info_hash: hexToBinary(swarm), peer_id: hexToBinary(hash160Hex('other')),
          offer_id: first.announces[0]?.offerIds[0], answer: { type: 'answer', sdp: 'v=0' },
        });
        const message = decodeMessage(answer);
        if (message) first.presence.received(message);
        expect(offers.answered).withContext('an answer to one of the first').toBe(1);
      }
      clock.advance(750);
    }
    expect(first.announces.map(({ atMs }) => atMs)).toEqual([0, 500, 5_500]);
    membership.leave();
    expect([offers.open, clock.pending]).toEqual([0, 0]);
  });

  it('shares the offers out among trackers: together never more than wanted', () => {
    const { clock, offers, places } = enter({ trackers: 3, missing: 7 });
    for (const { presence } of places) presence.opened();
    expect(places.map(({ announces }) => announces[0]?.offers)).toEqual([3, 3, 1]);
    for (const { reply } of places) reply(50, 10);
    clock.advance(60_000);
    expect(offers.mostOpen).toBe(7);
  });

  it('gives the part of a tracker that fails to the others', () => {
    const { places: [dead, alive] } = enter({ trackers: 2, missing: 6 });
    dead?.presence.lost('gone');
    alive?.presence.opened();
    expect(alive?.announces[0]?.offers).toBe(6);
  });

  it('frees the offers at once where nobody is there to take them, and then makes one at a time', () => {
    const { clock, first, offers } = enter({ trackers: 1 });
    first.presence.opened();
    expect(offers.open).toBe(6);
    first.reply(1, 10);
    expect(offers.open).toBe(0);
    clock.advance(10_000);
    expect(first.announces.map((announce) => announce.offers)).toEqual([6, 1]);
  });

  it('lets offers expire when the tracker is lost, and starts anew when it is back', () => {
    const { clock, first, offers } = enter({ trackers: 1 });
    first.presence.opened();
    first.presence.lost('gone');
    expect([offers.open, clock.pending]).toEqual([0, 0]);
    first.presence.opened();
    expect(first.announces.map(({ event }) => event)).toEqual(['started', 'started']);
  });

  it('says stopped on leave, and then nothing', () => {
    const { clock, first, membership, offers, told } = enter({ trackers: 1 });
    first.presence.opened();
    const toldBefore = told.length;
    membership.leave();
    membership.leave();
    membership.announceSoon(false);
    expect(first.announces.map(({ event }) => event)).toEqual(['started', 'stopped']);
    expect([offers.open, clock.pending, told.length]).toEqual([0, 0, toldBefore]);
  });

  it('tells the largest size, and is unreachable only when every tracker is', () => {
    const { places: [first, second], told } = enter({ trackers: 2 });
    first?.presence.lost('refused');
    second?.presence.opened();
    first?.presence.opened();
    first?.reply(3);
    second?.reply(5);
    first?.presence.lost('gone');
    second?.presence.lost('gone too');
    expect(told).toEqual(['reachable', 'size 3', 'size 5', 'unreachable: gone; gone too']);
  });

  it('counts a tracker that refuses the swarm as unreachable', () => {
    const { first, told } = enter({ trackers: 1 });
    first.presence.opened();
    first.presence.received({ type: 'failure', swarm, reason: 'unregistered torrent' });
    expect(told).toEqual(['reachable', 'unreachable: unregistered torrent']);
  });
});
