import { draw } from '../menu-dom/index.ts';
import type { Markup } from '../menu-dom/index.ts';
import type { PlyrHost } from './host.ts';
import { moveWithin } from './menu/keys.ts';
import type { Stream } from './streams/stream.ts';

/**
 * Plyr's qualities are numbers; this one stands for the player's own choice. Not 0: Plyr reads the
 * quality that is on from the element's `<source>`, takes one without a size for 0 and passes over a
 * change to what is on (`html5.js`, `setup`); Shaka, and hls.js in Safari, play from such a one. A page
 * may say 0: Plyr takes what is next to it.
 */
const AUTO = -1;

/**
 * The stream's qualities in Plyr's own settings menu. Plyr draws that once, while the player is made,
 * when the manifest is not known yet: here the menu is filled once it is. Choosing, storing and labels
 * stay with Plyr (`player.quality`).
 */
export class QualityMenu {
  private stream: Stream | undefined;

  constructor(private readonly player: PlyrHost) {
    const { config } = player;
    config.i18n.qualityLabel = { [AUTO]: 'Auto', ...config.i18n.qualityLabel };
    Object.assign(config.quality, { default: AUTO, forced: true, options: [], onChange: (quality: number) => this.stream?.selectHeight(Math.max(0, quality)) });
    player.on('qualitychange', this.render);
  }

  /** Shows what a stream has to offer, and applies what the viewer chose on an earlier visit. */
  fill(stream: Stream | undefined): void {
    const { player } = this;
    const heights = stream?.heights() ?? [];
    const options = heights.length > 1 ? [AUTO, ...heights] : [];
    const same = stream === this.stream && options.join() === player.options.quality.join();
    this.stream = stream;
    player.config.quality.options = options;
    player.options.quality = [...options];
    this.render();
    if (!same) player.quality = null;
  }

  release(): void {
    this.player.off('qualitychange', this.render);
    this.player.config.quality.onChange = null;
    this.stream = undefined;
  }

  private readonly render = (): void => {
    const { buttons, panels, menu } = this.player.elements.settings;
    const { quality: button } = buttons;
    const list = panels.quality?.querySelector<HTMLElement>('[role="menu"]');
    if (!button || !list) return;
    const { quality } = this.player.config;
    button.hidden = quality.options.length === 0;
    if (menu && !button.hidden) menu.hidden = false;
    const selected = quality.selected ?? AUTO;
    const value = button.querySelector('.plyr__menu__value');
    if (value) value.textContent = this.labelOf(selected);
    draw(list, quality.options.map((option) => this.itemMarkup(option, option === selected)));
    // Set rather than added: the list is the same until the controls are built anew.
    list.onclick = ({ target }) => this.choose((target as Element).closest('button'));
    list.onkeydown = moveWithin;
  };

  private choose(item: HTMLButtonElement | null): void {
    if (!item) return;
    this.player.quality = Number(item.value);
    this.player.elements.settings.panels.quality?.querySelector<HTMLElement>('.plyr__control--back')?.click();
  }

  private itemMarkup(quality: number, checked: boolean): Markup {
    const attributes = {
      type: 'button',
      role: 'menuitemradio',
      class: 'plyr__control',
      value: String(quality),
      'aria-checked': String(checked),
    };
    return { tag: 'button', attributes, children: [{ tag: 'span', attributes: {}, children: [this.labelOf(quality)] }] };
  }

  private labelOf(quality: number): string {
    return this.player.config.i18n.qualityLabel?.[quality] ?? `${quality}p`;
  }
}
