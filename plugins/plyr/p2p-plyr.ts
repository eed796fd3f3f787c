import { P2PEngine } from '../../core/index.ts';
import type { P2PConfig } from '../../core/index.ts';
import { pageLanguage } from '../menu-dom/index.ts';
import { MenuModel } from '../menu/index.ts';
import type { TextKey } from '../menu/index.ts';
import { announceCaptions } from './captions.ts';
import type { PlyrHost } from './host.ts';
import { P2PMenu } from './menu/p2p-menu.ts';
import { QualityMenu } from './quality-menu.ts';
import { streamOpener } from './streams/open-stream.ts';
import type { OpenStream, Source, StreamEngines } from './streams/open-stream.ts';
import type { Stream } from './streams/stream.ts';

export interface P2PPlyrSettings {
  readonly source: Source | undefined;
  readonly p2p: P2PConfig | undefined;
  readonly engines: StreamEngines;
}

/** P2P for one Plyr: one engine for all that it plays. */
export class P2PPlyr {
  readonly engine: P2PEngine;
  private readonly model: MenuModel;
  private readonly menu: P2PMenu;
  private readonly quality: QualityMenu;
  private readonly openStream: OpenStream;
  private media: HTMLVideoElement | undefined;
  private opened: Promise<Stream | undefined> | undefined;
  private stream: Stream | undefined;
  private endCaptions: (() => void) | undefined;

  /** @throws ConfigError that names the key that is unknown or ill-typed. */
  constructor(
    private readonly player: PlyrHost,
    { source, p2p, engines }: P2PPlyrSettings,
  ) {
    this.engine = new P2PEngine(p2p);
    this.openStream = streamOpener(this.engine, engines);
    this.model = new MenuModel(this.engine, {
      language: pageLanguage(),
      latencyS: () => this.stream?.latencyS(),
      translate: (key) => ownWords(player, key),
    });
    this.menu = new P2PMenu(player, this.model);
    this.quality = new QualityMenu(player);
    this.menu.attach();
    this.play(source ?? sourceOf(player.media));
    player.on('ready', this.followPlayer);
  }

  release(): void {
    this.player.off('ready', this.followPlayer);
    this.closeStream();
    this.quality.release();
    this.menu.release();
    this.model.dispose();
    void this.engine.destroy();
  }

  /** `player.source = …` gave the player another element and other controls; `ready` says so, also at first. */
  private readonly followPlayer = (): void => {
    this.menu.attach();
    if (this.player.media === this.media) this.quality.fill(this.stream);
    else this.play(sourceOf(this.player.media));
  };

  private play(source: Source | undefined): void {
    this.closeStream();
    const { media } = this.player;
    this.media = media;
    if (!source) return;
    const opened = this.openStream(source, media, { onHeights: () => this.quality.fill(this.stream) });
    if (!opened) return;
    this.opened = opened;
    this.endCaptions = announceCaptions(media);
    opened.then(
      (stream) => {
        // Another source was set meanwhile.
        if (this.opened !== opened) return stream.close();
        this.stream = stream;
        this.quality.fill(stream);
      },
      (error: unknown) => console.error('[playswarm]', error),
    );
  }

  private closeStream(): void {
    this.endCaptions?.();
    this.endCaptions = undefined;
    this.opened = undefined;
    this.stream?.close();
    this.stream = undefined;
    this.quality.fill(undefined);
  }
}

/** What the element was told to play, by Plyr or in markup. */
function sourceOf(media: HTMLVideoElement): Source | undefined {
  const element = media.querySelector('source');
  const src = element?.src ?? media.src;
  return src ? { src, type: element?.type || undefined } : undefined;
}

/** A page's translation, in Plyr's option `i18n`: `{ 'p2p.upload': 'Envoi' }`. */
function ownWords({ config }: PlyrHost, key: TextKey): string | undefined {
  const words = config.i18n[`p2p.${key}`];
  return typeof words === 'string' ? words : undefined;
}
