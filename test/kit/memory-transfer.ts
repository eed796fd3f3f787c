import { OriginError, type OriginFailureKind } from '../../core/model/index.ts';
import type { HttpHandlers, HttpRequest } from '../../core/ports/index.ts';
import { Flow } from './flow.ts';
import type { MemoryHost } from './memory-host.ts';
import type { Fault, MemoryOrigin } from './memory-origin.ts';
import type { Resource } from './resources.ts';

export interface TransferPath {
  readonly origin: MemoryOrigin;
  readonly host: MemoryHost;
  /** One way. */
  readonly latencyMs: number;
  readonly chunkBytes: number;
}

/** What TCP has in flight after its start, roughly: throughput is at most this per round trip. */
const WINDOW_BYTES = 512 * 1024;

/** What the origin sends. */
interface Body {
  readonly resource: Resource;
  readonly status: number;
  nextByte: number;
  readonly endByte: number;
  /** `endByte` is where the headers say that it is. */
  readonly whole: boolean;
  /** An end is still to be sent. */
  ends: boolean;
}

/** The last thing on a transfer's flow: the body ended. */
const END = Symbol('end');

/** One request and its answer. Until `settled`, events of both sides are due; afterwards nothing is told. */
export class MemoryTransfer {
  private readonly path: TransferPath;
  private readonly request: HttpRequest;
  private readonly handlers: HttpHandlers;
  private readonly flow: Flow<Uint8Array | typeof END>;
  private cancelTimer: () => void;
  private readonly forgetVanish: () => void;
  private settled = false;
  private body: Body | undefined;

  constructor(path: TransferPath, request: HttpRequest, handlers: HttpHandlers) {
    this.path = path;
    this.request = request;
    this.handlers = handlers;
    const { clock } = path.origin;
    this.flow = new Flow(
      { clock, uplink: path.origin.uplinkOf(), delayMs: () => path.latencyMs, windowBytes: WINDOW_BYTES },
      { sent: (bytes) => this.sent(bytes), underWay: (chunk, ...passage) => this.underWay(chunk, ...passage) },
    );
    this.cancelTimer = clock.after(path.latencyMs, () => this.arriveAtOrigin());
    this.forgetVanish = path.host.onVanish(() => this.abort());
  }

  /** The origin hears of it when it hears of it: what it sends until then is sent in vain, and counted. */
  abort(): void {
    if (this.settled) return;
    this.settle();
    this.path.origin.clock.after(this.path.latencyMs, () => this.flow.sever());
  }

  private arriveAtOrigin(): void {
    const { origin } = this.path;
    const { range, url } = this.request;
    const fault = origin.faultOf(this.request);
    const resource = origin.find(url);
    origin.noteRequest(url);
    if (fault?.kind === 'network' || (fault?.kind === 'refuses-range' && range)) this.failLater('network', 0, '');
    else if (fault?.kind === 'status') this.failLater('status', fault.status, fault.statusText);
    else if (fault?.kind === 'hang' && fault.afterBytes === undefined) return;
    else if (resource === undefined) this.failLater('status', 404, 'Not Found');
    else if (range && fault?.kind !== 'ignores-range' && range.start >= resource.sizeBytes) this.failLater('status', 416, 'Range Not Satisfiable');
    else this.answer(resource, fault);
  }

  private answer(resource: Resource, fault: Fault | undefined): void {
    const { range, url } = this.request;
    const partial = range !== undefined && fault?.kind !== 'ignores-range';
    const status = partial ? 206 : 200;
    const bodyStart = partial ? range.start : 0;
    const bodyEnd = partial ? Math.min(range.end, resource.sizeBytes) : resource.sizeBytes;
    this.cancelTimer = this.path.origin.clock.after(this.path.latencyMs, () =>
      this.handlers.head({ status, url, bodyStart, bodyBytes: bodyEnd - bodyStart, resourceBytes: resource.sizeBytes }),
    );
    const cutBytes = fault?.kind === 'truncated' || fault?.kind === 'hang' ? (fault.afterBytes ?? 0) : Infinity;
    const endByte = Math.min(bodyEnd, bodyStart + cutBytes);
    this.body = { resource, status, nextByte: bodyStart, endByte, whole: endByte === bodyEnd, ends: fault?.kind !== 'hang' };
    this.sendNext(this.body);
  }

  /** Chunk after chunk, each made when the one before is out. */
  private sendNext(body: Body): void {
    const end = Math.min(body.nextByte + this.path.chunkBytes, body.endByte);
    if (end > body.nextByte) {
      const chunk = body.resource.bytes(body.nextByte, end);
      body.nextByte = end;
      this.flow.send(chunk, chunk.length);
    } else if (body.ends) {
      body.ends = false;
      this.flow.send(END, 0);
    }
  }

  private sent(bytes: number): void {
    this.path.origin.noteSent(this.request.url, bytes);
    if (this.body) this.sendNext(this.body);
  }

  private underWay(chunk: Uint8Array | typeof END, bytes: number, firstByteMs: number, lastByteMs: number): void {
    const { host, latencyMs, origin } = this.path;
    const { clock } = origin;
    const through = (): void => {
      this.flow.acknowledged(bytes, clock.nowMs() + latencyMs);
      this.deliver(chunk);
    };
    clock.after(lastByteMs - clock.nowMs(), () => host.downlink.receive(bytes, firstByteMs, through));
  }

  private deliver(chunk: Uint8Array | typeof END): void {
    if (this.settled) return;
    if (chunk !== END) this.handlers.bytes(chunk);
    else if (this.body?.whole !== true) this.fail('truncated', this.body?.status ?? 0, '');
    else {
      this.settle();
      this.handlers.done();
    }
  }

  private failLater(kind: OriginFailureKind, status: number, statusText: string): void {
    this.cancelTimer = this.path.origin.clock.after(this.path.latencyMs, () => this.fail(kind, status, statusText));
  }

  private fail(kind: OriginFailureKind, status: number, statusText: string): void {
    this.settle();
    this.handlers.failed(new OriginError(kind, this.request.url, status, statusText));
  }

  private settle(): void {
    this.settled = true;
    this.cancelTimer();
    this.forgetVanish();
  }
}
