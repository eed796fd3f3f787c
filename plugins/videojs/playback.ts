import type { P2PEngine } from '../../core/index.ts';
import type { QualityLevelList, Source, SourceSession, Tech, TechOptions } from './host.ts';

/** What a playback is given to play one source with. */
export interface PlaybackJob {
  readonly source: Source;
  readonly tech: Tech;
  readonly engine: P2PEngine;
  /** `player.qualityLevels()`, `player.error()`: what lies above the tech. */
  readonly player: PlayerSide;
}

/** What a playback needs of the player itself. */
export interface PlayerSide {
  qualityLevels(): QualityLevelList | undefined;
  /** Shows an error; codes as of MediaError. */
  fail(code: 2 | 3 | 4, message: string): void;
}

/** One source on its way to the screen, with P2P. */
export interface PlaybackSession extends SourceSession {
  /** Seconds behind live; `undefined` on demand, and before it is known. */
  latencyS(): number | undefined;
}

/**
 * A playback engine under Video.js, made for one player with its configuration. What it cannot play
 * is left to the next source handler.
 */
export interface Playback {
  canPlay(source: Source, options?: TechOptions): boolean;
  start(job: PlaybackJob): PlaybackSession;
}
