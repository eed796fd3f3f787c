import type { AudioTrack, Level } from './host.ts';

/** A stream on its way to a media element, played by hls.js or Shaka. Times are on the element's timeline. */
export interface Stream {
  readonly live: boolean;
  /** What can be sought while live, up to where playback keeps its distance to the edge. */
  range(): { readonly startS: number; readonly endS: number };
  /** Seconds behind live; `undefined` on demand, and before it is known. */
  latencyS(): number | undefined;
  readonly levels: readonly Level[];
  /** @param id of one of the levels; -1: chosen by the measured speed. */
  selectLevel(id: number): void;
  readonly audioTracks: readonly AudioTrack[];
  readonly currentAudioTrack: AudioTrack | null;
  switchAudioTrack(id: string): void;
  close(): void;
}

/** What a stream tells the playback. */
export interface StreamListener {
  /** The element has something to play; what was asked of it before, it forgot. */
  onAttached(): void;
  /** Whether it is live, or what can be sought, is known or has changed. */
  onTimeline(): void;
  onLevels(): void;
  onLevelPlayed(level: PlayedLevel): void;
  onAudioTracks(): void;
  onAudioTrackPlayed(): void;
  /** It cannot go on. */
  onFailure(failure: StreamFailure): void;
}

export interface PlayedLevel {
  readonly id: number;
  readonly width: number;
  readonly height: number;
  readonly bitrateBps: number;
}

export interface StreamFailure {
  readonly code: string;
  readonly description: string;
  readonly raw: unknown;
}

/** A playback's tie to hls.js or Shaka; one stream is open at a time. */
export interface Connection {
  open(media: HTMLVideoElement, src: string, listener: StreamListener): Stream;
  /** @returns when it has let go of the element, if that is not at once. */
  end(): Promise<void> | undefined;
}
