import type MenuButton from 'video.js/dist/types/menu/menu-button.js';
import type MenuItem from 'video.js/dist/types/menu/menu-item.js';
import type Menu from 'video.js/dist/types/menu/menu.js';
import type Html5 from 'video.js/dist/types/tech/html5';
import videojs from 'video.js';

/**
 * What Video.js 8 has and its own types do not tell. `quality levels` come with the plugin of that
 * name, which VHS brings; a build without VHS may have neither.
 */

export interface Source {
  readonly src: string;
  readonly type: string;
}

/** Anything one can listen to; `listener` is Video.js's own loose type. */
export interface Events {
  on(event: string, listener: (event: never) => void): void;
  off(event: string, listener: (event: never) => void): void;
}

export interface Track extends EventTarget {
  readonly id: string;
  readonly label: string;
  readonly language: string;
}

export interface AudioTrack extends Track {
  enabled: boolean;
}

export interface TrackList<T> extends Pick<EventTarget, 'addEventListener' | 'removeEventListener'> {
  readonly length: number;
  readonly [index: number]: T;
  addTrack(track: T): void;
  removeTrack(track: T): void;
}

/** A tech that plays in a media element: Html5. */
export interface Tech extends Events {
  readonly featuresNativeTextTracks: boolean;
  readonly options_: TechOptions;
  el(): HTMLVideoElement;
  preload(): string;
  autoplay(): boolean | string;
  one(event: string, listener: () => void): void;
  audioTracks(): TrackList<AudioTrack>;
  textTracks(): TrackList<TextTrack>;
  overrideNativeAudioTracks(override: boolean): void;
  addRemoteTextTrack(
    options: { kind: string; label: string; language: string; default?: boolean; id?: string },
    manualCleanup: boolean,
  ): { readonly track: TextTrack };
}

export interface TechOptions {
  /** See `plugin.ts`, which puts it there. */
  readonly p2p?: SourceChooser;
  readonly playerId?: string;
}

/** What a player's plugin decides for each source. */
export interface SourceChooser {
  canPlay(source: Source, options?: TechOptions): boolean;
  play(source: Source, tech: Tech): SourceSession;
}

/** What a source handler gives for the source it plays; what is there stands in for the tech's own. */
export interface SourceSession {
  seekable?(): TimeRanges;
  duration?(): number;
  dispose(): void;
}

export interface SourceHandler {
  readonly name: string;
  canPlayType(type: string): '' | 'maybe' | 'probably';
  canHandleSource(source: Source, options?: TechOptions): '' | 'maybe' | 'probably';
  handleSource(source: Source, tech: Tech, options: TechOptions): SourceSession;
}

export interface Html5Class {
  registerSourceHandler(handler: SourceHandler, index: number): void;
}

/** One rendition in `player.qualityLevels()` (videojs-contrib-quality-levels 4). */
export interface QualityLevel {
  readonly id: string;
  enabled: boolean;
}

export interface QualityLevelList {
  readonly length: number;
  readonly [index: number]: QualityLevel;
  selectedIndex_: number;
  addQualityLevel(representation: {
    id: string;
    width: number | undefined;
    height: number | undefined;
    bandwidth: number;
    frameRate: number | undefined;
    enabled: (enable?: boolean) => boolean;
  }): QualityLevel;
  removeQualityLevel(level: QualityLevel): void;
  trigger(event: { type: string; selectedIndex: number }): void;
}

export const { createTimeRanges } = (
  videojs as unknown as {
    time: { createTimeRanges: (ranges?: readonly (readonly [startS: number, endS: number])[]) => TimeRanges };
  }
).time;

/**
 * What a file of Video.js exports by default. To who has `moduleResolution: nodenext` an import of it gives one
 * object more than there is: the package is CommonJS, and says `export default` all the same.
 */
type DefaultOf<Module> = Module extends { readonly default: infer Found } ? (Found extends { readonly default: infer Inner } ? Inner : Found) : never;

export type Player = InstanceType<DefaultOf<typeof import('video.js/dist/types/player.js')>>;

// Looked up by name: the classes on the page's own Video.js, never a second copy.
export const PluginBase = videojs.getPlugin('plugin') as unknown as DefaultOf<typeof import('video.js/dist/types/plugin.js')>;
export const MenuButtonBase = videojs.getComponent('MenuButton') as unknown as typeof MenuButton;
export const MenuItemBase = videojs.getComponent('MenuItem') as unknown as typeof MenuItem;
export const MenuBase = videojs.getComponent('Menu') as unknown as typeof Menu;
export const Html5Tech = videojs.getTech('Html5') as unknown as typeof Html5 & Html5Class;

/** The player that a tech belongs to, by the way that VHS finds it. */
export function playerOf({ options_: { playerId } }: Tech): Events {
  const player = playerId === undefined ? undefined : videojs.getPlayer(playerId);
  if (!player) throw new TypeError('playswarm: the tech has no player');
  return player;
}
