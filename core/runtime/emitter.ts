import type { P2PEvents } from '../model/index.ts';
import type { Log } from '../ports/index.ts';

type Listener<Name extends keyof P2PEvents> = (detail: P2PEvents[Name]) => void;

/** The engine's public events. A listener that throws is the page's problem, and must not become the engine's. */
export class Emitter {
  private readonly listeners: { [Name in keyof P2PEvents]?: Set<Listener<Name>> } = {};

  constructor(private readonly log: Log) {}

  on<Name extends keyof P2PEvents>(event: Name, listener: Listener<Name>): void {
    const listeners: Set<Listener<Name>> = this.listeners[event] ?? new Set<Listener<Name>>();
    listeners.add(listener);
    Object.assign(this.listeners, { [event]: listeners });
  }

  off<Name extends keyof P2PEvents>(event: Name, listener: Listener<Name>): void {
    this.listeners[event]?.delete(listener);
  }

  emit<Name extends keyof P2PEvents>(event: Name, detail: P2PEvents[Name]): void {
    for (const listener of [...(this.listeners[event] ?? [])]) {
      try {
        listener(detail);
      } catch (error) {
        this.log.warn(`a listener of "${event}" failed`, { error });
      }
    }
  }

  clear(): void {
    for (const listeners of Object.values(this.listeners)) listeners.clear();
  }
}
