import type { PeerId, SwarmKey } from '../model/index.ts';

/**
 * A client of WebTorrent trackers. One `join` covers all the trackers' URLs and stays until `leave`:
 * it connects, and from `enter` on it announces, re-announces when the tracker asks for it, reconnects
 * after failures, and tells apart nothing of this to the caller.
 */
export interface Tracker {
  /** Connects, so that `enter` need not wait for that; the trackers and the others know nothing of the viewer yet. */
  join(swarm: SwarmKey, self: PeerId, handlers: TrackerHandlers): Membership;
}

export interface TrackerHandlers {
  /**
   * How many neighbours are missing, as an announce is about to go out (0 when enough are there).
   * Offers that are out and have no taker yet are not to be taken off: the tracker does that, and
   * shares what remains out among the trackers. `mostUseful` is the most that they can pass on.
   */
  wanted(mostUseful: number): number;
  /** Makes one offer: `deliver` its signal data when there is; the answer comes through the returned function. */
  offer(deliver: (data: string) => void): OfferTicket;
  /** Another viewer's offer; give the answer to `reply` (or never). */
  offered(peer: PeerId, data: string, reply: (data: string) => void): void;
  /** complete + incomplete, over all trackers the largest; includes this viewer. Told when it changes, and after each outage. */
  swarmSize(size: number): void;
  /** Whether at least one tracker is connected now; and the last error's text where none is. */
  reachable(reachable: boolean, why?: string): void;
}

export interface OfferTicket {
  /** The other side took the offer. */
  answered(peer: PeerId, data: string): void;
  /** Nobody took it in time, or the tracker was lost before it went out. */
  expired(): void;
}

export interface Membership {
  /** Announces: from here on the others find this viewer. */
  enter(): void;
  /**
   * Announces soon (rate-limited): for when neighbours are too few.
   * @param alone there are hardly any: once for each connection with a tracker, the announce comes a good deal sooner.
   */
  announceSoon(alone: boolean): void;
  /** What the next announces say of the viewer's traffic, in bytes. */
  report(totals: { uploadBytes: number; downloadBytes: number }): void;
  /** Tells the trackers, closes what no other swarm uses. */
  leave(): void;
}
