import type { Clock } from '../../core/ports/index.ts';
import { TRACKER } from './letter.ts';
import type { Letter, Mailbox } from './letter.ts';
import { MemoryHost } from './memory-host.ts';
import type { HostRates } from './memory-host.ts';
import type { SeededRandom } from './seeded-random.ts';

export interface MemoryNetworkOptions {
  readonly clock: Clock;
  /** One way between two hosts, by their ids, in ms. Default 20 for every pair. */
  readonly latencyMs?: (from: number, to: number) => number;
  /** Pairs that no ICE candidates get together. Default: none. */
  readonly blocked?: (one: number, other: number) => boolean;
  /** A lost packet costs its frame one round trip more; `rate` is packets lost / packets sent. Default: no loss. */
  readonly loss?: { readonly rate: number; readonly random: SeededRandom };
  /** Default 256 KiB, as Chromium says; 16 KiB is the least that a platform may say. */
  readonly maxFrameBytes?: number;
  /** From both descriptions being known to the open channel. Default 4: ICE 1, DTLS 1.2 2, SCTP and DCEP 1. */
  readonly setupRoundTrips?: number;
  /** Default 15 s, after which browsers give up on candidates. */
  readonly connectTimeoutMs?: number;
  /** How long until others notice that a host vanished without a word. Default 10 s: ICE consent lost. */
  readonly vanishNoticedMs?: number;
  /** Between a host and the tracker, one way. Default 30 ms. */
  readonly trackerLatencyMs?: number;
  /** Takes all letters, and gives them to `expect`, here or where their hosts are. Default: to `expect`, at once. */
  readonly post?: (letter: Letter) => void;
}

/** What a link's frames are cut into. */
const PACKET_BYTES = 1150;

/** Where hosts are, and what lies between them: they have nothing in common but what letters tell. */
export class MemoryNetwork {
  readonly clock: Clock;
  readonly maxFrameBytes: number;
  readonly setupRoundTrips: number;
  readonly connectTimeoutMs: number;
  readonly vanishNoticedMs: number;
  readonly trackerLatencyMs: number;
  readonly post: (letter: Letter) => void;
  /** Where letters to the tracker go; `undefined` where no tracker is. */
  tracker: Mailbox | undefined;
  private readonly options: MemoryNetworkOptions;
  private readonly hosts = new Map<number, MemoryHost>();

  constructor(options: MemoryNetworkOptions) {
    this.options = options;
    this.clock = options.clock;
    this.maxFrameBytes = options.maxFrameBytes ?? 256 * 1024;
    this.setupRoundTrips = options.setupRoundTrips ?? 4;
    this.connectTimeoutMs = options.connectTimeoutMs ?? 15_000;
    this.vanishNoticedMs = options.vanishNoticedMs ?? 10_000;
    this.trackerLatencyMs = options.trackerLatencyMs ?? 30;
    this.post = options.post ?? ((letter) => this.expect(letter));
  }

  /** @param id what the network knows the host by; where none is given, they count up from 0. */
  addHost(rates: HostRates = {}, id = this.hosts.size): MemoryHost {
    const host = new MemoryHost(id, this.clock, rates, this.options.loss?.random.fork(`host ${id}`));
    this.hosts.set(id, host);
    return host;
  }

  /** A letter to a host or tracker here will be there at its time. */
  expect(letter: Letter): void {
    if (letter.kind === 'ack') this.deliver(letter);
    else this.clock.after(letter.atMs - this.clock.nowMs(), () => this.deliver(letter));
  }

  latencyMs(from: number, to: number): number {
    return this.options.latencyMs?.(from, to) ?? 20;
  }

  roundTripMs(one: number, other: number): number {
    return this.latencyMs(one, other) + this.latencyMs(other, one);
  }

  connectable(one: number, other: number): boolean {
    return this.options.blocked?.(one, other) !== true;
  }

  /** @returns what says how long a frame of so many bytes is under way, each time anew. */
  delaysMs(from: MemoryHost, to: number): (bytes: number) => number {
    const latencyMs = this.latencyMs(from.id, to);
    const roundTripMs = this.roundTripMs(from.id, to);
    const rate = this.options.loss?.rate ?? 0;
    const { losses } = from;
    if (losses === undefined) return () => latencyMs;
    return (bytes) => {
      const intact = bytes <= PACKET_BYTES ? 1 - rate : (1 - rate) ** Math.ceil(bytes / PACKET_BYTES);
      return losses.unit() < intact ? latencyMs : latencyMs + roundTripMs;
    };
  }

  /** What awaited the letter may be gone by then. */
  private deliver(letter: Letter): void {
    const { box, host } = letter.to;
    const mailbox = host === TRACKER.host ? this.tracker : this.hosts.get(host)?.boxes.get(box);
    mailbox?.take(letter);
  }
}
