import { PROTOCOL_VERSION, swarmKey } from '../../core/model/index.ts';
import type { Message, PeerId } from '../../core/model/index.ts';
import type { Link, Membership } from '../../core/ports/index.ts';
import { decodeMessage, encodeMessage, Reassembler, sendFrames } from '../../core/wire/index.ts';
import { peerNamed } from './engine-bench.ts';
import { MemoryLinks } from './memory-links.ts';
import { MemoryTracker } from './memory-tracker.ts';
import type { ModelContent } from './model-player.ts';
import type { ModelWorld } from './model-world.ts';

export interface HandMadeOptions {
  readonly name?: string;
  /** What it says first; `undefined`: nothing. Default: a hello as it should be. */
  readonly hello?: Message | undefined;
  /** Called with each message that comes. */
  readonly heard?: (message: Message, peer: HandMadePeer) => void;
}

/** A peer of a world that says what a test has it say. */
export class HandMadePeer {
  readonly id: PeerId;
  readonly heard: Message[] = [];
  /** Whether the other side has closed its link. */
  closed = 0;
  links = 0;
  private readonly membership: Membership;
  private link: Link | undefined;

  constructor(
    private readonly world: ModelWorld,
    content: ModelContent,
    private readonly options: HandMadeOptions = {},
  ) {
    this.id = peerNamed(options.name ?? 'hand made');
    const host = world.network.addHost();
    const links = new MemoryLinks(world.network, host);
    this.membership = new MemoryTracker(world.network, host).join(swarmKey({ manifestUrl: content.manifestUrl }), this.id, {
      wanted: (mostUseful) => Math.min(1, mostUseful),
      offer: (deliver) => {
        const handshake = links.connect({ initiator: true, trickle: false }, { signal: deliver, opened: (link) => this.opened(link), failed: () => undefined });
        return { answered: (_, data) => handshake.signal(data), expired: () => handshake.cancel() };
      },
      offered: (_, data, reply) => {
        links.connect({ initiator: false, trickle: false }, { signal: reply, opened: (link) => this.opened(link), failed: () => undefined }).signal(data);
      },
      swarmSize: () => undefined,
      reachable: () => undefined,
    });
    this.membership.enter();
  }

  /** Until it has a link, or ten seconds have passed. */
  async connected(): Promise<void> {
    for (let tick = 0; tick < 100 && !this.link; tick++) await this.world.pass(100);
    await this.world.pass(200);
  }

  say(message: Message): void {
    sendFrames(encodeMessage(message), this.link?.maxFrameBytes ?? 0, (frame) => this.link?.send(frame));
  }

  /** Says bytes that need not be a message. */
  sayRaw(bytes: readonly number[] | Uint8Array): void {
    this.link?.send(Uint8Array.from(bytes));
  }

  leave(): void {
    this.membership.leave();
    this.link?.close();
  }

  private opened(link: Link): void {
    this.links++;
    this.link = link;
    const reassembler = new Reassembler();
    link.listen({
      frame: (frame) => {
        const bytes = reassembler.push(frame);
        if (!bytes) return;
        const message = decodeMessage(bytes);
        this.heard.push(message);
        this.options.heard?.(message, this);
      },
      drained: () => undefined,
      closed: () => this.closed++,
    });
    const hello: Message | undefined = 'hello' in this.options ? this.options.hello : { type: 'hello', version: PROTOCOL_VERSION, peer: this.id };
    if (hello) this.say(hello);
  }
}
