import { element } from '../../menu-dom/index.ts';
import type { MenuView } from '../../menu/index.ts';
import type { PlyrHost } from '../host.ts';
import type { Pane } from './pane.ts';
import type { Place } from './p2p-menu.ts';

/**
 * "P2P" among Plyr's settings: an entry of the first page and a page of its own, as Plyr makes them
 * (`controls.js`, `create`), added afterwards so that it works with a player that a theme has made.
 */
export class SettingsEntry implements Place {
  private readonly label = document.createTextNode('');
  private readonly value = element('span', { class: 'plyr__menu__value' });
  private readonly entry = element('button', {
    type: 'button',
    class: 'plyr__control plyr__control--forward',
    role: 'menuitem',
    'aria-haspopup': 'true',
  }, element('span', {}, this.label, this.value));
  private readonly backLabel = element('span', { 'aria-hidden': 'true' });
  private readonly page: HTMLElement;
  private holding = false;
  private readonly home: HTMLElement;

  /** @returns nothing where the page's Plyr has no settings menu. */
  static in(player: PlyrHost, pane: Pane): SettingsEntry | undefined {
    const { popup, panels } = player.elements.settings;
    return popup && panels.home ? new SettingsEntry(player, pane, panels.home) : undefined;
  }

  private constructor(
    private readonly player: PlyrHost,
    private readonly pane: Pane,
    home: HTMLElement,
  ) {
    this.home = home;
    const { settings } = player.elements;
    const back = element(
      'button',
      { type: 'button', class: 'plyr__control plyr__control--back' },
      this.backLabel,
      element('span', { class: 'plyr__sr-only' }, player.config.i18n.menuBack ?? ''),
    );
    this.page = element('div', { id: `plyr-settings-${player.id}-p2p`, hidden: '' }, back, pane.el);
    home.querySelector('[role="menu"]')?.append(this.entry);
    home.after(this.page);
    // Where Plyr looks for what is shown and what to focus.
    settings.buttons.p2p = this.entry;
    settings.panels.p2p = this.page;
    if (settings.menu) settings.menu.hidden = false;

    this.entry.addEventListener('click', () => this.open());
    this.entry.addEventListener('keydown', keepFromPlayer);
    // Plyr's own entries act as the key goes up: the focus must not be moved from under that.
    this.entry.addEventListener('keyup', (event) => this.onEntryKey(event));
    back.addEventListener('click', () => this.goHome());
    this.page.addEventListener('keydown', (event) => this.onPageKey(event));
    player.elements.controls?.addEventListener('mouseleave', this.hold);
  }

  render(view: MenuView): void {
    this.label.data = view.title;
    this.value.textContent = view.brief;
    this.backLabel.textContent = view.title;
    this.hold();
  }

  remove(): void {
    const { controls, settings: { buttons, panels } } = this.player.elements;
    controls?.removeEventListener('mouseleave', this.hold);
    delete buttons.p2p;
    delete panels.p2p;
    this.entry.remove();
    this.page.remove();
  }

  private open(): void {
    this.home.hidden = true;
    this.page.hidden = false;
    this.pane.focus('first');
    this.hold();
  }

  /** Plyr hides the controls, and closes the menu, from somebody who reads the statistics without moving. */
  private readonly hold = (): void => {
    const { controls } = this.player.elements;
    const isOpen = this.page.offsetParent !== null;
    if (!controls || (!isOpen && !this.holding)) return;
    this.holding = isOpen;
    controls.hover = isOpen || controls.matches(':hover');
  };

  private goHome(): void {
    this.page.hidden = true;
    this.home.hidden = false;
    this.hold();
    this.entry.focus();
  }

  private onEntryKey(event: KeyboardEvent): void {
    if (event.key === 'ArrowRight') this.open();
    else if (event.key === 'ArrowDown') this.focusEntry(1);
    else if (event.key === 'ArrowUp') this.focusEntry(-1);
    else return;
    event.stopPropagation();
  }

  private focusEntry(step: 1 | -1): void {
    const entries = [...this.home.querySelectorAll<HTMLElement>('[role="menuitem"]:not([hidden])')];
    entries.at((entries.indexOf(this.entry) + step) % entries.length)?.focus();
  }

  private onPageKey(event: KeyboardEvent): void {
    if (event.key === 'ArrowRight') event.stopPropagation();
    if (event.key !== 'ArrowLeft') return;
    event.preventDefault();
    event.stopPropagation();
    this.goHome();
  }
}

/** Plyr would turn the volume and seek. */
function keepFromPlayer(event: KeyboardEvent): void {
  if (!event.key.startsWith('Arrow')) return;
  event.preventDefault();
  event.stopPropagation();
}
