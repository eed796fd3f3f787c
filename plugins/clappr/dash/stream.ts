import type shaka from 'shaka-player';
import { latencyS, QualityChoice } from '../../shaka/index.ts';
import type { AudioTrack, Level } from '../host.ts';
import type { Stream, StreamListener } from '../stream.ts';

export interface ShakaSource {
  readonly media: HTMLVideoElement;
  readonly src: string;
  /** Awaited before the manifest is asked for. */
  readonly beforeLoad: () => void | Promise<void>;
}

/** `shaka.util.Error.Severity.CRITICAL`: playback cannot go on. */
const CRITICAL = 2;

/** A stream played by Shaka (4.16 or 5); the player outlives it. */
export class ShakaStream implements Stream {
  private closed = false;
  private readonly quality: QualityChoice<shaka.extern.VideoTrack>;
  private readonly listeners: readonly (readonly [event: string, listen: (event: Event) => void])[];

  constructor(
    private readonly player: shaka.Player,
    source: ShakaSource,
    private readonly listener: StreamListener,
  ) {
    this.quality = new QualityChoice(player);
    this.listeners = [
      ['trackschanged', () => this.tellTracks()],
      ['audiotrackchanged', () => listener.onAudioTrackPlayed()],
      ['adaptation', () => this.tellLevel()],
      ['variantchanged', () => this.tellLevel()],
      ['manifestupdated', () => listener.onTimeline()],
      ['loaded', () => listener.onTimeline()],
      ['error', (event) => this.judge((event as Event & { detail: shaka.util.Error }).detail)],
    ];
    for (const [event, listen] of this.listeners) player.addEventListener(event, listen);
    this.load(source).catch((error: shaka.util.Error) => this.judge(error));
  }

  get live(): boolean {
    return this.player.isLive();
  }

  range() {
    const { start: startS, end: endS } = this.player.seekRange();
    return { startS, endS };
  }

  latencyS() {
    return latencyS(this.player);
  }

  get levels(): Level[] {
    return this.videoTracks().map(({ height, bandwidth }, id) => ({
      id,
      label: height ? `${height}p` : `${Math.round(bandwidth / 1000)}Kbps`,
    }));
  }

  selectLevel(id: number): void {
    const track = this.videoTracks()[id];
    this.quality.set(track && [track]);
  }

  get audioTracks(): AudioTrack[] {
    return this.player.getAudioTracks().map(audioTrackOf);
  }

  get currentAudioTrack(): AudioTrack | null {
    const tracks = this.player.getAudioTracks();
    const index = tracks.findIndex((track) => track.active);
    return tracks[index] ? audioTrackOf(tracks[index], index) : null;
  }

  switchAudioTrack(id: string): void {
    const track = this.player.getAudioTracks()[Number(id)];
    if (track) this.player.selectAudioTrack(track);
  }

  close(): void {
    this.closed = true;
    for (const [event, listen] of this.listeners) this.player.removeEventListener(event, listen);
    // A load under way is interrupted, and says so to nobody who still listens.
    this.player.detach().catch(() => {});
  }

  private async load({ media, src, beforeLoad }: ShakaSource): Promise<void> {
    await this.player.attach(media);
    await beforeLoad();
    if (this.closed) return;
    await this.player.load(new URL(src, document.baseURI).href);
    this.listener.onAttached();
  }

  /** In order of quality, so that an index goes on meaning the same one. */
  private videoTracks() {
    return this.player.getVideoTracks().sort((a, b) => a.bandwidth - b.bandwidth);
  }

  private tellTracks(): void {
    this.listener.onLevels();
    this.listener.onAudioTracks();
    this.tellLevel();
  }

  private tellLevel(): void {
    const tracks = this.videoTracks();
    const id = tracks.findIndex((track) => track.active);
    const track = tracks[id];
    if (track) this.listener.onLevelPlayed({ id, width: track.width ?? 0, height: track.height ?? 0, bitrateBps: track.bandwidth });
  }

  private judge(error: shaka.util.Error): void {
    if (this.closed || error.severity < CRITICAL) return;
    this.listener.onFailure({ code: String(error.code), description: error.message, raw: error });
  }
}

function audioTrackOf(track: shaka.extern.AudioTrack, index: number): AudioTrack {
  return {
    id: String(index),
    language: track.language,
    kind: track.roles[0] ?? (track.primary ? 'main' : 'alternative'),
    label: track.label ?? track.language,
  };
}
