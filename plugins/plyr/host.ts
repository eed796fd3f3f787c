// Plyr's declarations have both `export =` and a default, and an ES import finds neither under our settings.
// eslint-disable-next-line @typescript-eslint/no-require-imports
import type Plyr = require('plyr');

export type { Plyr };

/**
 * What is used of Plyr (3.7, 3.8) beyond its own types: its configuration and elements are in reach
 * of pages, and that is where its settings menu can be added to.
 */
export interface PlyrHost {
  readonly id: number;
  readonly media: HTMLVideoElement;
  readonly config: PlyrConfig;
  readonly options: { quality: number[] };
  /** Plyr builds the controls anew for each `source`. */
  readonly elements: PlyrElements;
  quality: number | null;
  on(event: string, listener: (event: Event) => void): void;
  off(event: string, listener: (event: Event) => void): void;
  destroy(): void;
}

export interface PlyrConfig {
  quality: {
    default: number;
    selected?: number | null;
    options: number[];
    forced: boolean;
    onChange: ((quality: number) => void) | null;
  };
  /** Words by name; nested for some. */
  i18n: Record<string, unknown> & { menuBack?: string; qualityLabel?: Record<number, string> };
}

export interface PlyrElements {
  readonly container: HTMLElement;
  /** Absent where the page wants none. With `hover`, Plyr's note that a pointer is over them, they stay. */
  readonly controls: (HTMLElement & { hover?: boolean }) | null;
  readonly settings: {
    readonly popup: HTMLElement | null;
    readonly menu: HTMLElement | null;
    /** By the name of the setting. */
    readonly buttons: Record<string, HTMLElement>;
    readonly panels: Record<string, HTMLElement>;
  };
}

export type PlyrClass = new (target: HTMLVideoElement, options?: Plyr.Options) => Plyr;
