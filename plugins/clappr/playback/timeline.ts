import type { ClapprHost, Html5Video, PlaybackClass } from '../host.ts';
import type { Stream } from '../stream.ts';

export interface TimelinePlayback extends Html5Video {
  /** What plays now; the playback itself opens and closes it. */
  stream: Stream | undefined;
  onTimeline(): void;
}

/** Position and duration for Clappr's controls: what is shown counts from the start of what can be sought. */
export function withTimeline({ Events }: ClapprHost, Base: PlaybackClass<Html5Video>): PlaybackClass<TimelinePlayback> {
  return class extends Base {
    stream: Stream | undefined;
    private wasLive = false;

    getPlaybackType(): string {
      return this.wasLive ? 'live' : 'vod';
    }

    override get dvrEnabled(): boolean {
      return this.wasLive && this.getDuration() >= this._minDvrSize;
    }

    isSeekEnabled(): boolean {
      return !this.wasLive || this.dvrEnabled;
    }

    getStartTimeOffset(): number {
      return this.stream?.live ? this.stream.range().startS : 0;
    }

    getCurrentTime(): number {
      return Math.max(0, this.el.currentTime - this.getStartTimeOffset());
    }

    override getDuration(): number {
      if (!this.stream?.live) return this.el.duration || 0;
      const { startS, endS } = this.stream.range();
      return endS - startS;
    }

    /** @param timeS below 0: to the live edge, as Clappr's own playbacks take it. */
    override seek(timeS: number): void {
      this.el.currentTime = this.getStartTimeOffset() + (timeS < 0 ? this.getDuration() : timeS);
    }

    seekPercentage(percentage: number): void {
      // 0 from the live button means the edge.
      this.seek(this.getDuration() * (percentage > 0 || !this.wasLive ? percentage / 100 : 1));
    }

    seekToLivePoint(): void {
      this.seek(this.getDuration());
    }

    _onTimeUpdate(): void {
      this.trigger(Events.PLAYBACK_TIMEUPDATE, { current: this.getCurrentTime(), total: this.getDuration() }, this.name);
    }

    _onProgress(): void {
      const { buffered, currentTime } = this.el;
      const offsetS = this.getStartTimeOffset();
      const ranges = Array.from({ length: buffered.length }, (_, index) => ({
        start: Math.max(0, buffered.start(index) - offsetS),
        end: Math.max(0, buffered.end(index) - offsetS),
      }));
      const playheadS = currentTime - offsetS;
      const around = ranges.find(({ start, end }) => start <= playheadS && playheadS <= end) ?? ranges[0];
      if (!around) return;
      const progress = { start: around.start, current: around.end, total: this.getDuration() };
      this.trigger(Events.PLAYBACK_PROGRESS, progress, ranges);
    }

    _updateSettings(): void {
      this.settings.left = !this.wasLive ? ['playpause', 'position', 'duration'] : this.dvrEnabled ? ['playpause'] : ['playstop'];
      this.settings.seekEnabled = this.isSeekEnabled();
      this.trigger(Events.PLAYBACK_SETTINGSUPDATE);
    }

    onTimeline(): void {
      this.wasLive = this.stream?.live ?? this.wasLive;
      this._onDurationChange();
    }
  };
}
