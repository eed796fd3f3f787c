import type { Handshake, HandshakeHandlers, Link, LinkHandlers, Links } from '../../core/ports/index.ts';
import { noFrames } from './frame-counts.ts';
import { seenBytes } from './frame-kinds.ts';

/** Notes what is sent over data channels. */
export class FrameMeter {
  counts = noFrames();

  note(frame: Uint8Array): void {
    const { counts } = this;
    const code = frame[0] ?? 0;
    const headBytes = seenBytes(frame);
    counts.controlBytes += headBytes;
    counts.payloadBytes += frame.length - headBytes;
    counts.bytesByCode[code] = (counts.bytesByCode[code] ?? 0) + headBytes;
    counts.framesByCode[code] = (counts.framesByCode[code] ?? 0) + 1;
  }

  reset(): void {
    this.counts = noFrames();
  }
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
