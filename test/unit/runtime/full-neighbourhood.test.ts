import { PROTOCOL_VERSION } from '../../../core/model/index.ts';
import type { Message, PeerId } from '../../../core/model/index.ts';
import type { Handshake, Link, Tracker, TrackerHandlers } from '../../../core/ports/index.ts';
import { encodeMessage } from '../../../core/wire/index.ts';
import { peerNamed } from '../../kit/engine-bench.ts';
import { MemoryLinks } from '../../kit/memory-links.ts';
import { ModelWorld } from '../../kit/model-world.ts';
import { publishPatterned } from '../../kit/patterned-content.ts';

const PLACES = 26;

/** A viewer, and strangers that come to it through a tracker in the test's own hands. */
class Scene {
  readonly world = new ModelWorld();
  readonly let: string[] = [];
  /** Strangers that have a link to the viewer. */
  readonly linked = new Set<PeerId>();
  private tracked: TrackerHandlers | undefined;

  constructor() {
    const membership = { enter: () => undefined, announceSoon: () => undefined, report: () => undefined, leave: () => undefined };
    const tracker: Tracker = { join: (_swarm, _self, handlers) => ((this.tracked = handlers), membership) };
    const { engine } = this.world.join(publishPatterned(this.world.origin), { edges: (platform) => ({ ...platform, tracker: () => tracker }) });
    engine.events.on('peerClose', ({ reason }) => this.let.push(reason));
  }

  /** A stranger offers to connect; once it is, it says that it has other neighbours, too. */
  come(number: number): void {
    const peer = peerNamed(`stranger ${number}`);
    const links = new MemoryLinks(this.world.network, this.world.network.addHost());
    const handshake: Handshake = links.connect(
      { initiator: true, trickle: false },
      {
        signal: (offer) => this.tracked?.offered(peer, offer, (answer) => handshake.signal(answer)),
        opened: (link) => this.greet(peer, link),
        failed: () => undefined,
      },
    );
  }

  private greet(peer: PeerId, link: Link): void {
    this.linked.add(peer);
    link.listen({ frame: () => undefined, drained: () => undefined, closed: () => this.linked.delete(peer) });
    const messages: Message[] = [
      { type: 'hello', version: PROTOCOL_VERSION, peer },
      { type: 'status', uploadBps: 1e6, neighbours: 10, maxNeighbours: PLACES, positionS: 0 },
    ];
    for (const message of messages) link.send(encodeMessage(message));
  }
}

describe('runtime: a full neighbourhood', () => {
  it('makes room for one who comes through the tracker, once in three seconds, however many come', async () => {
    const scene = new Scene();
    await scene.world.pass(1_000);
    for (let number = 0; number < PLACES; number++) {
      scene.come(number);
      await scene.world.pass(200);
    }
    await scene.world.pass(11_000);
    expect([scene.linked.size, scene.let.length]).toEqual([PLACES, 0]);
    for (let number = PLACES; number < PLACES + 10; number++) {
      scene.come(number);
      await scene.world.pass(200);
    }
    await scene.world.pass(500);
    expect(scene.let).toEqual(['full: somebody else gets its place']);
    expect(scene.linked.size).toBe(PLACES);
    await scene.world.pass(1_000);
    scene.come(PLACES + 10);
    await scene.world.pass(1_000);
    expect(scene.let.length).withContext('three seconds after the first').toBe(2);
  });
});
