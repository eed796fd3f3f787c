import type { Clock, Handshake, HandshakeHandlers, Links } from '../ports/index.ts';
import { PeerHandshake } from './simple-peer/handshake.ts';

/** Data channels by simple-peer. */
export class SimplePeerLinks implements Links {
  readonly supported = typeof RTCPeerConnection === 'function';
  private readonly clock: Clock;
  private readonly config: RTCConfiguration;

  constructor(options: { readonly clock: Clock; readonly config: RTCConfiguration }) {
    this.clock = options.clock;
    this.config = options.config;
  }

  connect(options: { initiator: boolean; trickle: boolean }, handlers: HandshakeHandlers): Handshake {
    return new PeerHandshake({ ...options, config: this.config, clock: this.clock }, handlers);
  }
}
