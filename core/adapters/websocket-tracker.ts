import type { PeerId, SwarmKey } from '../model/index.ts';
import type { Clock, Log, Membership, Random, Tracker, TrackerHandlers } from '../ports/index.ts';
import { Presence } from './tracker/presence.ts';
import { SharedSocket } from './tracker/shared-socket.ts';
import { SwarmMembership } from './tracker/swarm-membership.ts';

export interface WebSocketTrackerOptions {
  /** `wss://` or `ws://`. */
  readonly urls: readonly string[];
  readonly clock: Clock;
  readonly random: Random;
  readonly log: Log;
}

/** A client of WebTorrent trackers, all of them at once. */
export class WebSocketTracker implements Tracker {
  private readonly options: WebSocketTrackerOptions;
  private readonly sockets = new Map<string, SharedSocket>();

  constructor(options: WebSocketTrackerOptions) {
    this.options = options;
  }

  join(swarm: SwarmKey, self: PeerId, handlers: TrackerHandlers): Membership {
    const membership = new SwarmMembership(handlers);
    for (const url of new Set(this.options.urls)) {
      const socket = this.socket(url, self);
      const presence = new Presence({
        ...this.options,
        swarm,
        self,
        handlers,
        share: (mostUseful) => membership.share(mostUseful),
        totals: () => membership.totals,
        changed: () => membership.tell(),
        send: (text, answered) => socket.send(text, answered),
      });
      membership.take({ presence, leave: () => socket.remove(presence) });
      socket.add(presence, swarm);
    }
    return membership;
  }

  /** One a viewer: the server takes the first peer id that a connection names for that of all its swarms. */
  private socket(url: string, self: PeerId): SharedSocket {
    const key = `${self} ${url}`;
    let socket = this.sockets.get(key);
    if (!socket) {
      socket = new SharedSocket({ ...this.options, url, unused: () => this.sockets.delete(key) });
      this.sockets.set(key, socket);
    }
    return socket;
  }
}
