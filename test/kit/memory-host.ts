import type { Clock, Random } from '../../core/ports/index.ts';
import { Downlink } from './downlink.ts';
import type { Address, Mailbox } from './letter.ts';
import { Uplink } from './uplink.ts';

export interface HostRates {
  /** bit/s; default Infinity. */
  readonly upBps?: number;
  readonly downBps?: number;
}

/** A viewer's connection to the network; all that goes to and from the viewer shares its two rates. */
export class MemoryHost {
  readonly id: number;
  readonly uplink: Uplink;
  readonly downlink: Downlink;
  /** Decides which of the frames that the host sends lose a packet; its own, for what others send must not change it. */
  readonly losses: Random | undefined;
  /** What awaits letters here, by the number of its address. */
  readonly boxes = new Map<number, Mailbox>();
  vanished = false;
  private boxCount = 0;
  private readonly vanishListeners = new Set<() => void>();

  constructor(id: number, clock: Clock, { downBps = Infinity, upBps = Infinity }: HostRates, losses?: Random) {
    this.id = id;
    this.losses = losses;
    this.uplink = new Uplink(clock, upBps);
    this.downlink = new Downlink(clock, downBps);
  }

  /** An address here, of its own; nothing awaits letters there yet. */
  newAddress(): Address {
    return { host: this.id, box: this.boxCount++ };
  }

  /** Goes without a word, as a crash or a lost network does: its handlers are called no more, others notice later. */
  vanish(): void {
    this.vanished = true;
    for (const listener of [...this.vanishListeners]) listener();
    this.vanishListeners.clear();
  }

  /** @returns a function that stops it. */
  onVanish(listener: () => void): () => void {
    this.vanishListeners.add(listener);
    return () => this.vanishListeners.delete(listener);
  }
}
