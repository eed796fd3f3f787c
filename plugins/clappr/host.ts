import type { P2PConfig } from '../../core/index.ts';

/**
 * What is used of Clappr (core 0.13 to 0.17). Its own types cover only @clappr/core, do not compile
 * without `skipLibCheck`, and leave out what subclasses stand on.
 */
export interface ClapprHost {
  readonly HTML5Video: Html5VideoClass;
  readonly UICorePlugin: UICorePluginClass;
  readonly Events: EventNames;
  /** `@clappr/player` brings its hls.js playback along. */
  readonly HLS?: Html5VideoClass;
}

/** Options of a player, as Clappr hands them on to playbacks and plugins. */
export interface ClapprOptions extends P2PClapprOptions {
  readonly src: string;
  readonly mimeType?: string;
  readonly language?: string;
}

/**
 * What these plugins add to the options of `Clappr.Player`, whose own type is closed and knows no plugins:
 *
 *     const options = { source, plugins, p2p: { upload: false } } satisfies P2PClapprOptions;
 *     new Clappr.Player(options);
 */
export interface P2PClapprOptions {
  readonly source?: string;
  readonly plugins?: unknown[];
  /** The engine's configuration. */
  readonly p2p?: P2PConfig;
  readonly playback?: PlaybackOptions;
  readonly hlsPlayback?: HlsPlaybackOptions;
  /** For Shaka's `player.configure`; the name is that of dash-shaka-playback. */
  readonly shakaConfiguration?: object;
  /** Called before a stream is loaded, as by dash-shaka-playback. */
  readonly shakaOnBeforeLoad?: (player: unknown) => void | Promise<void>;
}

export interface PlaybackOptions {
  readonly hlsjsConfig?: Readonly<Record<string, unknown>>;
  readonly hlsUseNextLevel?: boolean;
}

export interface HlsPlaybackOptions {
  readonly customListeners?: readonly CustomListener[];
}

export interface CustomListener {
  readonly eventName: string;
  readonly once?: boolean;
  readonly callback: (this: unknown, ...args: never[]) => void;
}

export interface Level {
  readonly id: number;
  readonly label: string;
}

export interface AudioTrack {
  readonly id: string;
  readonly language: string;
  readonly kind: string;
  readonly label: string;
}

export interface Translator {
  /** @returns the key itself where there is no translation. */
  t(key: string): string;
}

interface Listening {
  trigger(event: string, ...details: unknown[]): void;
  listenTo(source: unknown, event: string, listener: (...details: never[]) => void): void;
  stopListening(source?: unknown): void;
}

/** A media element with Clappr's playback interface around it. */
export interface Html5Video extends Listening {
  readonly name: string;
  readonly el: HTMLVideoElement;
  readonly options: ClapprOptions;
  readonly isLive: boolean;
  readonly dvrEnabled: boolean;
  readonly hasClosedCaptionsTracks: boolean;
  closedCaptionsTrackId: number;
  settings: { left: string[]; seekEnabled: boolean };
  _minDvrSize: number;
  render(): this;
  play(): unknown;
  stop(): void;
  destroy(): void;
  seek(timeS: number): void;
  getDuration(): number;
  createError(error: { code: string; description: string; raw: unknown }): unknown;
  _onDurationChange(): void;
  _checkInitialSeek(): void;
  _ready(): void;
}

export interface PlaybackClass<Instance> {
  new (options: ClapprOptions, i18n?: Translator, playerError?: unknown): Instance;
  readonly type: string;
  canPlay(src: string, mimeType?: string): boolean;
}

export type Html5VideoClass = PlaybackClass<Html5Video>;

export interface Playback {
  readonly name: string;
  readonly options: ClapprOptions;
}

export interface MediaControl {
  readonly el: HTMLElement;
  show(): void;
  setKeepVisible(): void;
  resetKeepVisible(): void;
}

export interface Core {
  readonly el: HTMLElement;
  readonly options: ClapprOptions;
  readonly i18n: Translator;
  readonly mediaControl: MediaControl;
  readonly activePlayback: Playback | undefined;
}

export interface UICorePlugin extends Listening {
  readonly core: Core;
  readonly el: HTMLElement;
  enable(): void;
  disable(): void;
  destroy(): void;
}

export interface UICorePluginClass {
  new (core: Core): UICorePlugin;
  readonly type: string;
}

export type EventNames = Readonly<
  Record<
    | 'CORE_ACTIVE_CONTAINER_CHANGED'
    | 'CORE_OPTIONS_CHANGE'
    | 'MEDIACONTROL_RENDERED'
    | 'PLAYBACK_AUDIO_AVAILABLE'
    | 'PLAYBACK_AUDIO_CHANGED'
    | 'PLAYBACK_BITRATE'
    | 'PLAYBACK_DVR'
    | 'PLAYBACK_ERROR'
    | 'PLAYBACK_HIGHDEFINITIONUPDATE'
    | 'PLAYBACK_LEVEL_SWITCH'
    | 'PLAYBACK_LEVEL_SWITCH_END'
    | 'PLAYBACK_LEVEL_SWITCH_START'
    | 'PLAYBACK_LEVELS_AVAILABLE'
    | 'PLAYBACK_PROGRESS'
    | 'PLAYBACK_SETTINGSUPDATE'
    | 'PLAYBACK_SUBTITLE_AVAILABLE'
    | 'PLAYBACK_TIMEUPDATE',
    string
  >
>;

/**
 * The range of cores said to be supported. Clappr only warns outside of it, and takes a range
 * without `max` for the one minor version (`loader.js`, `checkVersionSupport`).
 */
export const SUPPORTED_VERSION = { min: '0.4.0', max: '1.0.0' };
