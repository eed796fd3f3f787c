import type Component from 'video.js/dist/types/component.js';
import { P2PEngine } from '../../core/index.ts';
import { pageLanguage } from '../menu-dom/index.ts';
import { MenuModel } from '../menu/index.ts';
import { splitConfig } from './config.ts';
import type { SplitConfig, VideojsP2PConfig } from './config.ts';
import { HlsPlayback } from './hlsjs/playback.ts';
import { PluginBase } from './host.ts';
import type { Player, QualityLevelList, Source, SourceChooser, SourceSession, Tech, TechOptions } from './host.ts';
import { P2PMenuButton } from './menu/menu-button.ts';
import type { Playback, PlaybackSession, PlayerSide } from './playback.ts';
import { ShakaPlayback } from './shaka/playback.ts';
import { VhsPlayback } from './vhs/playback.ts';

/**
 * The plugin `p2p`: `videojs(element, { plugins: { p2p: config } })`, then `player.p2p()`.
 * One engine for the life of the player; a change of source is a change of its content.
 */
export class P2PPlugin extends PluginBase implements SourceChooser {
  readonly engine: P2PEngine;
  private readonly playback: Playback;
  private readonly menu: MenuModel;
  private session: PlaybackSession | undefined;

  /** @throws ConfigError that names the key that is unknown or ill-typed. */
  constructor(player: Player, config?: VideojsP2PConfig) {
    super(player);
    const split = splitConfig(config);
    this.engine = new P2PEngine(split.engine);
    this.playback = playbackFor(split);
    this.menu = new MenuModel(this.engine, {
      language: player.language() ?? pageLanguage(),
      latencyS: () => this.session?.latencyS(),
      translate: (key) => ownWords(player, `p2p.${key}`),
    });
    offerTo(player, this);
    player.on('languagechange', this.translate);
    if (split.menu) player.ready(() => this.addMenuButton());
  }

  canPlay(source: Source, options?: TechOptions): boolean {
    return this.playback.canPlay(source, options);
  }

  play(source: Source, tech: Tech): SourceSession {
    this.session?.dispose();
    return (this.session = this.playback.start({ source, tech, engine: this.engine, player: sideOf(this.player) }));
  }

  override dispose(): void {
    this.player.off('languagechange', this.translate);
    this.session?.dispose();
    this.menu.dispose();
    void this.engine.destroy();
    super.dispose();
  }

  private readonly translate = (): void => this.menu.setLanguage(this.player.language() ?? '');

  private addMenuButton(): void {
    const controlBar = this.player.getChild('ControlBar');
    if (!controlBar) return;
    const names = (controlBar.children() as Component[]).map((child) => child.name());
    // Left of the buttons that change the player's shape, where Video.js has its other menus.
    const index = names.findIndex((name) => name === 'PictureInPictureToggle' || name === 'FullscreenToggle');
    const button = new P2PMenuButton(this.player, { model: this.menu });
    controlBar.addChild(button, {}, index < 0 ? names.length : index);
  }
}

function playbackFor({ playback, hlsjs, hlsjsConfig, shaka, shakaConfig }: SplitConfig): Playback {
  switch (playback) {
    case 'vhs':
      return new VhsPlayback();
    case 'hls.js':
      return new HlsPlayback(hlsjs, hlsjsConfig);
    case 'shaka':
      return new ShakaPlayback(shaka, shakaConfig);
  }
}

/**
 * Puts the chooser where `canHandleSource` finds it. Video.js gives that the player's options for
 * the tech when it picks a source, and the tech's own, made from them, when it sets one.
 */
function offerTo(player: Player, chooser: SourceChooser): void {
  const { options_: options, tech_: tech } = player as unknown as {
    options_: { html5?: object };
    tech_?: { options_: object };
  };
  options.html5 = { ...options.html5, p2p: chooser };
  if (tech) Object.assign(tech.options_, { p2p: chooser });
}

function sideOf(player: Player): PlayerSide {
  return {
    qualityLevels: () => (player as Player & { qualityLevels?(): QualityLevelList }).qualityLevels?.(),
    fail: (code, message) => {
      // Its types leave out the plain object that its documentation gives as the usual argument.
      (player.error as (error: { code: number; message: string }) => unknown).call(player, { code, message });
    },
  };
}

/** A page's translation, given as Video.js's own are: `videojs.addLanguage('pt', { 'p2p.upload': 'Envio' })`. */
function ownWords(player: Player, key: string): string | undefined {
  const words = player.localize(key);
  return words === key ? undefined : words;
}
