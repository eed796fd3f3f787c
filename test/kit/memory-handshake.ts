import type { Handshake, HandshakeHandlers } from '../../core/ports/index.ts';
import type { Address, Letter, Mailbox } from './letter.ts';
import type { MemoryHost } from './memory-host.ts';
import { MemoryLink } from './memory-link.ts';
import type { MemoryNetwork } from './memory-network.ts';

/** How long browsers take to find their candidates where a STUN server answers. */
const GATHERING_MS = 50;

interface Description {
  readonly type: 'offer' | 'answer';
  /** `<name>` in an offer, `<name> <name of the offer>` in an answer. */
  readonly sdp: string;
}

/** One side of an attempt to connect. What it calls itself is its address, which will be that of its end of the link. */
export class Handshaking implements Handshake, Mailbox {
  private readonly network: MemoryNetwork;
  private readonly host: MemoryHost;
  private readonly handlers: HandshakeHandlers;
  private readonly options: { readonly initiator: boolean; readonly trickle: boolean };
  private readonly here: Address;
  private readonly name: string;
  private readonly cancelTimers: (() => void)[] = [];
  private readonly forgetVanish: () => void;
  private over = false;
  private described = false;
  /** The answering side's end, once it was told to open that. */
  private told: Address | undefined;

  constructor(
    network: MemoryNetwork,
    host: MemoryHost,
    options: { readonly initiator: boolean; readonly trickle: boolean },
    handlers: HandshakeHandlers,
  ) {
    this.network = network;
    this.host = host;
    this.options = options;
    this.handlers = handlers;
    this.here = host.newAddress();
    this.name = nameOf(this.here);
    host.boxes.set(this.here.box, this);
    this.forgetVanish = host.onVanish(() => this.end(network.vanishNoticedMs));
    if (options.initiator) this.describe({ type: 'offer', sdp: this.name });
  }

  signal(data: string): void {
    if (this.over) return;
    const signal = parseSignal(data);
    if (signal === 'candidate') return;
    const expected = this.options.initiator ? 'answer' : 'offer';
    const [remoteName = '', offerName] = signal?.sdp.split(' ') ?? [];
    const remote = addressOf(remoteName);
    if (signal?.type !== expected || !remote || (this.options.initiator && offerName !== this.name)) {
      this.fail('ill-formed signal');
      return;
    }
    // A description that comes twice changes nothing.
    if (this.described) return;
    this.described = true;
    this.later(this.network.connectTimeoutMs, () => this.fail('no connection in time'));
    if (this.options.initiator) this.connectTo(remote);
    else this.describe({ type: 'answer', sdp: `${this.name} ${remoteName}` });
  }

  cancel(): void {
    this.end();
  }

  /** The answering side opens when it is told to, the offering side when it hears of that. */
  take({ from, kind }: Letter): void {
    if (kind !== 'connect' && kind !== 'accept') return;
    this.told = undefined;
    this.end();
    const link = new MemoryLink(this.network, this.host, this.here, from);
    if (kind === 'connect') this.write('accept', from);
    this.handlers.opened(link);
  }

  private describe(description: Description): void {
    this.later(this.options.trickle ? 0 : GATHERING_MS, () => this.handlers.signal(JSON.stringify(description)));
    if (!this.options.trickle) return;
    const candidate = { type: 'candidate', candidate: { candidate: `candidate:${this.name}` } };
    this.later(GATHERING_MS, () => this.handlers.signal(JSON.stringify(candidate)));
  }

  /** The offering side knows both names. The last of the round trips is that of its letter and the answer. */
  private connectTo(remote: Address): void {
    const { host, network } = this;
    if (!network.connectable(host.id, remote.host)) return;
    this.later((network.setupRoundTrips - 1) * network.roundTripMs(host.id, remote.host), () => {
      this.told = remote;
      this.write('connect', remote);
    });
  }

  private write(kind: 'connect' | 'accept', to: Address): void {
    const { here, host, network } = this;
    network.post({ kind, from: here, to, atMs: network.clock.nowMs() + network.latencyMs(host.id, to.host) });
  }

  private fail(reason: string): void {
    this.end();
    // Never from within a call of the owner's, as no browser does it.
    this.cancelTimers.push(this.network.clock.after(0, () => this.handlers.failed(reason)));
  }

  /** Ends silently; also silences a failure that has not been told yet. An end that was opened for nothing hears of it. */
  private end(noticedMs = 0): void {
    const { here, host, network, told } = this;
    this.over = true;
    this.told = undefined;
    // It may be that of a link by now.
    if (host.boxes.get(here.box) === this) host.boxes.delete(here.box);
    this.forgetVanish();
    for (const cancelTimer of this.cancelTimers.splice(0)) cancelTimer();
    if (!told) return;
    const atMs = network.clock.nowMs() + Math.max(noticedMs, network.latencyMs(host.id, told.host));
    network.post({ kind: 'frame', from: here, to: told, atMs, firstByteMs: atMs, frame: undefined });
  }

  private later(delayMs: number, task: () => void): void {
    this.cancelTimers.push(this.network.clock.after(delayMs, task));
  }
}

function nameOf({ box, host }: Address): string {
  return `memory-${host}-${box}`;
}

function addressOf(name: string): Address | undefined {
  const [, host, box] = /^memory-(\d+)-(\d+)$/.exec(name) ?? [];
  return host === undefined || box === undefined ? undefined : { host: Number(host), box: Number(box) };
}

/** @returns `undefined` for what is no signal at all. */
function parseSignal(data: string): Description | 'candidate' | undefined {
  let signal: unknown;
  try {
    signal = JSON.parse(data);
  } catch {
    return undefined;
  }
  if (typeof signal !== 'object' || signal === null || !('type' in signal)) return undefined;
  if (signal.type === 'candidate') return 'candidate';
  if ((signal.type !== 'offer' && signal.type !== 'answer') || !('sdp' in signal) || typeof signal.sdp !== 'string') return undefined;
  return { type: signal.type, sdp: signal.sdp };
}
