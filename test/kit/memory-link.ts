import { LOW_WATER_BYTES, type Link, type LinkHandlers } from '../../core/ports/index.ts';
import { Flow } from './flow.ts';
import type { MemoryHost, MemoryNetwork } from './memory-network.ts';

/** The last thing on a flow: the other side has closed. */
const END = Symbol('end');

/** What browsers hold in flight for one data channel, roughly: throughput is at most this per round trip. */
const WINDOW_BYTES = 256 * 1024;

/** After a close, what was queued may take this long. */
const LINGER_MS = 1000;

/** Makes the two ends of an open data channel. */
export function linkHosts(network: MemoryNetwork, one: MemoryHost, other: MemoryHost): [MemoryLink, MemoryLink] {
  const ends: [MemoryLink, MemoryLink] = [new MemoryLink(network, one, other), new MemoryLink(network, other, one)];
  ends[0].other = ends[1];
  ends[1].other = ends[0];
  return ends;
}

/** One end of a data channel in memory. Frames are passed by reference. */
export class MemoryLink implements Link {
  readonly maxFrameBytes: number;
  /** The other end; set once by `linkHosts`. */
  other: MemoryLink | undefined;
  private readonly network: MemoryNetwork;
  private readonly flow: Flow<Uint8Array | typeof END>;
  private readonly forgetVanish: () => void;
  private handlers: LinkHandlers | undefined;
  private backlog: (Uint8Array | typeof END)[] = [];
  private state: 'open' | 'closing' | 'ended' = 'open';
  private cancelLinger: (() => void) | undefined;

  constructor(network: MemoryNetwork, from: MemoryHost, to: MemoryHost) {
    this.network = network;
    this.maxFrameBytes = network.maxFrameBytes;
    this.flow = new Flow(
      {
        clock: network.clock,
        uplink: from.uplink,
        downlink: to.downlink,
        delayMs: network.delaysMs(from, to),
        windowBytes: WINDOW_BYTES,
      },
      { sent: (bytes) => this.sent(bytes), delivered: (frame) => this.other?.take(frame) },
    );
    this.forgetVanish = from.onVanish(() => this.vanish());
  }

  send(frame: Uint8Array): void {
    if (frame.length > this.maxFrameBytes) throw new RangeError(`frame of ${frame.length} bytes`);
    if (this.state === 'open') this.flow.send(frame, frame.length);
  }

  bufferedBytes(): number {
    return this.flow.queuedBytes;
  }

  listen(handlers: LinkHandlers): void {
    this.handlers = handlers;
    const { backlog } = this;
    this.backlog = [];
    for (const frame of backlog) this.give(frame);
  }

  close(): void {
    if (this.state !== 'open') return;
    this.state = 'closing';
    if (this.flow.queuedBytes > 0) {
      this.cancelLinger = this.network.clock.after(LINGER_MS, () => {
        this.flow.dropQueued();
        this.flow.send(END, 0);
      });
    }
    this.flow.send(END, 0);
  }

  private sent(bytes: number): void {
    const queuedBytes = this.flow.queuedBytes;
    if (this.state === 'open' && queuedBytes <= LOW_WATER_BYTES && queuedBytes + bytes > LOW_WATER_BYTES) this.handlers?.drained();
    if (this.state === 'closing' && queuedBytes === 0) this.cancelLinger?.();
  }

  private take(frame: Uint8Array | typeof END): void {
    if (this.state === 'ended') return;
    if (this.handlers) this.give(frame);
    else this.backlog.push(frame);
  }

  private give(frame: Uint8Array | typeof END): void {
    if (frame !== END) {
      if (this.state === 'open') this.handlers?.frame(frame);
      return;
    }
    const wasOpen = this.state === 'open';
    this.end();
    this.other?.end();
    if (wasOpen) this.handlers?.closed();
  }

  private end(): void {
    this.state = 'ended';
    this.cancelLinger?.();
    this.forgetVanish();
    this.flow.sever();
  }

  /** This end's host is gone: the other end notices after a while, unless it closes by itself before. */
  private vanish(): void {
    const { other } = this;
    this.end();
    other?.flow.stall();
    this.network.clock.after(this.network.vanishNoticedMs, () => other?.take(END));
  }
}
