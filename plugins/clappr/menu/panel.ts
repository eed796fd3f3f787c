import { draw, element, settingsMarkup, statisticsMarkup } from '../../menu-dom/index.ts';
import { itemAfterKey } from '../../menu/index.ts';
import type { ChoiceGroup, MenuModel, MenuView } from '../../menu/index.ts';

/** What the button opens: the settings as a menu, and below them the statistics. */
export class Panel {
  private readonly menu = element('div', { role: 'menu' });
  private readonly statistics = element('div', { class: 'playswarm-statistics', role: 'group', tabindex: '0' });
  /** The item that has the focus, or had it last. */
  private focused: HTMLElement | undefined;

  readonly el = element('div', { class: 'playswarm-panel', hidden: '' }, this.menu, this.statistics);

  constructor(
    private readonly model: MenuModel,
    private readonly onEscape: () => void,
  ) {
    this.el.addEventListener('click', (event) => this.choose(event));
    this.el.addEventListener('keydown', (event) => this.onKey(event));
    this.el.addEventListener('keyup', (event) => event.stopPropagation());
    this.el.addEventListener('focusin', ({ target }) => this.follow(target as HTMLElement));
  }

  get open(): boolean {
    return !this.el.hidden;
  }

  show(): void {
    this.el.hidden = false;
  }

  hide(): void {
    this.el.hidden = true;
  }

  focus(which: 'first' | 'last' | 'former'): void {
    const items = this.items();
    (which === 'first' ? items[0] : which === 'last' ? items.at(-1) : this.focused)?.focus();
  }

  render(view: MenuView): void {
    this.el.lang = view.language;
    this.el.dir = view.direction;
    this.menu.setAttribute('aria-label', view.title);
    draw(this.menu, settingsMarkup(view, 'playswarm-choice'));
    this.statistics.setAttribute('aria-label', view.statisticsLabel);
    draw(this.statistics, statisticsMarkup(view));
    this.follow(this.focused);
  }

  private items(): HTMLElement[] {
    return [...this.menu.querySelectorAll<HTMLElement>('[data-p2p-choice]')];
  }

  private choose(event: MouseEvent): void {
    const item = (event.target as Element).closest<HTMLElement>('[data-p2p-choice]');
    if (!item) return;
    const { p2pGroup: group, p2pChoice: choice = '' } = item.dataset;
    if (group) this.model.choose(group as ChoiceGroup['id'], choice);
    else this.model.toggle();
  }

  private onKey(event: KeyboardEvent): void {
    // Clappr listens for space, arrows and digits on the player's parent.
    event.stopPropagation();
    if (event.key === 'Escape') {
      event.preventDefault();
      this.onEscape();
      return;
    }
    const items = this.items();
    const from = items.indexOf(event.target as HTMLElement);
    if (from < 0) return;
    const to = itemAfterKey(event.key, from, items.length, this.el.dir === 'rtl');
    if (to === undefined) return;
    event.preventDefault();
    items[to]?.focus();
  }

  /** Only the item that has the focus, or had it last, is in the page's tab order. */
  private follow(target: HTMLElement | undefined): void {
    const items = this.items();
    if (target && items.includes(target)) this.focused = target;
    for (const item of items) item.tabIndex = item === (this.focused ?? items[0]) ? 0 : -1;
  }
}
