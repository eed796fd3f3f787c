import type { PeerId, SwarmKey } from '../model/index.ts';

/**
 * A client of WebTorrent trackers. One `join` covers all the trackers' URLs and stays until `leave`:
 * it announces, re-announces when the tracker asks for it, reconnects after failures, and tells
 * apart nothing of this to the caller.
 */
export interface Tracker {
  join(swarm: SwarmKey, self: PeerId, handlers: TrackerHandlers): Membership;
}

export interface TrackerHandlers {
  /**
   * How many offers to send with the announce that is about to go out (0 when enough neighbours
   * are there). `mostUseful` is the most that the tracker can pass on.
   */
  wanted(mostUseful: number): number;
  /** Makes one offer: `deliver` its signal data when there is; the answer comes through the returned function. */
  offer(deliver: (data: string) => void): OfferTicket;
  /** Another viewer's offer; give the answer to `reply` (or never). */
  offered(peer: PeerId, data: string, reply: (data: string) => void): void;
  /** complete + incomplete, over all trackers the largest; includes this viewer. */
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
  /** Announces soon (rate-limited): for when neighbours are too few. */
  announceSoon(): void;
  /** What the next announces say of the viewer's traffic, in bytes. */
  report(totals: { uploadBytes: number; downloadBytes: number }): void;
  /** Tells the trackers, closes what no other swarm uses. */
  leave(): void;
}
