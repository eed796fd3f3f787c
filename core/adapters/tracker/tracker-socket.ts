import type { Clock, Random } from '../../ports/index.ts';
import { decodeMessage, type TrackerMessage } from './announce-message.ts';

/** Waits between attempts to connect: doubling from the first to the last, then staying there. */
const FIRST_RETRY_MS = 1000;
const LAST_RETRY_MS = 8000;
/** A host that swallows packets would hold an attempt for minutes. With the longest wait: back within 20 s. */
const CONNECT_LIMIT_MS = 6000;
/** Trackers answer every announce; one that does not is lost, though the socket may not know. */
const ANSWER_LIMIT_MS = 15_000;

export interface TrackerSocketHandlers {
  opened(): void;
  received(message: TrackerMessage): void;
  /** Connection lost, or an attempt failed; the next follows by itself. */
  lost(why: string): void;
}

export interface TrackerSocketOptions {
  readonly url: string;
  readonly clock: Clock;
  readonly random: Random;
}

/** A WebSocket to one tracker that comes back after every failure until it is closed. */
export class TrackerSocket {
  private readonly options: TrackerSocketOptions;
  private readonly handlers: TrackerSocketHandlers;
  private socket: WebSocket | undefined;
  private failures = 0;
  /** Of the one wait there is: for the connection, for an answer, or for the next attempt. */
  private cancelWait: (() => void) | undefined;

  constructor(options: TrackerSocketOptions, handlers: TrackerSocketHandlers) {
    this.options = options;
    this.handlers = handlers;
    this.connect();
  }

  get connected(): boolean {
    return this.socket?.readyState === WebSocket.OPEN;
  }

  /** Sends if connected; `answered`: the tracker is to send something back. */
  send(text: string, answered: boolean): void {
    if (!this.socket || !this.connected) return;
    this.socket.send(text);
    if (answered && !this.cancelWait) this.wait(ANSWER_LIMIT_MS, () => this.lose(`no answer from ${this.options.url}`));
  }

  /** Sends what is queued, and is silent from here on. */
  close(): void {
    this.stopWaiting();
    this.abandon();
  }

  private connect(): void {
    const { url } = this.options;
    try {
      this.socket = new WebSocket(url);
    } catch (error) {
      // For example ws:// from an https:// page. `join` has not returned yet: tell later.
      this.wait(0, () => this.lose(String(error)));
      return;
    }
    this.socket.binaryType = 'arraybuffer';
    this.socket.onopen = () => {
      this.stopWaiting();
      this.handlers.opened();
    };
    this.socket.onmessage = ({ data }) => {
      this.failures = 0; // Not before: a server that accepts and closes at once has not recovered.
      this.stopWaiting();
      const message = decodeMessage(data);
      if (message) this.handlers.received(message);
    };
    this.socket.onclose = ({ code }) => this.lose(`no connection to ${url} (code ${code})`);
    this.wait(CONNECT_LIMIT_MS, () => this.lose(`no connection to ${url} within ${CONNECT_LIMIT_MS / 1000} s`));
  }

  private lose(why: string): void {
    this.abandon();
    const backoffMs = Math.min(FIRST_RETRY_MS * 2 ** this.failures, LAST_RETRY_MS);
    this.failures++;
    // Viewers whose tracker restarts must not all come back in the same instant.
    this.wait(backoffMs * (0.75 + 0.5 * this.options.random.unit()), () => this.connect());
    this.handlers.lost(why);
  }

  private abandon(): void {
    if (!this.socket) return;
    this.socket.onopen = this.socket.onmessage = this.socket.onclose = null;
    this.socket.close();
    this.socket = undefined;
  }

  private wait(delayMs: number, task: () => void): void {
    this.stopWaiting();
    this.cancelWait = this.options.clock.after(delayMs, () => {
      this.cancelWait = undefined;
      task();
    });
  }

  private stopWaiting(): void {
    this.cancelWait?.();
    this.cancelWait = undefined;
  }
}
