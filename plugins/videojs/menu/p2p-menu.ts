import type MenuItem from 'video.js/dist/types/menu/menu-item.js';
import { element } from '../../menu-dom/index.ts';
import { MenuBase } from '../host.ts';

/** A menu that stays open while things are switched in it, and in which Home and End work. */
export class P2PMenu extends MenuBase {
  // Set by `createEl`, which the base class's constructor calls: an initial value here would undo that.
  /** Holds the list of items, and beside it what is no item: a `menu` may have nothing else in it. */
  declare readonly panel: HTMLElement;

  override createEl(): Element {
    const el = super.createEl();
    const panel = element('div', { class: 'vjs-p2p-panel' }, this.contentEl());
    // Not `append`: the base class has overwritten that with a property (8.24).
    el.appendChild(panel);
    (this as { panel: HTMLElement }).panel = panel;
    return el;
  }

  /** Video.js closes the menu here. */
  override handleTapClick(_event: Event): void {}

  override handleKeyDown(event: KeyboardEvent): void {
    const items = this.children();
    if (event.key === 'Home' || event.key === 'End') {
      event.preventDefault();
      event.stopPropagation();
      this.focusItem(event.key === 'Home' ? 0 : items.length - 1);
      return;
    }
    super.handleKeyDown(event);
  }

  /** The item that a pointer put the focus on is where the arrow keys go on from. */
  follow(item: MenuItem): void {
    this.focusedChild_ = this.children().indexOf(item);
  }

  focusItem(index: number): void {
    // Video.js's types say an item or its name; it takes, and needs, an index.
    (this.focus as (item: number) => void).call(this, index);
  }
}
