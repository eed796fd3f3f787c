import { draw, element, iconMarkup } from '../../menu-dom/index.ts';
import type { MenuView } from '../../menu/index.ts';
import type { PlyrHost } from '../host.ts';
import type { Place } from './p2p-menu.ts';
import type { Pane } from './pane.ts';

/** A button of its own in the controls, for a Plyr without a settings menu. */
export class OwnButton implements Place {
  private readonly button = element('button', {
    type: 'button',
    class: 'plyr__control',
    'aria-haspopup': 'true',
    'aria-expanded': 'false',
  });
  private readonly popup: HTMLElement;
  private readonly el: HTMLElement;

  /** @returns nothing where the page wants no controls. */
  static in({ elements }: PlyrHost, pane: Pane): OwnButton | undefined {
    return elements.controls ? new OwnButton(elements.controls, pane) : undefined;
  }

  private constructor(
    controls: HTMLElement,
    private readonly pane: Pane,
  ) {
    draw(this.button, [iconMarkup()]);
    this.popup = element('div', { class: 'plyr__menu__container', hidden: '' }, element('div', {}, element('div', {}, pane.el)));
    this.el = element('div', { class: 'plyr__controls__item plyr__menu' }, this.button, this.popup);
    controls.insertBefore(this.el, controls.querySelector(':scope > [data-plyr="pip"], :scope > [data-plyr="airplay"], :scope > [data-plyr="fullscreen"]'));
    this.button.addEventListener('click', () => this.toggle());
    this.el.addEventListener('keydown', (event) => this.onKey(event));
    this.el.addEventListener('focusout', ({ relatedTarget }) => {
      if (relatedTarget instanceof Node && !this.el.contains(relatedTarget)) this.close();
    });
    document.addEventListener('pointerdown', this.pressOutside, true);
  }

  render(view: MenuView): void {
    this.button.setAttribute('aria-label', view.title);
    this.button.title = view.summary;
  }

  remove(): void {
    document.removeEventListener('pointerdown', this.pressOutside, true);
    this.el.remove();
  }

  private toggle(): void {
    if (this.popup.hidden) this.open('first');
    else this.close('back');
  }

  private open(focus: 'first' | 'last'): void {
    this.popup.hidden = false;
    this.button.setAttribute('aria-expanded', 'true');
    this.pane.focus(focus);
  }

  private close(focus: 'back' | 'leave' = 'leave'): void {
    if (this.popup.hidden) return;
    if (focus === 'back') this.button.focus();
    this.popup.hidden = true;
    this.button.setAttribute('aria-expanded', 'false');
  }

  private onKey(event: KeyboardEvent): void {
    if (event.key === 'Escape' && !this.popup.hidden) this.close('back');
    else if (event.target === this.button && (event.key === 'ArrowDown' || event.key === 'ArrowUp')) {
      this.open(event.key === 'ArrowDown' ? 'first' : 'last');
    } else return;
    event.preventDefault();
    event.stopPropagation();
  }

  private readonly pressOutside = (event: PointerEvent): void => {
    // The path, since the target of an event out of a shadow tree is its host.
    const [target] = event.composedPath();
    if (target instanceof Node && !this.el.contains(target)) this.close();
  };
}
