import type { EngineEvent } from '../engine/index.ts';
import { PROTOCOL_VERSION, ProtocolError } from '../model/index.ts';
import type { ByeReason, Introduce, Message, PeerId, Signal } from '../model/index.ts';
import type { Clock, Link } from '../ports/index.ts';
import { decodeMessage, encodeMessage, Reassembler, sendFrames } from '../wire/index.ts';
import type { BytesOf } from './loop.ts';

/** A peer that has opened a link and says nothing for so long is let go. */
const HELLO_TIMEOUT_MS = 5_000;

export interface PeerSessionHandlers {
  /** Both sides have said hello. */
  ready(): void;
  event(event: EngineEvent, bytesOf?: BytesOf): void;
  introduced(message: Introduce): void;
  signalled(message: Signal): void;
  /** The session is over, for whatever reason, once. */
  over(reason: string): void;
}

/** One neighbour: messages over a link, from hello to bye. */
export class PeerSession {
  private readonly reassembler = new Reassembler();
  /** Of pieces that are being read from the store. */
  private expectedBytes = 0;
  /** What the engine was told is in the link; `undefined`: it has given the link more since. */
  private toldBytes: number | undefined = 0;
  private greeted = false;
  private ended = false;
  private readonly cancelHelloTimeout: () => void;

  constructor(
    readonly peer: PeerId,
    private readonly self: PeerId,
    private readonly link: Link,
    clock: Clock,
    private readonly handlers: PeerSessionHandlers,
  ) {
    this.cancelHelloTimeout = clock.after(HELLO_TIMEOUT_MS, () => this.close('protocol', 'no hello'));
  }

  /** Says hello and listens; what the peer has said already is taken at once, within this call. */
  start(): void {
    this.send({ type: 'hello', version: PROTOCOL_VERSION, peer: this.self });
    this.link.listen({
      frame: (frame) => this.receive(frame),
      drained: () => this.reportBuffer(),
      closed: () => this.end('the peer left'),
    });
  }

  /** @param encoded the message's bytes, where somebody has them. */
  send(message: Message, encoded = encodeMessage(message)): void {
    if (this.ended) return;
    sendFrames(encoded, this.link.maxFrameBytes, (frame) => this.link.send(frame));
  }

  /** @returns what to call just before the bytes are sent. */
  expect(bytes: number): () => void {
    this.expectedBytes += bytes;
    this.toldBytes = undefined;
    return () => (this.expectedBytes -= bytes);
  }

  close(reason: ByeReason, detail: string): void {
    if (this.ended) return;
    this.send({ type: 'bye', reason });
    this.link.close();
    this.end(`${reason}: ${detail}`);
  }

  /** Ends the session without a word: the link is gone. */
  private end(reason: string): void {
    if (this.ended) return;
    this.ended = true;
    this.cancelHelloTimeout();
    this.handlers.over(reason);
  }

  private receive(frame: Uint8Array): void {
    if (this.ended) return;
    try {
      const bytes = this.reassembler.push(frame);
      if (bytes) this.take(decodeMessage(bytes));
    } catch (error) {
      if (!(error instanceof ProtocolError)) throw error;
      // The engine excludes a neighbour; one that never became a neighbour is merely let go.
      if (this.greeted) this.handlers.event({ type: 'violated', peer: this.peer, detail: error.message });
      this.close('protocol', error.message);
    }
  }

  private take(message: Message): void {
    if (!this.greeted) {
      this.greet(message);
      return;
    }
    const { peer } = this;
    switch (message.type) {
      case 'hello':
        throw new ProtocolError('hello twice');
      case 'have':
      case 'lost':
      case 'intent':
      case 'status':
        // The four have their event of the same name.
        this.handlers.event({ type: message.type, peer, message } as EngineEvent);
        return;
      case 'request':
        this.reportBuffer();
        this.handlers.event({ type: 'request', peer, message });
        return;
      case 'piece':
        this.handlers.event({ type: 'pieceArrived', peer, requestId: message.requestId, lengthBytes: message.payload.length }, () => message.payload);
        return;
      case 'decline':
        this.handlers.event({ type: 'declined', peer, requestId: message.requestId, reason: message.reason });
        return;
      case 'cancel':
        this.handlers.event({ type: 'requestCancelled', peer, requestId: message.requestId });
        return;
      case 'introduce':
        this.handlers.introduced(message);
        return;
      case 'signal':
        this.handlers.signalled(message);
        return;
      case 'bye':
        this.link.close();
        this.end(`the peer said bye: ${message.reason}`);
        return;
    }
  }

  private greet(message: Message): void {
    if (message.type === 'bye') {
      this.link.close();
      this.end(`the peer said bye: ${message.reason}`);
      return;
    }
    if (message.type !== 'hello') throw new ProtocolError(`${message.type} before hello`);
    if (message.version !== PROTOCOL_VERSION) {
      this.close('incompatible', `version ${message.version}, this is ${PROTOCOL_VERSION}`);
      return;
    }
    if (message.peer !== this.peer) throw new ProtocolError('hello from another peer than was introduced');
    this.greeted = true;
    this.cancelHelloTimeout();
    this.handlers.ready();
  }

  /** Tells the engine how much of what it gave this link is still in it, or not even there yet. */
  private reportBuffer(): void {
    if (this.ended) return;
    const bufferedBytes = this.link.bufferedBytes() + this.expectedBytes;
    if (bufferedBytes === 0 && this.toldBytes === 0) return;
    this.toldBytes = bufferedBytes;
    this.handlers.event({ type: 'drained', peer: this.peer, bufferedBytes });
  }
}
