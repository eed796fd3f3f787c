import type { PeerId } from '../../../core/model/index.ts';
import { asPeerId } from '../../../core/model/index.ts';
import type { Links } from '../../../core/ports/index.ts';
import { Attempts } from '../../../core/runtime/attempts.ts';
import { Swarm } from '../../../core/runtime/swarm.ts';
import type { SwarmHandlers } from '../../../core/runtime/swarm.ts';
import type { TrackerHandlers } from '../../../core/ports/index.ts';
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
});
