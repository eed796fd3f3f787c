import { decide } from '../engine/index.ts';
import type { Effect, EngineEvent, State } from '../engine/index.ts';
import type { PlaybackSnapshot } from '../model/index.ts';
import type { Clock } from '../ports/index.ts';

/** While the player waits for a segment, a snapshot of playback older than this is taken anew before the next decision. */
const PLAYBACK_STALE_MS = 250;
/** Otherwise playback only says what lies ahead and what behind. */
const IDLE_STALE_MS = 1_000;

/** The bytes of the pieces that came with an event: the effect `keep` will want them. */
export type BytesOf = (index: number) => Uint8Array | undefined;

export interface LoopHandlers {
  perform(effect: Effect, bytesOf: BytesOf | undefined): void;
  /** Performing an effect, or the player's own snapshot, has failed; the rest goes on. */
  failed(error: unknown): void;
}

interface Occurrence {
  readonly event: EngineEvent;
  readonly bytesOf: BytesOf | undefined;
}

/**
 * Owns the state and the one timer: takes events one at a time, lets `decide` decide, has the
 * effects performed. Events that performing brings about wait for their turn.
 */
export class Loop {
  private readonly waiting: Occurrence[] = [];
  private running = false;
  private stopped = false;
  private timer: { readonly atMs: number; readonly cancel: () => void } | undefined;
  private playback: (() => PlaybackSnapshot) | undefined;

  constructor(
    private readonly clock: Clock,
    private current: State,
    private readonly handlers: LoopHandlers,
  ) {}

  get state(): State {
    return this.current;
  }

  setPlayback(playback: (() => PlaybackSnapshot) | undefined): void {
    this.playback = playback;
  }

  /** Whether the player has something to show, as of now. */
  isStarted(): boolean {
    const playback = this.playback && this.guard(this.playback);
    return playback?.waiting === false;
  }

  dispatch(event: EngineEvent, bytesOf?: BytesOf): void {
    if (this.stopped) return;
    if (this.running) {
      this.waiting.push({ event, bytesOf });
      return;
    }
    this.running = true;
    try {
      this.step(event, bytesOf);
      for (let next = this.waiting.shift(); next; next = this.waiting.shift()) this.step(next.event, next.bytesOf);
    } finally {
      this.running = false;
    }
  }

  stop(): void {
    this.stopped = true;
    this.waiting.length = 0;
    this.timer?.cancel();
    this.timer = undefined;
    this.playback = undefined;
  }

  private step(event: EngineEvent, bytesOf: BytesOf | undefined): void {
    this.refreshPlayback(event);
    this.decide(event, bytesOf);
  }

  private decide(event: EngineEvent, bytesOf: BytesOf | undefined): void {
    if (this.stopped) return;
    const decision = decide(this.current, event, this.clock.nowMs());
    this.current = decision.state;
    this.wakeBy(decision.wakeAtMs);
    for (const effect of decision.effects) {
      // Whatever is performed may lead to the end of all this.
      if (this.stopped) return;
      this.guard(() => this.handlers.perform(effect, bytesOf));
    }
  }

  /** Messages, not timers, keep the deadlines true: background tabs have one timer a second or a minute. */
  private refreshPlayback(event: EngineEvent): void {
    if (!this.playback || event.type === 'playback') return;
    const ageMs = this.clock.nowMs() - this.current.playback.atMs;
    if (ageMs < this.bearableAgeMs(event)) return;
    const playback = this.guard(this.playback);
    if (playback) this.decide({ type: 'playback', playback }, undefined);
  }

  private bearableAgeMs(event: EngineEvent): number {
    if (event.type === 'demand') return 0;
    if (this.current.demands.size === 0) return IDLE_STALE_MS;
    return event.type === 'wake' ? 0 : PLAYBACK_STALE_MS;
  }

  private guard<Result>(task: () => Result): Result | undefined {
    try {
      return task();
    } catch (error) {
      this.handlers.failed(error);
      return undefined;
    }
  }

  private wakeBy(atMs: number): void {
    if (atMs === Infinity || (this.timer && this.timer.atMs <= atMs)) return;
    this.timer?.cancel();
    // Timers count whole milliseconds; and one that rounding lets come early would find nothing due, and be set again for the same moment.
    const cancel = this.clock.after(Math.max(1, Math.ceil(atMs - this.clock.nowMs())), () => {
      this.timer = undefined;
      this.dispatch({ type: 'wake' });
    });
    this.timer = { atMs, cancel };
  }
}
