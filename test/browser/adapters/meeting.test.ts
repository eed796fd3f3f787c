import { silentLog } from '../../../core/adapters/console-log.ts';
import { cryptoRandom } from '../../../core/adapters/crypto-random.ts';
import { SimplePeerLinks } from '../../../core/adapters/simple-peer-links.ts';
import { systemClock } from '../../../core/adapters/system-clock.ts';
import { WebSocketTracker } from '../../../core/adapters/websocket-tracker.ts';
import { hash160Hex, type PeerId, type SwarmKey } from '../../../core/model/index.ts';
import type { Handshake, Link, Membership } from '../../../core/ports/index.ts';
import { realPassage } from '../../contracts/passage.ts';
import { surroundings } from '../surroundings.ts';

const { until } = realPassage;

/** A viewer on real adapters that wants one neighbour and takes whom it gets. */
class Viewer {
  readonly links: Link[] = [];
  readonly received: Uint8Array[] = [];
  sizeAtMs = Infinity;
  offeredAtMs = Infinity;
  private readonly handshakes: Handshake[] = [];
  private readonly membership: Membership;

  constructor(swarm: SwarmKey, { iceServers = [] as RTCIceServer[], trackers = [surroundings.tracker], missing = 1 } = {}) {
    const connections = new SimplePeerLinks({ clock: systemClock, config: { iceServers } });
    const tracker = new WebSocketTracker({ urls: trackers, clock: systemClock, random: cryptoRandom, log: silentLog });
    const begin = (initiator: boolean, signal: (data: string) => void) => {
      const handshake = connections.connect({ initiator, trickle: false }, { signal, opened: (link) => this.opened(link), failed() {} });
      this.handshakes.push(handshake);
      return handshake;
    };
    this.membership = tracker.join(swarm, cryptoRandom.hex(20) as PeerId, {
      wanted: () => missing,
      offer: (deliver) => {
        const handshake = begin(true, deliver);
        return { answered: (_, data) => handshake.signal(data), expired: () => handshake.cancel() };
      },
      offered: (_, data, reply) => {
        this.offeredAtMs = Math.min(this.offeredAtMs, performance.now());
        begin(false, reply).signal(data);
      },
      swarmSize: () => (this.sizeAtMs = Math.min(this.sizeAtMs, performance.now())),
      reachable() {},
    });
    this.membership.enter();
  }

  leave(): void {
    this.membership.leave();
    for (const handshake of this.handshakes) handshake.cancel();
    for (const link of this.links) link.close();
  }

  private opened(link: Link): void {
    this.links.push(link);
    link.listen({ frame: (frame) => this.received.push(frame), drained() {}, closed() {} });
  }
}

describe('viewers on a real tracker', () => {
  const viewers: Viewer[] = [];
  const swarm = () => hash160Hex(cryptoRandom.hex(8)) as SwarmKey;
  const enter = (...details: ConstructorParameters<typeof Viewer>) => {
    const viewer = new Viewer(...details);
    viewers.push(viewer);
    return viewer;
  };
  afterEach(() => {
    for (const viewer of viewers.splice(0)) viewer.leave();
  });

  it('meet and exchange bytes', async () => {
    const content = swarm();
    const first = enter(content);
    await until('the first is in', () => first.sizeAtMs < Infinity);
    const second = enter(content);
    await until('a link at both', () => first.links.length > 0 && second.links.length > 0);
    second.links[0]?.send(Uint8Array.of(1, 2, 3));
    await until('the bytes', () => first.received.length > 0);
    expect(first.received[0]).toEqual(Uint8Array.of(1, 2, 3));
  });

  it('meet though one of the trackers is dead', async () => {
    const content = swarm();
    const trackers = ['ws://127.0.0.1:59998', surroundings.tracker];
    const first = enter(content, { trackers, missing: 4 });
    const second = enter(content, { trackers, missing: 4 });
    await until('a link at both', () => first.links.length > 0 && second.links.length > 0);
  });

  it('are announced, with their offers, within 1.2 s though the STUN server is dead', async () => {
    const content = swarm();
    const first = enter(content, { missing: 0 });
    await until('the first is in', () => first.sizeAtMs < Infinity);
    const startMs = performance.now();
    const second = enter(content, { iceServers: [{ urls: surroundings.silentStun }] });
    await until('an offer, and the answer to the announce', () => first.offeredAtMs < Infinity && second.sizeAtMs < Infinity);
    expect(second.sizeAtMs - startMs).toBeLessThan(1200);
    expect(first.offeredAtMs - startMs).toBeLessThan(1200);
  });
});
