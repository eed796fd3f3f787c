import type { Handshake, HandshakeHandlers, Link } from '../../core/ports/index.ts';
import { linkHosts } from './memory-link.ts';
import type { ConnectingSide, MemoryHost, MemoryNetwork } from './memory-network.ts';

/** How long browsers take to find their candidates where a STUN server answers. */
const GATHERING_MS = 50;

interface Description {
  readonly type: 'offer' | 'answer';
  /** `<name>` in an offer, `<name> <name of the offer>` in an answer. */
  readonly sdp: string;
}

/** One side of an attempt to connect. */
export class Handshaking implements Handshake, ConnectingSide {
  readonly host: MemoryHost;
  over = false;
  private readonly network: MemoryNetwork;
  private readonly handlers: HandshakeHandlers;
  private readonly options: { readonly initiator: boolean; readonly trickle: boolean };
  private readonly name: string;
  private readonly cancelTimers: (() => void)[] = [];
  private readonly forgetVanish: () => void;
  private described = false;

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
    this.name = network.nextHandshakeName();
    network.handshakes.set(this.name, this);
    this.forgetVanish = host.onVanish(() => this.end());
    if (options.initiator) this.describe({ type: 'offer', sdp: this.name });
  }

  signal(data: string): void {
    if (this.over) return;
    const signal = parseSignal(data);
    if (signal === 'candidate') return;
    const expected = this.options.initiator ? 'answer' : 'offer';
    const [remoteName, offerName] = signal?.sdp.split(' ') ?? [];
    if (signal?.type !== expected || !remoteName?.startsWith('memory-') || (this.options.initiator && offerName !== this.name)) {
      this.fail('ill-formed signal');
      return;
    }
    // A description that comes twice changes nothing.
    if (this.described) return;
    this.described = true;
    this.later(this.network.connectTimeoutMs, () => this.fail('no connection in time'));
    if (this.options.initiator) this.connectTo(remoteName);
    else this.describe({ type: 'answer', sdp: `${this.name} ${remoteName}` });
  }

  cancel(): void {
    this.end();
  }

  private describe(description: Description): void {
    this.later(this.options.trickle ? 0 : GATHERING_MS, () => this.handlers.signal(JSON.stringify(description)));
    if (!this.options.trickle) return;
    const candidate = { type: 'candidate', candidate: { candidate: `candidate:${this.name}` } };
    this.later(GATHERING_MS, () => this.handlers.signal(JSON.stringify(candidate)));
  }

  /** The offering side knows both names, and opens both ends. */
  private connectTo(remoteName: string): void {
    const remote = this.network.handshakes.get(remoteName);
    if (remote === undefined || !this.network.connectable(this.host, remote.host)) return;
    this.later(this.network.setupRoundTrips * this.network.roundTripMs(this.host, remote.host), () => {
      if (remote.over) return;
      const [here, there] = linkHosts(this.network, this.host, remote.host);
      this.open(here);
      remote.open(there);
    });
  }

  open(link: Link): void {
    this.end();
    this.handlers.opened(link);
  }

  private fail(reason: string): void {
    this.end();
    // Never from within a call of the owner's, as no browser does it.
    this.cancelTimers.push(this.network.clock.after(0, () => this.handlers.failed(reason)));
  }

  /** Ends silently; also silences a failure that has not been told yet. */
  private end(): void {
    this.over = true;
    this.network.handshakes.delete(this.name);
    this.forgetVanish();
    for (const cancelTimer of this.cancelTimers.splice(0)) cancelTimer();
  }

  private later(delayMs: number, task: () => void): void {
    this.cancelTimers.push(this.network.clock.after(delayMs, task));
  }
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
