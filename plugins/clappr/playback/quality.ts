import type { ClapprHost, Level, PlaybackClass } from '../host.ts';
import type { PlayedLevel } from '../stream.ts';
import type { TimelinePlayback } from './timeline.ts';

export interface QualityPlayback extends TimelinePlayback {
  /** A stream begins with the quality that its engine chooses. */
  forgetLevel(): void;
  onLevels(): void;
  onLevelPlayed(level: PlayedLevel): void;
}

/** From either on, Clappr shows its HD sign; as in its own hls.js playback. */
const HD = { heightPx: 720, bitrateBps: 2_000_000 };

const AUTO = -1;

/** The levels that quality menus of Clappr's show and choose from. */
export function withQuality({ Events }: ClapprHost, Base: PlaybackClass<TimelinePlayback>): PlaybackClass<QualityPlayback> {
  return class extends Base {
    private levelId = AUTO;
    private highDefinition = false;

    forgetLevel(): void {
      this.levelId = AUTO;
    }

    get levels(): readonly Level[] {
      return this.stream?.levels ?? [];
    }

    get currentLevel(): number {
      return this.levelId;
    }

    set currentLevel(id: number) {
      this.levelId = id;
      this.trigger(Events.PLAYBACK_LEVEL_SWITCH_START);
      this.stream?.selectLevel(id);
    }

    isHighDefinitionInUse(): boolean {
      return this.highDefinition;
    }

    onLevels(): void {
      this.trigger(Events.PLAYBACK_LEVELS_AVAILABLE, this.levels);
    }

    onLevelPlayed({ id, width, height, bitrateBps }: PlayedLevel): void {
      this.highDefinition = height >= HD.heightPx || bitrateBps >= HD.bitrateBps;
      this.trigger(Events.PLAYBACK_LEVEL_SWITCH_END);
      this.trigger(Events.PLAYBACK_LEVEL_SWITCH, { level: id });
      this.trigger(Events.PLAYBACK_HIGHDEFINITIONUPDATE, this.highDefinition);
      this.trigger(Events.PLAYBACK_BITRATE, { width, height, bandwidth: bitrateBps, bitrate: bitrateBps, level: id });
    }
  };
}
