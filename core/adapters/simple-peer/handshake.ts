import Peer from 'simple-peer/lite.js';
import type { Clock, Handshake, HandshakeHandlers } from '../../ports/index.ts';
import { parseSignal } from '../signal-data.ts';
import { dispose } from './dispose.ts';
import { PeerLink } from './peer-link.ts';

/** An offer waits this long for an answer: trackers pass it on to someone who may be slow or gone. */
const ANSWER_WAIT_MS = 30_000;
/** Both sides known, ICE and DTLS have this long: browsers give ICE up after 15 to 30 s themselves. */
const CONNECT_WAIT_MS = 15_000;
/**
 * Gathering without trickle: host candidates take milliseconds, a STUN server in reach one round
 * trip; a dead one would hold us up for 5 to 10 s. Below the second after which a tracker announces.
 */
const GATHER_WAIT_MS = 800;
/** More candidates than this of one peer are ignored. */
const MAX_CANDIDATES = 64;
/** What the other side may send before we have seen our channel open. */
const MAX_EARLY_BYTES = 256 * 1024;

export interface PeerHandshakeOptions {
  readonly initiator: boolean;
  readonly trickle: boolean;
  readonly config: RTCConfiguration;
  readonly clock: Clock;
}

/** One attempt to connect with one RTCPeerConnection. */
export class PeerHandshake implements Handshake {
  private readonly peer: Peer;
  private readonly early: Uint8Array[] = [];
  private readonly clock: Clock;
  private readonly initiator: boolean;
  private readonly handlers: HandshakeHandlers;
  private earlyBytes = 0;
  private candidates = 0;
  private described = false;
  private settled = false;
  private cancelTimeout: () => void;

  constructor({ initiator, trickle, config, clock }: PeerHandshakeOptions, handlers: HandshakeHandlers) {
    this.clock = clock;
    this.initiator = initiator;
    this.handlers = handlers;
    this.peer = new Peer({ initiator, trickle, config, channelName: 'playswarm', iceCompleteTimeout: GATHER_WAIT_MS });
    this.peer
      .on('signal', (signal) => handlers.signal(JSON.stringify(signal)))
      .on('data', (message) => this.keepEarly(message))
      .on('connect', () => this.open())
      .on('error', (error) => this.fail(error.message))
      .on('close', () => this.fail('The other side closed the connection.'));
    this.cancelTimeout = clock.after(initiator ? ANSWER_WAIT_MS : CONNECT_WAIT_MS, () => this.fail('No connection in time.'));
  }

  signal(data: string): void {
    if (this.settled) return;
    const signal = parseSignal(data);
    if (!signal) return this.fail('Ill-formed signal.');
    if (signal.type === 'candidate') {
      if (++this.candidates > MAX_CANDIDATES) return;
    } else {
      // An offer to the side that offered would make browsers roll their own offer back.
      if (this.described || signal.type !== (this.initiator ? 'answer' : 'offer')) return this.fail('Unexpected signal.');
      this.described = true;
      this.cancelTimeout();
      this.cancelTimeout = this.clock.after(CONNECT_WAIT_MS, () => this.fail('No connection in time.'));
    }
    try {
      this.peer.signal(signal);
    } catch (error) {
      this.fail(String(error));
    }
  }

  cancel(): void {
    if (this.settled) return;
    this.settle();
    dispose(this.peer);
  }

  private open(): void {
    const { _pc: connection, _channel: channel } = this.peer;
    if (!connection || !channel) return this.fail('The other side closed the connection.');
    this.settle();
    this.handlers.opened(new PeerLink(this.peer, connection, channel, this.early, this.clock));
  }

  private fail(reason: string): void {
    if (this.settled) return;
    this.settle();
    dispose(this.peer);
    this.handlers.failed(reason);
  }

  private settle(): void {
    this.settled = true;
    this.cancelTimeout();
    this.peer.removeAllListeners();
  }

  private keepEarly(message: Uint8Array): void {
    this.earlyBytes += message.byteLength;
    if (this.earlyBytes > MAX_EARLY_BYTES) return this.fail('The other side sent too much too early.');
    this.early.push(message);
  }
}
