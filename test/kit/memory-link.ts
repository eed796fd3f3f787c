import { LOW_WATER_BYTES, type Link, type LinkHandlers } from '../../core/ports/index.ts';
import { ACK_EVERY_BYTES, Flow } from './flow.ts';
import type { Address, Letter, Mailbox } from './letter.ts';
import type { MemoryHost } from './memory-host.ts';
import type { MemoryNetwork } from './memory-network.ts';

/** The last thing on a flow: this side has closed. */
const END = Symbol('end');

/** What browsers hold in flight for one data channel, roughly: throughput is at most this per round trip. */
const WINDOW_BYTES = 256 * 1024;

/** After a close, what was queued may take this long. */
const LINGER_MS = 1000;

/** Makes the two ends of an open data channel. */
export function linkHosts(network: MemoryNetwork, one: MemoryHost, other: MemoryHost): [MemoryLink, MemoryLink] {
  const [here, there] = [one.newAddress(), other.newAddress()];
  return [new MemoryLink(network, one, here, there), new MemoryLink(network, other, there, here)];
}

/** One end of a data channel in memory: what it sends leaves by its host's uplink, what it gets passes the host's downlink. */
export class MemoryLink implements Link, Mailbox {
  readonly maxFrameBytes: number;
  private readonly network: MemoryNetwork;
  private readonly host: MemoryHost;
  private readonly here: Address;
  private readonly there: Address;
  private readonly latencyMs: number;
  private readonly flow: Flow<Uint8Array | typeof END>;
  private readonly forgetVanish: () => void;
  private handlers: LinkHandlers | undefined;
  private backlog: (Uint8Array | undefined)[] = [];
  private unacknowledgedBytes = 0;
  private state: 'open' | 'closing' | 'ended' = 'open';
  private cancelLinger: (() => void) | undefined;

  constructor(network: MemoryNetwork, host: MemoryHost, here: Address, there: Address) {
    this.network = network;
    this.host = host;
    this.here = here;
    this.there = there;
    this.maxFrameBytes = network.maxFrameBytes;
    this.latencyMs = network.latencyMs(host.id, there.host);
    this.flow = new Flow(
      { clock: network.clock, uplink: host.uplink, delayMs: network.delaysMs(host, there.host), windowBytes: WINDOW_BYTES },
      { sent: (bytes) => this.sent(bytes), underWay: (frame, _, firstByteMs, lastByteMs) => this.underWay(frame, firstByteMs, lastByteMs) },
    );
    host.boxes.set(here.box, this);
    this.forgetVanish = host.onVanish(() => this.vanish());
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
    for (const frame of backlog) this.give(frame, handlers);
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

  take(letter: Letter): void {
    if (letter.kind === 'ack') this.flow.acknowledged(letter.bytes, letter.atMs);
    if (letter.kind !== 'frame') return;
    const { firstByteMs, frame } = letter;
    const bytes = frame?.length ?? 0;
    this.host.downlink.receive(bytes, firstByteMs, () => this.delivered(frame, bytes));
  }

  private sent(bytes: number): void {
    const queuedBytes = this.flow.queuedBytes;
    if (this.state === 'open' && queuedBytes <= LOW_WATER_BYTES && queuedBytes + bytes > LOW_WATER_BYTES) this.handlers?.drained();
  }

  /** With its own end on the way, this one is done: nothing is listened to any more. */
  private underWay(frame: Uint8Array | typeof END, firstByteMs: number, lastByteMs: number): void {
    if (frame !== END) {
      this.network.post({ kind: 'frame', from: this.here, to: this.there, atMs: lastByteMs, firstByteMs, frame });
      return;
    }
    this.tellEnd(lastByteMs);
    this.end();
  }

  private delivered(frame: Uint8Array | undefined, bytes: number): void {
    if (this.state === 'ended') return;
    this.acknowledge(bytes);
    const { handlers } = this;
    if (handlers) this.give(frame, handlers);
    else this.backlog.push(frame);
  }

  private acknowledge(bytes: number): void {
    this.unacknowledgedBytes += bytes;
    if (this.unacknowledgedBytes < ACK_EVERY_BYTES) return;
    const { here, latencyMs, network, there, unacknowledgedBytes } = this;
    this.unacknowledgedBytes = 0;
    network.post({ kind: 'ack', from: here, to: there, atMs: network.clock.nowMs() + latencyMs, bytes: unacknowledgedBytes });
  }

  private give(frame: Uint8Array | undefined, handlers: LinkHandlers): void {
    const wasOpen = this.state === 'open';
    if (frame === undefined) this.end();
    if (!wasOpen) return;
    if (frame === undefined) handlers.closed();
    else handlers.frame(frame);
  }

  private end(): void {
    this.state = 'ended';
    this.cancelLinger?.();
    this.forgetVanish();
    this.host.boxes.delete(this.here.box);
    this.flow.sever();
  }

  /** This end's host is gone: the other end notices after a while, unless it closes by itself before. */
  private vanish(): void {
    this.end();
    this.tellEnd(this.network.clock.nowMs() + this.network.vanishNoticedMs);
  }

  private tellEnd(atMs: number): void {
    this.network.post({ kind: 'frame', from: this.here, to: this.there, atMs, firstByteMs: atMs, frame: undefined });
  }
}
