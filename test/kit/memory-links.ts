import type { Handshake, HandshakeHandlers, Links } from '../../core/ports/index.ts';
import { Handshaking } from './memory-handshake.ts';
import type { MemoryHost } from './memory-host.ts';
import type { MemoryNetwork } from './memory-network.ts';

/** Data channels of one host over a network in memory. */
export class MemoryLinks implements Links {
  readonly supported = true;
  private readonly network: MemoryNetwork;
  private readonly host: MemoryHost;

  constructor(network: MemoryNetwork, host: MemoryHost) {
    this.network = network;
    this.host = host;
  }

  connect(options: { initiator: boolean; trickle: boolean }, handlers: HandshakeHandlers): Handshake {
    return new Handshaking(this.network, this.host, options, handlers);
  }
}
