type Listener = (...details: unknown[]) => void;

/**
 * simple-peer is a stream because it came from Node; all that we use of that are its events. This
 * saves 12 of its 18 kB (gzip) and hands a message over at once, not through a queue.
 */
export class Duplex {
  destroyed = false;
  protected readonly _readableState = { ended: false };
  private listeners: Record<string, Listener[]> = {};

  on(event: string, listener: Listener): this {
    (this.listeners[event] ??= []).push(listener);
    return this;
  }

  once(event: string, listener: Listener): this {
    const first: Listener = (...details) => {
      this.removeListener(event, first);
      listener(...details);
    };
    return this.on(event, first);
  }

  removeListener(event: string, listener: Listener): this {
    this.listeners[event] = this.listeners[event]?.filter((other) => other !== listener) ?? [];
    return this;
  }

  removeAllListeners(): this {
    this.listeners = {};
    return this;
  }

  emit(event: string, ...details: unknown[]): void {
    this.listeners[event]?.forEach((listener) => listener(...details));
  }

  push(chunk: unknown): void {
    if (chunk !== null) this.emit('data', chunk);
  }

  /**
   * simple-peer calls this first whenever it gives up a connection, then sets a timer that tells
   * why (`error`), where there is a reason. The microtask puts `close` behind that timer.
   */
  end(): void {
    queueMicrotask(() => setTimeout(() => this.emit('close'), 0));
  }

  destroy(): void {
    if (this.destroyed) return;
    this._destroy(() => {}, null);
    this.destroyed = true;
  }

  /** Overridden by simple-peer. */
  protected _destroy(done: () => void, error: Error | null): void {
    void error;
    done();
  }
}
