import type Peer from 'simple-peer/lite.js';
import { type Clock, type Link, type LinkHandlers, LOW_WATER_BYTES } from '../../ports/index.ts';
import { dispose } from './dispose.ts';

/** What every browser takes (RFC 8831, 6.6), where a browser does not tell. */
const SAFE_FRAME_BYTES = 16 * 1024;
/** A piece with its header fits with room to spare; larger messages would hold up the small ones behind them. */
const MAX_FRAME_BYTES = 64 * 1024;
/** How long a closing link may take to send what is queued. */
const FLUSH_WAIT_MS = 1000;

/** An open data channel. It writes to the channel itself: simple-peer keeps its backpressure to its stream. */
export class PeerLink implements Link {
  readonly maxFrameBytes: number;
  private readonly peer: Peer;
  private readonly channel: RTCDataChannel;
  private readonly clock: Clock;
  private backlog: Uint8Array[];
  private handlers: LinkHandlers | undefined;
  private state: 'open' | 'closing' | 'closed' = 'open';
  private lossUntold = false;

  constructor(peer: Peer, connection: RTCPeerConnection, channel: RTCDataChannel, early: Uint8Array[], clock: Clock) {
    this.peer = peer;
    this.channel = channel;
    this.backlog = early;
    this.clock = clock;
    this.maxFrameBytes = Math.min(connection.sctp?.maxMessageSize ?? SAFE_FRAME_BYTES, MAX_FRAME_BYTES);
    channel.bufferedAmountLowThreshold = LOW_WATER_BYTES;
    channel.addEventListener('bufferedamountlow', this.drained);
    peer
      .on('data', (frame) => this.receive(frame))
      .on('error', () => this.lost())
      .on('close', () => this.lost());
  }

  send(frame: Uint8Array): void {
    if (this.state !== 'open' || this.channel.readyState !== 'open') return;
    try {
      this.channel.send(frame as Uint8Array<ArrayBuffer>);
    } catch {
      // Browsers refuse when 16 MB are queued. A frame left out would corrupt the conversation: better none.
      this.lost();
    }
  }

  bufferedBytes(): number {
    return this.channel.bufferedAmount;
  }

  listen(handlers: LinkHandlers): void {
    this.handlers = handlers;
    const frames = this.backlog;
    this.backlog = [];
    for (const frame of frames) this.receive(frame);
    if (!this.lossUntold) return;
    this.lossUntold = false;
    handlers.closed();
  }

  close(): void {
    if (this.state !== 'open') return;
    this.state = 'closing';
    const cancelTimeout = this.clock.after(FLUSH_WAIT_MS, () => this.end());
    this.peer.removeAllListeners().on('close', () => {
      cancelTimeout();
      this.end();
    });
    this.channel.close(); // Sends what is queued before it closes.
  }

  private receive(frame: Uint8Array): void {
    if (this.state === 'closing') return;
    if (this.handlers) this.handlers.frame(frame);
    else this.backlog.push(frame);
  }

  private lost(): void {
    if (this.state !== 'open') return;
    this.end();
    if (this.handlers) this.handlers.closed();
    else this.lossUntold = true;
  }

  private end(): void {
    this.state = 'closed';
    this.channel.removeEventListener('bufferedamountlow', this.drained);
    dispose(this.peer);
  }

  private readonly drained = (): void => {
    if (this.state === 'open') this.handlers?.drained();
  };
}
