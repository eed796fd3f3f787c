import type { Membership, TrackerHandlers } from '../../ports/index.ts';
import type { Presence } from './presence.ts';

interface Place {
  readonly presence: Presence;
  readonly leave: () => void;
}

/** One swarm over all trackers: shares out the offers and sums up what the trackers tell. */
export class SwarmMembership implements Membership {
  totals = { uploadBytes: 0, downloadBytes: 0 };
  private readonly handlers: TrackerHandlers;
  private places: readonly Place[] = [];
  private toldReachable: boolean | undefined;
  private toldSize = 0;

  constructor(handlers: TrackerHandlers) {
    this.handlers = handlers;
  }

  take(place: Place): void {
    this.places = [...this.places, place];
  }

  enter(): void {
    for (const { presence } of this.places) presence.enter();
  }

  announceSoon(alone: boolean): void {
    for (const { presence } of this.places) presence.announceSoon(alone);
  }

  report(totals: { uploadBytes: number; downloadBytes: number }): void {
    this.totals = totals;
  }

  leave(): void {
    const places = this.places;
    this.places = [];
    for (const { presence, leave } of places) {
      presence.leave();
      leave();
    }
  }

  /**
   * A tracker's part of the offers that are wanted: an equal one among those that may be there,
   * less what is out already, so that all together never are more than wanted.
   */
  share(mostUseful: number): number {
    const presences = this.places.map(({ presence }) => presence);
    const alive = presences.filter(({ reachable }) => reachable !== false).length;
    const open = presences.reduce((sum, { openOffers }) => sum + openOffers, 0);
    const wanted = this.handlers.wanted(mostUseful * alive);
    return Math.max(0, Math.min(mostUseful, Math.ceil(wanted / alive), wanted - open));
  }

  /** Tells what has changed since it was last told. */
  tell(): void {
    const presences = this.places.map(({ presence }) => presence);
    const reachable = presences.some((presence) => presence.reachable);
    const undecided = presences.some((presence) => presence.reachable === undefined);
    if (reachable !== this.toldReachable && (reachable || !undecided)) {
      this.toldReachable = reachable;
      if (reachable) this.handlers.reachable(true);
      else this.handlers.reachable(false, presences.map(({ trouble }) => trouble).join('; '));
    }
    const size = Math.max(...presences.map((presence) => presence.size));
    if (size === this.toldSize) return;
    this.toldSize = size;
    if (size > 0) this.handlers.swarmSize(size);
  }
}
