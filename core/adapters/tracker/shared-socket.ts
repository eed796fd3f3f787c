import type { SwarmKey } from '../../model/index.ts';
import type { Log } from '../../ports/index.ts';
import type { TrackerMessage } from './announce-message.ts';
import type { Presence } from './presence.ts';
import { TrackerSocket, type TrackerSocketOptions } from './tracker-socket.ts';

export interface SharedSocketOptions extends TrackerSocketOptions {
  readonly log: Log;
  /** Nobody uses the socket any more; it is closed. */
  unused(): void;
}

/** One connection to a tracker for all the swarms that a viewer is in. */
export class SharedSocket {
  private readonly options: SharedSocketOptions;
  private readonly members = new Map<Presence, SwarmKey>();
  private readonly socket: TrackerSocket;

  constructor(options: SharedSocketOptions) {
    this.options = options;
    this.socket = new TrackerSocket(options, {
      opened: () => this.each((presence) => presence.opened()),
      received: (message) => this.deliver(message),
      lost: (why) => {
        options.log.debug('tracker lost', { why });
        this.each((presence) => presence.lost(why));
      },
    });
  }

  add(presence: Presence, swarm: SwarmKey): void {
    this.members.set(presence, swarm);
    if (!this.socket.connected) return;
    // As after a connect of its own: never from within `join`.
    this.options.clock.after(0, () => {
      if (this.members.has(presence) && this.socket.connected) presence.opened();
    });
  }

  remove(presence: Presence): void {
    this.members.delete(presence);
    if (this.members.size > 0) return;
    this.socket.close();
    this.options.unused();
  }

  send(text: string, answered: boolean): void {
    this.socket.send(text, answered);
  }

  private deliver(message: TrackerMessage): void {
    if (message.type === 'failure') {
      this.options.log.warn('tracker refuses', { url: this.options.url, reason: message.reason });
    }
    this.each((presence, swarm) => {
      if (swarm === message.swarm) presence.received(message);
    });
  }

  /** Over a copy: what is called may join or leave. */
  private each(visit: (presence: Presence, swarm: SwarmKey) => void): void {
    for (const [presence, swarm] of [...this.members]) if (this.members.has(presence)) visit(presence, swarm);
  }
}
