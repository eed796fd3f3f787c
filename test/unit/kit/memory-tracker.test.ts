import { hash160Hex, type PeerId, type SwarmKey } from '../../../core/model/index.ts';
import type { Membership, TrackerHandlers } from '../../../core/ports/index.ts';
import { MemoryNetwork } from '../../kit/memory-network.ts';
import { MemoryTrackerServer } from '../../kit/memory-tracker-server.ts';
import { MemoryTracker } from '../../kit/memory-tracker.ts';
import { SeededRandom } from '../../kit/seeded-random.ts';
import { VirtualClock } from '../../kit/virtual-clock.ts';

const swarm = hash160Hex('a swarm') as SwarmKey;

describe('kit: MemoryTracker', () => {
  let clock: VirtualClock;
  let network: MemoryNetwork;
  let server: MemoryTrackerServer;

  beforeEach(() => {
    clock = new VirtualClock();
    network = new MemoryNetwork({ clock });
    server = new MemoryTrackerServer({ network, random: new SeededRandom(1), maxOffers: 5 });
    network.tracker = server;
  });

  const enter = (label: string, handlers: TrackerHandlers): Membership => {
    const membership = new MemoryTracker(network, network.addHost()).join(swarm, hash160Hex(label) as PeerId, handlers);
    membership.enter();
    return membership;
  };

  const join = (label: string, offersWanted: number, offered: (from: PeerId) => void = () => undefined): Membership =>
    enter(label, {
      wanted: (most) => Math.min(most, offersWanted),
      offer(deliver) {
        deliver('{"type":"offer","sdp":""}');
        return { answered: () => undefined, expired: () => undefined };
      },
      offered,
      swarmSize: () => undefined,
      reachable: () => undefined,
    });

  it('passes the offers of one announce to as many different others', () => {
    const takers: string[] = [];
    for (let place = 0; place < 30; place++) join(`taker ${place}`, 0, () => takers.push(`taker ${place}`));
    clock.advance(1000);
    join('offering', 9);
    clock.advance(1000);
    expect(takers.length).toBe(5);
    expect(new Set(takers).size).toBe(5);
  });

  it('hears an announce every interval, and sooner where asked, but not much sooner', () => {
    const membership = join('only', 0);
    clock.advance(95_000);
    expect(server.announces).toBe(4);
    for (let ask = 0; ask < 10; ask++) {
      membership.announceSoon(false);
      clock.advance(500);
    }
    expect(server.announces).toBe(6);
  });

  it('hears an announce much sooner, once, from who has hardly any neighbours', () => {
    const membership = join('alone', 0);
    clock.advance(200);
    expect(server.announces).toBe(1);
    for (let ask = 0; ask < 4; ask++) {
      membership.announceSoon(true);
      clock.advance(600);
    }
    expect(server.announces).toBe(2);
  });

  it('announces without the offers that take too long', () => {
    enter('slow', {
      wanted: () => 2,
      offer: () => ({ answered: () => undefined, expired: () => undefined }),
      offered: () => undefined,
      swarmSize: () => undefined,
      reachable: () => undefined,
    });
    clock.advance(3000);
    expect(server.size(swarm)).toBe(1);
  });

  it('tells nothing more to one who left while the answer was under way', () => {
    let told = 0;
    const membership = enter('brief', {
      wanted: () => 0,
      offer: () => ({ answered: () => undefined, expired: () => undefined }),
      offered: () => undefined,
      swarmSize: () => told++,
      reachable: () => undefined,
    });
    clock.runUntil(() => server.announces === 1, 1000);
    membership.leave();
    clock.advance(1000);
    expect(told).toBe(0);
  });

  it('leaves nothing behind', () => {
    const members = ['one', 'two', 'three'].map((label) => join(label, 5));
    clock.advance(40_000);
    expect(server.size(swarm)).toBe(3);
    server.kill();
    clock.advance(100);
    server.restart();
    clock.advance(20_000);
    expect(server.size(swarm)).toBe(3);
    for (const member of members) member.leave();
    clock.advance(100);
    expect(server.size(swarm)).toBe(0);
    expect(clock.pending).toBe(0);
  });
});
