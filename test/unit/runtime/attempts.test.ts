import type { PeerId } from '../../../core/model/index.ts';
import { asPeerId } from '../../../core/model/index.ts';
import type { Link, Links } from '../../../core/ports/index.ts';
import type { Attempt } from '../../../core/runtime/attempts.ts';
import { Attempts } from '../../../core/runtime/attempts.ts';
import { Swarm } from '../../../core/runtime/swarm.ts';
import type { SwarmHandlers } from '../../../core/runtime/swarm.ts';
import type { TrackerHandlers } from '../../../core/ports/index.ts';
import { MemoryLinks } from '../../kit/memory-links.ts';
import { MemoryNetwork } from '../../kit/memory-network.ts';
import { SeededRandom } from '../../kit/seeded-random.ts';
import { VirtualClock } from '../../kit/virtual-clock.ts';

const peerOf = (number: number): PeerId => {
  const id = asPeerId(number.toString(16).padStart(40, '0'));
  if (!id) throw new RangeError(`no peer ${number}`);
  return id;
};

/** Links over which nobody is ever reached; `open` counts the connections that are being made. */
class DeadLinks implements Links {
  readonly supported = true;
  open = 0;

  connect(): { signal(): void; cancel(): void } {
    this.open++;
    return { signal: () => undefined, cancel: () => this.open-- };
  }
}

/** Offers of a pair to each other, by a tracker that does not say whose they are until they are answered, and by a neighbour that does. */
class Pair {
  readonly clock = new VirtualClock();
  private readonly network = new MemoryNetwork({ clock: this.clock });
  private readonly links: readonly (Link | undefined)[] = [undefined, undefined];
  private readonly sides = [this.side(0), this.side(1)] as const;

  constructor(private readonly random: SeededRandom) {}

  get connected(): boolean {
    return this.links.every((link) => link !== undefined);
  }

  /** One side makes an offer; it, what is signalled besides, and its answer take as long as chance will have it, in order. */
  offer(from: 0 | 1, how: 'by tracker' | 'by neighbour'): void {
    const to = from === 0 ? 1 : 0;
    const named = how === 'by neighbour';
    if (this.links[from] || (named && this.sides[from].isTrying(peerOf(to)))) return;
    const there = this.inOrder();
    const back = this.inOrder();
    let theirs: Attempt | undefined;
    const ours = this.sides[from].begin({
      peer: named ? peerOf(to) : undefined,
      initiator: true,
      trickle: named,
      signal: (data) =>
        there(() => {
          theirs ??= this.sides[to].begin({
            peer: peerOf(from),
            initiator: false,
            trickle: named,
            signal: (answer) =>
              back(() => {
                if (named || ours?.peer || ours?.takenBy(peerOf(to))) ours?.signal(answer);
              }),
          });
          theirs?.signal(data);
        }),
    });
  }

  private side(own: 0 | 1): Attempts {
    const links = this.links as (Link | undefined)[];
    const handlers = {
      opened: (_peer: PeerId, link: Link) => {
        links[own] = link;
        link.listen({ frame: () => undefined, drained: () => undefined, closed: () => (links[own] = undefined) });
      },
      changed: () => undefined,
    };
    return new Attempts(peerOf(own), new MemoryLinks(this.network, this.network.addHost()), this.clock, () => links[own] !== undefined, handlers);
  }

  private inOrder(): (task: () => void) => void {
    let lastMs = 0;
    return (task) => {
      lastMs = Math.max(lastMs, this.clock.nowMs() + 5 + this.random.below(400));
      this.clock.after(lastMs - this.clock.nowMs(), task);
    };
  }
}

describe('runtime: connections in the making', () => {
  it('are not counted on when they take too long, so that others are tried', () => {
    const clock = new VirtualClock();
    let changes = 0;
    const attempts = new Attempts(peerOf(0), new DeadLinks(), clock, () => false, { opened: () => undefined, changed: () => changes++ });
    attempts.begin({ peer: peerOf(1), initiator: true, trickle: true, signal: () => undefined });
    expect([attempts.connecting, attempts.pending, changes]).toEqual([1, 1, 1]);
    clock.advance(999);
    expect(attempts.connecting).toBe(1);
    clock.advance(2);
    expect([attempts.connecting, attempts.pending, changes]).toEqual([0, 1, 2]);
    expect(attempts.isTrying(peerOf(1))).withContext('it may come about still').toBe(true);
    attempts.cancelAll();
    expect([attempts.pending, clock.pending]).toEqual([0, 0]);
  });

  it('are never more than so many, however many strangers offer one through the tracker', () => {
    const clock = new VirtualClock();
    const links = new DeadLinks();
    let tracked: TrackerHandlers | undefined;
    let madeRoom = 0;
    const handlers: SwarmHandlers = {
      opened: () => undefined,
      send: () => undefined,
      makeRoom: () => ++madeRoom > 0,
      changed: () => undefined,
    };
    const swarm = new Swarm(peerOf(0), links, clock, handlers);
    const membership = { enter: () => undefined, announceSoon: () => undefined, report: () => undefined, leave: () => undefined };
    swarm.approach({ join: (_key, _self, given) => ((tracked = given), membership) }, 'swarm' as Parameters<Swarm['approach']>[1]);
    for (let stranger = 1; stranger <= 500; stranger++) {
      tracked?.offered(peerOf(stranger), 'offer', () => undefined);
      clock.advance(200);
    }
    expect(links.open).toBe(26);
    swarm.leave();
    expect(links.open).toBe(0);
  });

  it('come about soon however offers of a pair cross, by the tracker and by a neighbour', () => {
    for (let seed = 0; seed < 300; seed++) {
      const random = new SeededRandom(seed);
      const pair = new Pair(random);
      for (const from of [0, 1] as const) {
        pair.clock.after(random.below(600), () => pair.offer(from, 'by tracker'));
        for (let count = 0; count < 2; count++) pair.clock.after(random.below(1_000), () => pair.offer(from, 'by neighbour'));
      }
      pair.clock.advance(3_000);
      expect(pair.connected).withContext(`seed ${seed}`).toBe(true);
    }
  });

  it('give way to a new offer of the same peer after a while: it may not have heard of the answer', () => {
    const clock = new VirtualClock();
    const links = new DeadLinks();
    const attempts = new Attempts(peerOf(1), links, clock, () => false, { opened: () => undefined, changed: () => undefined });
    const offered = (): boolean => attempts.begin({ peer: peerOf(0), initiator: false, trickle: false, signal: () => undefined }) !== undefined;
    expect(offered()).toBe(true);
    clock.advance(4_999);
    expect(offered()).toBe(false);
    clock.advance(1);
    expect([offered(), links.open]).toEqual([true, 1]);
    attempts.cancelAll();
  });
});
