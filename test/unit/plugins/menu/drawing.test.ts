import { draw, settingsMarkup, statisticsMarkup } from '../../../../plugins/menu-dom/index.ts';
import { itemAfterKey, MenuModel } from '../../../../plugins/menu/index.ts';
import type { MenuView } from '../../../../plugins/menu/index.ts';
import { FakeEngine } from '../../../kit/fake-engine.ts';

describe('the menu as markup', () => {
  let view: MenuView;
  beforeEach(() => {
    localStorage.removeItem('playswarm:choices');
    const model = new MenuModel(new FakeEngine().asEngine(), { language: 'en' });
    view = model.view();
    model.dispose();
  });

  it('names what each choice stands for', () => {
    const menu = document.createElement('div');
    draw(menu, settingsMarkup(view, 'item'));
    const choices = [...menu.querySelectorAll<HTMLElement>('button.item')];
    expect(choices[0]?.dataset.p2pGroup).toBeUndefined();
    expect(choices[0]?.getAttribute('role')).toBe('menuitemcheckbox');
    for (const { id, choices: expected } of view.groups) {
      const drawn = choices.filter((choice) => choice.dataset.p2pGroup === id);
      expect(drawn.map((choice) => choice.dataset.p2pChoice)).toEqual(expected.map((choice) => choice.id));
      expect(drawn.map((choice) => choice.getAttribute('aria-checked'))).toEqual(expected.map((choice) => String(choice.checked)));
    }
  });

  it('says the reason, the figures and the graph’s name', () => {
    const statistics = document.createElement('div');
    draw(statistics, statisticsMarkup(view));
    expect(statistics.querySelector('p')?.textContent).toBe(view.reason);
    expect(statistics.querySelectorAll('dd').length).toBe(view.figures.length);
    expect(statistics.querySelector('svg')?.namespaceURI).toBe('http://www.w3.org/2000/svg');
    expect(statistics.querySelector('svg')?.getAttribute('aria-label')).toBe(view.graph.label);
  });

  it('is drawn over what is there without replacing it', () => {
    const menu = document.createElement('div');
    document.body.append(menu);
    draw(menu, settingsMarkup(view, 'item'));
    const first = menu.querySelector<HTMLElement>('button')!;
    first.focus();
    draw(menu, settingsMarkup({ ...view, enabled: { ...view.enabled, checked: !view.enabled.checked, label: 'Teilen' }, groups: [] }, 'item'));
    expect(document.activeElement).toBe(first);
    expect(first.textContent).toBe('Teilen');
    expect(first.getAttribute('aria-checked')).toBe(String(!view.enabled.checked));
    expect(menu.children.length).toBe(1);
    menu.remove();
  });
});

describe('keys in a menu', () => {
  const after = (key: string, index: number, rtl = false) => itemAfterKey(key, index, 3, rtl);

  it('move to the neighbours and around the ends', () => {
    expect([after('ArrowDown', 0), after('ArrowDown', 2), after('ArrowUp', 0), after('ArrowUp', 2)]).toEqual([1, 0, 2, 1]);
    expect([after('Home', 2), after('End', 0)]).toEqual([0, 2]);
    expect(after('ArrowDown', -1)).toBe(0);
  });

  it('follow the direction of the script', () => {
    expect([after('ArrowRight', 0), after('ArrowRight', 0, true)]).toEqual([1, 2]);
    expect([after('ArrowLeft', 1), after('ArrowLeft', 1, true)]).toEqual([0, 2]);
  });

  it('are left alone where they mean nothing', () => {
    expect(after('a', 0)).toBeUndefined();
    expect(itemAfterKey('ArrowDown', -1, 0)).toBeUndefined();
  });
});

describe('a page’s own words', () => {
  it('stand in for ours, text by text', () => {
    const words: Record<string, string> = { title: 'Schwarm', 'reasons.alone': 'Niemand da.' };
    const model = new MenuModel(new FakeEngine().asEngine(), { language: 'de', translate: (key) => words[key] });
    expect(model.view().title).toBe('Schwarm');
    expect(model.view().enabled.label).toBe(new MenuModel(new FakeEngine().asEngine(), { language: 'de' }).view().enabled.label);
    model.dispose();
  });
});
