import { draw, element, settingsMarkup, statisticsMarkup } from '../../menu-dom/index.ts';
import type { ChoiceGroup, MenuModel, MenuView } from '../../menu/index.ts';
import { moveWithin } from './keys.ts';

/** The settings as a menu, and below them the statistics, in the shape of a pane of Plyr's settings. */
export class Pane {
  private readonly menu = element('div', { role: 'menu' });
  private readonly statistics = element('div', { class: 'playswarm-statistics', role: 'group', tabindex: '0' });

  readonly el = element('div', { class: 'playswarm-pane' }, this.menu, this.statistics);

  constructor(private readonly model: MenuModel) {
    this.menu.addEventListener('click', ({ target }) => this.choose((target as Element).closest<HTMLElement>('[data-p2p-choice]')));
    this.menu.addEventListener('keydown', moveWithin);
    // The arrows scroll, where there is more than fits, and are not for the volume.
    this.statistics.addEventListener('keydown', (event) => {
      if (event.key === 'ArrowDown' || event.key === 'ArrowUp') event.stopPropagation();
    });
  }

  focus(which: 'first' | 'last'): void {
    const items = [...this.menu.querySelectorAll<HTMLElement>('[data-p2p-choice]')];
    items.at(which === 'first' ? 0 : -1)?.focus();
  }

  render(view: MenuView): void {
    this.el.lang = view.language;
    this.el.dir = view.direction;
    this.menu.setAttribute('aria-label', view.title);
    draw(this.menu, settingsMarkup(view, 'plyr__control'));
    this.statistics.setAttribute('aria-label', view.statisticsLabel);
    draw(this.statistics, statisticsMarkup(view));
  }

  private choose(item: HTMLElement | null): void {
    if (!item) return;
    const { p2pGroup: group, p2pChoice: choice = '' } = item.dataset;
    if (group) this.model.choose(group as ChoiceGroup['id'], choice);
    else this.model.toggle();
  }
}
