import type { CellularPolicy, P2PConfig, P2PEngine } from '../../core/index.ts';
import { loadChoices, saveChoices } from './saved-choices.ts';
import type { SavedChoices } from './saved-choices.ts';

/** Upload limits on offer, in kbit/s. */
const LIMITS_KBPS = [500, 1000, 2000, 5000];

/** What a viewer may set. */
export interface SettingsState {
  readonly enabled: boolean;
  /** In kbit/s; 0: upload nothing; `'page'`: as much as the page allows. */
  readonly upload: number | 'page';
  readonly cellular: CellularPolicy;
}

/**
 * A viewer's settings. They stay within what the page configured: its upload limit is the highest on
 * offer, and where it uploads nothing there is nothing to choose.
 */
export class Settings {
  private choices: SavedChoices = loadChoices();
  private readonly pageUpload: NonNullable<P2PConfig['upload']>;

  constructor(private readonly engine: P2PEngine) {
    this.pageUpload = engine.config.upload ?? true;
    const patch = this.patchFor(this.choices);
    if (Object.keys(patch).length > 0) engine.configure(patch);
  }

  state(): SettingsState {
    const { config } = this.engine;
    return {
      enabled: config.enabled ?? true,
      upload: this.uploadOf(this.choices) ?? 'page',
      cellular: config.cellular ?? 'off',
    };
  }

  /** In kbit/s, ascending, all below the page's own limit; empty where the page uploads nothing. */
  uploadLimitsKbps(): readonly number[] {
    return this.pageUpload === false ? [] : LIMITS_KBPS.filter((limit) => limit < this.pageLimitKbps());
  }

  /** The page's own limit in kbit/s; Infinity: none; 0: it uploads nothing. */
  pageLimitKbps(): number {
    if (this.pageUpload === false) return 0;
    return this.pageUpload === true ? Infinity : (this.pageUpload.maxKbps ?? Infinity);
  }

  choose(choices: SavedChoices): void {
    this.choices = { ...this.choices, ...choices };
    saveChoices(this.choices);
    this.engine.configure(this.patchFor(choices));
  }

  private patchFor(choices: SavedChoices): P2PConfig {
    const upload = this.uploadOf(choices);
    return {
      ...(choices.enabled === undefined ? {} : { enabled: choices.enabled }),
      ...(choices.cellular === undefined ? {} : { cellular: choices.cellular }),
      ...(upload === undefined ? {} : { upload: this.uploadConfig(upload) }),
    };
  }

  /** A limit saved on another page may be more than this one allows. */
  private uploadOf({ upload }: SavedChoices): number | 'page' | undefined {
    return typeof upload === 'number' && upload >= this.pageLimitKbps() ? 'page' : upload;
  }

  private uploadConfig(upload: number | 'page'): NonNullable<P2PConfig['upload']> {
    if (upload === 'page') return this.pageUpload;
    if (upload === 0) return false;
    return typeof this.pageUpload === 'object' ? { ...this.pageUpload, maxKbps: upload } : { maxKbps: upload };
  }
}
