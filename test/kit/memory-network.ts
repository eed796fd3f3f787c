import type { Clock, Link, Random } from '../../core/ports/index.ts';
import { Downlink } from './downlink.ts';
import { Uplink } from './uplink.ts';

export interface MemoryNetworkOptions {
  readonly clock: Clock;
  /** One way, in ms. Default 20 for every pair. */
  readonly latencyMs?: (from: MemoryHost, to: MemoryHost) => number;
  /** Pairs that no ICE candidates get together. Default: none. */
  readonly blocked?: (one: MemoryHost, other: MemoryHost) => boolean;
  /** A lost packet costs its frame one round trip more; `rate` is packets lost / packets sent. Default: no loss. */
  readonly loss?: { readonly rate: number; readonly random: Random };
  /** Default 256 KiB, as Chromium says; 16 KiB is the least that a platform may say. */
  readonly maxFrameBytes?: number;
  /** From both descriptions being known to the open channel. Default 4: ICE 1, DTLS 1.2 2, SCTP and DCEP 1. */
  readonly setupRoundTrips?: number;
  /** Default 15 s, after which browsers give up on candidates. */
  readonly connectTimeoutMs?: number;
  /** How long until others notice that a host vanished without a word. Default 10 s: ICE consent lost. */
  readonly vanishNoticedMs?: number;
}

export interface HostRates {
  /** bit/s; default Infinity. */
  readonly upBps?: number;
  readonly downBps?: number;
}

/** What one side of an attempt to connect needs of the other. */
export interface ConnectingSide {
  readonly host: MemoryHost;
  /** Cancelled, failed or connected. */
  readonly over: boolean;
  open(link: Link): void;
}

/** What a link's frames are cut into. */
const PACKET_BYTES = 1150;

/** Where hosts are, and what lies between them. */
export class MemoryNetwork {
  readonly clock: Clock;
  readonly maxFrameBytes: number;
  readonly setupRoundTrips: number;
  readonly connectTimeoutMs: number;
  readonly vanishNoticedMs: number;
  /** Attempts to connect that have told their description, by what they call themselves in it. */
  readonly handshakes = new Map<string, ConnectingSide>();
  private readonly options: MemoryNetworkOptions;
  private hostCount = 0;
  private handshakeCount = 0;

  constructor(options: MemoryNetworkOptions) {
    this.options = options;
    this.clock = options.clock;
    this.maxFrameBytes = options.maxFrameBytes ?? 256 * 1024;
    this.setupRoundTrips = options.setupRoundTrips ?? 4;
    this.connectTimeoutMs = options.connectTimeoutMs ?? 15_000;
    this.vanishNoticedMs = options.vanishNoticedMs ?? 10_000;
  }

  addHost(rates: HostRates = {}): MemoryHost {
    return new MemoryHost(this.hostCount++, this.clock, rates);
  }

  nextHandshakeName(): string {
    return `memory-${this.handshakeCount++}`;
  }

  latencyMs(from: MemoryHost, to: MemoryHost): number {
    return this.options.latencyMs?.(from, to) ?? 20;
  }

  roundTripMs(one: MemoryHost, other: MemoryHost): number {
    return this.latencyMs(one, other) + this.latencyMs(other, one);
  }

  connectable(one: MemoryHost, other: MemoryHost): boolean {
    return !one.vanished && !other.vanished && this.options.blocked?.(one, other) !== true;
  }

  /** @returns what says how long a frame of so many bytes is under way, each time anew. */
  delaysMs(from: MemoryHost, to: MemoryHost): (bytes: number) => number {
    const latencyMs = this.latencyMs(from, to);
    const roundTripMs = this.roundTripMs(from, to);
    const { loss } = this.options;
    if (loss === undefined) return () => latencyMs;
    const { random, rate } = loss;
    return (bytes) => {
      const intact = bytes <= PACKET_BYTES ? 1 - rate : (1 - rate) ** Math.ceil(bytes / PACKET_BYTES);
      return random.unit() < intact ? latencyMs : latencyMs + roundTripMs;
    };
  }
}

/** A viewer's connection to the network; all that goes to and from the viewer shares its two rates. */
export class MemoryHost {
  /** Counts up from 0 within a network: an index for what a test keeps by host. */
  readonly id: number;
  readonly uplink: Uplink;
  readonly downlink: Downlink;
  vanished = false;
  private readonly vanishListeners = new Set<() => void>();

  constructor(id: number, clock: Clock, { downBps = Infinity, upBps = Infinity }: HostRates) {
    this.id = id;
    this.uplink = new Uplink(clock, upBps);
    this.downlink = new Downlink(clock, downBps);
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
