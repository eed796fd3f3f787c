import type { Handshake, HandshakeHandlers, Link, LinkHandlers, Links } from '../../core/ports/index.ts';

/** By the code that a frame begins with: see core/wire. */
const KINDS = ['', 'hello', 'have', 'lost', 'intent', 'request', 'piece', 'decline', 'cancel', 'status', 'introduce', 'signal', 'bye'] as const;
const PIECE = KINDS.indexOf('piece');

/** What has been sent over data channels. */
export class FrameMeter {
  /** Media within pieces. */
  payloadBytes = 0;
  /** All else, without the headers of the transport. */
  controlBytes = 0;
  private readonly bytesByCode = new Array<number>(KINDS.length).fill(0);
  private readonly framesByCode = new Array<number>(KINDS.length).fill(0);

  note(frame: Uint8Array): void {
    const code = frame[0] ?? 0;
    const headBytes = code === PIECE ? pieceHeadBytes(frame) : frame.length;
    this.controlBytes += headBytes;
    this.payloadBytes += frame.length - headBytes;
    this.bytesByCode[code] = (this.bytesByCode[code] ?? 0) + headBytes;
    this.framesByCode[code] = (this.framesByCode[code] ?? 0) + 1;
  }

  reset(): void {
    this.payloadBytes = this.controlBytes = 0;
    this.bytesByCode.fill(0);
    this.framesByCode.fill(0);
  }

  /** By kind of message, those that were sent. */
  get byKind(): Record<string, { readonly frames: number; readonly bytes: number }> {
    const used = KINDS.map((kind, code) => [kind, { frames: this.framesByCode[code] ?? 0, bytes: this.bytesByCode[code] ?? 0 }] as const);
    return Object.fromEntries(used.filter(([, { frames }]) => frames > 0));
  }
}

/** The code, and the request id: a varint, whose last byte is the first below 0x80. */
function pieceHeadBytes(frame: Uint8Array): number {
  let end = 1;
  while ((frame[end] ?? 0) >= 0x80) end++;
  return end + 1;
}

/** Links that note every frame they send. */
export class MeteredLinks implements Links {
  constructor(
    private readonly links: Links,
    private readonly meter: FrameMeter,
  ) {}

  get supported(): boolean {
    return this.links.supported;
  }

  connect(options: { initiator: boolean; trickle: boolean }, handlers: HandshakeHandlers): Handshake {
    return this.links.connect(options, {
      signal: (data) => handlers.signal(data),
      opened: (link) => handlers.opened(new MeteredLink(link, this.meter)),
      failed: (reason) => handlers.failed(reason),
    });
  }
}

class MeteredLink implements Link {
  constructor(
    private readonly link: Link,
    private readonly meter: FrameMeter,
  ) {}

  get maxFrameBytes(): number {
    return this.link.maxFrameBytes;
  }

  send(frame: Uint8Array): void {
    this.meter.note(frame);
    this.link.send(frame);
  }

  bufferedBytes(): number {
    return this.link.bufferedBytes();
  }

  listen(handlers: LinkHandlers): void {
    this.link.listen(handlers);
  }

  close(): void {
    this.link.close();
  }
}
