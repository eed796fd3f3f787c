import type Menu from 'video.js/dist/types/menu/menu.js';
import type Player from 'video.js/dist/types/player.js';
import { draw, element, iconMarkup, injectStyles, statisticsMarkup } from '../../menu-dom/index.ts';
import type { Choice, ChoiceGroup, MenuModel, MenuView } from '../../menu/index.ts';
import { MenuButtonBase } from '../host.ts';
import { ChoiceItem } from './choice-item.ts';
import type { ChoiceItemOptions } from './choice-item.ts';
import { P2PMenu } from './p2p-menu.ts';
import { CSS } from './styles.ts';

interface Parts {
  readonly enabled: ChoiceItem;
  readonly groups: ReadonlyMap<ChoiceGroup['id'], GroupParts>;
  readonly statistics: HTMLElement;
}

interface GroupParts {
  readonly el: HTMLElement;
  readonly heading: HTMLElement;
  readonly items: ReadonlyMap<string, ChoiceItem>;
}

/** Between the menu and the player's edges. */
const MARGIN_PX = 8;

/**
 * The P2P button in the control bar and its menu: Video.js's own components, with the gaps of their
 * keyboard handling (8.24) mended: the down arrow opens, Escape gives the focus back to the button.
 */
export class P2PMenuButton extends MenuButtonBase {
  // Set by `createMenu`, which the base class's constructor calls: an initial value here would undo that.
  declare private parts: Parts;
  private readonly unsubscribe: () => void;

  constructor(player: Player, options: { readonly model: MenuModel }) {
    super(player, options);
    const icon = this.menuButton_.el().querySelector('.vjs-icon-placeholder');
    if (icon) draw(icon, [iconMarkup()]);
    const { model } = options;
    this.unsubscribe = model.subscribe((view) => this.render(view));
    this.render(model.view());
    player.on('playerresize', this.fit);
    player.on('userinactive', this.stayWhileOpen);
    this.menuButton_.on('mouseenter', this.fit);
    player.ready(() => injectStyles(this.el(), CSS));
  }

  override dispose(): void {
    this.unsubscribe();
    this.player().off('playerresize', this.fit);
    this.player().off('userinactive', this.stayWhileOpen);
    super.dispose();
  }

  override buildCSSClass(): string {
    return `vjs-p2p-button ${super.buildCSSClass()}`;
  }

  override buildWrapperCSSClass(): string {
    return `vjs-p2p-button ${super.buildWrapperCSSClass()}`;
  }

  override createMenu(): Menu {
    const model = this.model();
    const view = model.view();
    const menu = new P2PMenu(this.player(), { menuButton: this });
    const list = menu.contentEl() as HTMLElement;
    // A click beside the items would take the focus from them, and so close the menu.
    menu.on('mousedown', (event: MouseEvent) => {
      if (!(event.target as Element).closest('[role^="menuitem"]')) event.preventDefault();
    });
    const add = (role: ChoiceItemOptions['role'], choice: Choice, onChoose: () => void) => {
      const item = new ChoiceItem(this.player(), { role, choice, onChoose });
      menu.addItem(item);
      item.on('focus', () => menu.follow(item));
      return item;
    };

    const enabled = add('switch', view.enabled, () => model.toggle());
    const groups = new Map<ChoiceGroup['id'], GroupParts>();
    for (const group of view.groups) {
      const items = new Map<string, ChoiceItem>();
      for (const choice of group.choices) {
        items.set(choice.id, add('option', choice, () => model.choose(group.id, choice.id)));
      }
      groups.set(group.id, groupParts(list, items));
    }
    const statistics = element('div', { class: 'playswarm-statistics vjs-p2p-statistics', role: 'group' });
    menu.panel.append(statistics);
    this.parts = { enabled, groups, statistics };
    return menu;
  }

  override handleKeyDown(event: KeyboardEvent): void {
    if (event.key !== 'ArrowDown' && event.key !== 'ArrowUp') {
      super.handleKeyDown(event);
      return;
    }
    event.preventDefault();
    event.stopPropagation();
    this.pressButton();
    if (event.key === 'ArrowUp') (this.menu as P2PMenu).focusItem(this.menu.children().length - 1);
  }

  override handleSubmenuKeyDown(event: KeyboardEvent): void {
    const open = this.menuButton_.el().getAttribute('aria-expanded') === 'true';
    super.handleSubmenuKeyDown(event);
    if (event.key !== 'Escape' || !open) return;
    // Neither the page nor the player's hotkeys are meant: Escape was for the menu.
    event.preventDefault();
    event.stopPropagation();
    this.focus();
  }

  override pressButton(): void {
    this.fit();
    super.pressButton();
  }

  /** The menu stays within the player: what does not fit scrolls. Before the controls are shown there is nothing to measure. */
  private readonly fit = (): void => {
    const player = this.player().el().getBoundingClientRect();
    const button = this.el().getBoundingClientRect();
    if (button.height === 0) return;
    const { style } = this.menu.el() as HTMLElement;
    style.right = `${Math.round(button.right - player.right + MARGIN_PX)}px`;
    style.maxWidth = `${Math.round(player.width - 2 * MARGIN_PX)}px`;
    (this.menu as P2PMenu).panel.style.maxHeight = `${Math.max(0, Math.floor(button.top - player.top - MARGIN_PX))}px`;
  };

  /** Video.js hides the controls, and the menu in them, from somebody who reads the statistics without moving. */
  private readonly stayWhileOpen = (): void => {
    const isOpen = this.menuButton_.el().getAttribute('aria-expanded') === 'true' || this.hasClass('vjs-hover');
    if (isOpen) this.player().userActive(true);
  };

  private render(view: MenuView): void {
    const { enabled, groups, statistics } = this.parts;
    this.controlText(view.title);
    this.toggleClass('vjs-p2p-working', view.working);
    this.menu.contentEl().setAttribute('aria-label', view.title);
    const { panel } = this.menu as P2PMenu;
    panel.lang = view.language;
    panel.dir = view.direction;
    enabled.render(view.enabled);
    for (const group of view.groups) {
      const parts = groups.get(group.id);
      if (!parts) continue;
      parts.el.setAttribute('aria-label', group.label);
      parts.heading.textContent = group.label;
      for (const choice of group.choices) parts.items.get(choice.id)?.render(choice);
    }
    statistics.setAttribute('aria-label', view.statisticsLabel);
    draw(statistics, statisticsMarkup(view));
  }

  private model(): MenuModel {
    return (this.options_ as unknown as { model: MenuModel }).model;
  }
}

/** Puts a group's items, which Video.js keeps in one flat list, under a heading of their own. */
function groupParts(list: HTMLElement, items: ReadonlyMap<string, ChoiceItem>): GroupParts {
  const heading = element('div', { class: 'vjs-p2p-heading', 'aria-hidden': 'true' });
  const options = element('ul', { class: 'vjs-p2p-options', role: 'group' });
  for (const item of items.values()) options.append(item.el());
  list.append(element('li', { class: 'vjs-p2p-section', role: 'none' }, heading, options));
  return { el: options, heading, items };
}
