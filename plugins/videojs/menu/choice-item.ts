import type Player from 'video.js/dist/types/player.js';
import type { Choice } from '../../menu/index.ts';
import { MenuItemBase } from '../host.ts';

/** What a `ChoiceItem` is made of; it comes through Video.js's own options. */
export interface ChoiceItemOptions {
  /** A switch, or one of several of which one is chosen. */
  readonly role: 'switch' | 'option';
  readonly choice: Choice;
  readonly onChoose: () => void;
}

/** One line of the menu that switches or picks something. */
export class ChoiceItem extends MenuItemBase {
  constructor(player: Player, { role, choice, onChoose }: ChoiceItemOptions) {
    super(player, {
      label: choice.label,
      selectable: true,
      multiSelectable: role === 'switch',
      selected: choice.checked,
      onChoose,
    });
    this.addClass('vjs-p2p-choice');
    if (role === 'switch') this.addClass('playswarm-switch');
  }

  /** Leaves to the menu the keys that move in it; Video.js forgets these two. */
  override handleKeyDown(event: KeyboardEvent): void {
    if (event.key !== 'Home' && event.key !== 'End') super.handleKeyDown(event);
  }

  /** Video.js's own only ever selects; here the model decides, and `render` shows it. */
  override handleClick(_event: Event): void {
    (this.options_ as unknown as ChoiceItemOptions).onChoose();
  }

  render({ label, checked }: Choice): void {
    const text = this.el().querySelector('.vjs-menu-item-text');
    if (text && text.textContent !== label) text.textContent = label;
    if (this.isSelected_ !== checked) this.selected(checked);
  }

  /** `aria-checked` says it already, and the words would be English. */
  override selected(selected: boolean): void {
    super.selected(selected);
    this.controlText('');
  }
}
