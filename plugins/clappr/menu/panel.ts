import { itemAfterKey, statisticsMarkup } from '../../menu/index.ts';
import type { ChoiceGroup, MenuModel, MenuView } from '../../menu/index.ts';
import { ChoiceItem } from './choice.ts';
import { element, fromMarkup } from './dom.ts';

interface Group {
  readonly el: HTMLElement;
  readonly heading: HTMLElement;
  readonly items: ReadonlyMap<string, ChoiceItem>;
}

/** What the button opens: the settings as a menu, and below them the statistics. */
export class Panel {
  private readonly enabled: ChoiceItem;
  private readonly groups = new Map<ChoiceGroup['id'], Group>();
  private readonly menu: HTMLElement;
  private readonly statistics = element('div', { class: 'playswarm-statistics', role: 'group', tabindex: '0' });
  private readonly items: HTMLElement[] = [];
  /** The item that has the focus, or had it last. */
  private focused = 0;

  readonly el: HTMLElement;

  constructor(model: MenuModel, onEscape: () => void) {
    const add = (item: ChoiceItem) => {
      this.items.push(item.el);
      return item;
    };
    this.enabled = add(new ChoiceItem('checkbox', 'enabled', () => model.toggle()));
    this.menu = element('div', { role: 'menu' }, this.enabled.el);
    for (const { id, choices } of model.view().groups) {
      const items = new Map<string, ChoiceItem>();
      for (const choice of choices) {
        items.set(choice.id, add(new ChoiceItem('radio', choice.id, () => model.choose(id, choice.id))));
      }
      const heading = element('div', { class: 'playswarm-heading', 'aria-hidden': 'true' });
      const el = element('div', { class: 'playswarm-options', role: 'group' }, ...[...items.values()].map((item) => item.el));
      this.menu.append(heading, el);
      this.groups.set(id, { el, heading, items });
    }
    this.el = element('div', { class: 'playswarm-panel', hidden: '' }, this.menu, this.statistics);
    this.el.addEventListener('keydown', (event) => this.onKey(event, onEscape));
    this.el.addEventListener('keyup', stop);
    this.el.addEventListener('focusin', ({ target }) => this.follow(target));
    this.render(model.view());
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
    const index = which === 'first' ? 0 : which === 'last' ? this.items.length - 1 : this.focused;
    this.items[index]?.focus();
  }

  render(view: MenuView): void {
    this.el.lang = view.language;
    this.el.dir = view.direction;
    this.menu.setAttribute('aria-label', view.title);
    this.enabled.render(view.enabled);
    for (const { id, label, choices } of view.groups) {
      const group = this.groups.get(id);
      if (!group) continue;
      group.el.setAttribute('aria-label', label);
      group.heading.textContent = label;
      for (const choice of choices) group.items.get(choice.id)?.render(choice);
    }
    this.statistics.setAttribute('aria-label', view.statisticsLabel);
    this.statistics.replaceChildren(...statisticsMarkup(view).map(fromMarkup));
  }

  private onKey(event: KeyboardEvent, onEscape: () => void): void {
    // Clappr listens for space, arrows and digits on the player's parent.
    event.stopPropagation();
    if (event.key === 'Escape') {
      event.preventDefault();
      onEscape();
      return;
    }
    const from = this.items.indexOf(event.target as HTMLElement);
    if (from < 0) return;
    const to = itemAfterKey(event.key, from, this.items.length, this.el.dir === 'rtl');
    if (to === undefined) return;
    event.preventDefault();
    this.items[to]?.focus();
  }

  /** Only the item that has the focus, or had it last, is in the page's tab order. */
  private follow(target: EventTarget | null): void {
    const index = this.items.indexOf(target as HTMLElement);
    if (index < 0) return;
    this.focused = index;
    this.items.forEach((item, at) => (item.tabIndex = at === index ? 0 : -1));
  }
}

function stop(event: Event): void {
  event.stopPropagation();
}
