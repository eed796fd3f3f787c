import type { CellularPolicy, P2PEngine } from '../../core/index.ts';
import { formatFor } from './format.ts';
import { Settings } from './settings.ts';
import { SpeedRecorder } from './speed-history.ts';
import { directionOf, spokenLanguage, stringsFor, translated } from './strings/index.ts';
import type { Translate } from './strings/index.ts';
import { viewOf } from './view.ts';
import type { ChoiceGroup, MenuView } from './view.ts';

export interface MenuModelOptions {
  /** BCP 47 tag. */
  readonly language: string;
  /** Seconds behind live, `undefined` on demand; asked for every view. */
  readonly latencyS?: (() => number | undefined) | undefined;
  /** The player's own translations, which go before ours. */
  readonly translate?: Translate | undefined;
}

/**
 * The P2P menu of a player without its looks. Create it together with the engine, before there is a
 * content, so that what the viewer chose on an earlier visit holds from the first connection on.
 */
export class MenuModel {
  private readonly settings: Settings;
  private readonly recorder = new SpeedRecorder();
  private readonly listeners = new Set<(view: MenuView) => void>();
  private language: string;
  private format;

  constructor(
    private readonly engine: P2PEngine,
    private readonly options: MenuModelOptions,
  ) {
    this.language = spokenLanguage(options.language);
    this.format = formatFor(this.language);
    this.settings = new Settings(engine);
    engine.on('stats', this.record);
    engine.on('explain', this.tell);
    engine.on('configure', this.tell);
  }

  view(): MenuView {
    const { engine, format, language, settings } = this;
    return viewOf({
      language,
      direction: directionOf(language),
      strings: translated(stringsFor(language), this.options.translate ?? (() => undefined)),
      format,
      settings,
      stats: engine.getStats(),
      explanation: engine.explain(),
      history: this.recorder.history(performance.now()),
      latencyS: this.options.latencyS?.(),
    });
  }

  /** Calls `listener` when the view has changed; @returns a function that ends it. */
  subscribe(listener: (view: MenuView) => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  toggle(): void {
    this.settings.choose({ enabled: !this.settings.state().enabled });
  }

  /** @param choice the `id` of one of the group's choices. */
  choose(group: ChoiceGroup['id'], choice: string): void {
    if (group === 'cellular') this.settings.choose({ cellular: choice as CellularPolicy });
    else this.settings.choose({ upload: choice === 'page' ? 'page' : Number(choice) });
  }

  setLanguage(language: string): void {
    this.language = spokenLanguage(language);
    this.format = formatFor(this.language);
    this.tell();
  }

  dispose(): void {
    this.engine.off('stats', this.record);
    this.engine.off('explain', this.tell);
    this.engine.off('configure', this.tell);
    this.listeners.clear();
  }

  private readonly record = (): void => {
    this.recorder.add(performance.now(), this.engine.getStats());
    this.tell();
  };

  private readonly tell = (): void => {
    if (this.listeners.size === 0) return;
    const view = this.view();
    for (const listener of this.listeners) listener(view);
  };
}
