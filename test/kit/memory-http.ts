import type { Http, HttpHandlers, HttpRequest } from '../../core/ports/index.ts';
import type { MemoryHost } from './memory-host.ts';
import type { MemoryOrigin } from './memory-origin.ts';
import { MemoryTransfer } from './memory-transfer.ts';

export interface MemoryHttpOptions {
  /** Between host and origin, one way, in ms. Default 20. Connections are kept alive: a request costs one round trip. */
  readonly latencyMs?: number;
  /** A body comes in chunks of so many bytes. Default 32 KiB. */
  readonly chunkBytes?: number;
}

/** One host's way to an origin in memory; its downloads share the host's downlink with its links. */
export class MemoryHttp implements Http {
  private readonly origin: MemoryOrigin;
  private readonly host: MemoryHost;
  private readonly latencyMs: number;
  private readonly chunkBytes: number;

  constructor(origin: MemoryOrigin, host: MemoryHost, { chunkBytes = 32 * 1024, latencyMs = 20 }: MemoryHttpOptions = {}) {
    this.origin = origin;
    this.host = host;
    this.latencyMs = latencyMs;
    this.chunkBytes = chunkBytes;
  }

  get(request: HttpRequest, handlers: HttpHandlers): { abort(): void } {
    const { chunkBytes, host, latencyMs, origin } = this;
    const transfer = new MemoryTransfer({ chunkBytes, host, latencyMs, origin }, request, handlers);
    return { abort: () => transfer.abort() };
  }
}
