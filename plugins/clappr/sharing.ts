import { P2PEngine } from '../../core/index.ts';
import type { P2PConfig } from '../../core/index.ts';
import { pageLanguage } from '../menu-dom/index.ts';
import { MenuModel } from '../menu/index.ts';
import type { Translator } from './host.ts';

/** What a playback shares with, for as long as it lives. */
export interface Sharing {
  readonly engine: P2PEngine;
  /** Made with the engine, so that the viewer's earlier choices hold from the first connection on. */
  readonly menu: MenuModel;
  end(): void;
}

export interface SharingOptions {
  readonly language: string | undefined;
  readonly i18n: Translator | undefined;
  readonly latencyS: () => number | undefined;
}

/** @throws ConfigError that names the key that is unknown or ill-typed. */
export function startSharing(config: P2PConfig | undefined, { language, i18n, latencyS }: SharingOptions): Sharing {
  const engine = new P2PEngine(config);
  const menu = new MenuModel(engine, { language: language ?? pageLanguage(), latencyS, translate: (key) => ownWords(i18n, `p2p.${key}`) });
  return {
    engine,
    menu,
    end() {
      menu.dispose();
      void engine.destroy();
    },
  };
}

/** A page's translation comes with Clappr's option `strings`: `{ pt: { 'p2p.upload': 'Envio' } }`. */
function ownWords(i18n: Translator | undefined, key: string): string | undefined {
  const words = i18n?.t(key);
  return words === key ? undefined : words;
}
