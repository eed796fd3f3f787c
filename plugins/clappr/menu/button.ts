import { draw, element, iconMarkup } from '../../menu-dom/index.ts';
import type { MenuModel, MenuView } from '../../menu/index.ts';
import type { MediaControl } from '../host.ts';
import { Panel } from './panel.ts';

/** The P2P button with its panel, for one engine. */
export class MenuButton {
  readonly el = element('button', {
    type: 'button',
    class: 'playswarm-button media-control-button media-control-icon',
    'aria-haspopup': 'menu',
    'aria-expanded': 'false',
  });

  private readonly panel: Panel;
  private readonly unsubscribe: () => void;

  constructor(
    model: MenuModel,
    private readonly mediaControl: () => MediaControl,
  ) {
    draw(this.el, [iconMarkup()]);
    this.panel = new Panel(model, () => this.close('back'));
    this.el.addEventListener('click', () => this.toggle());
    this.el.addEventListener('keydown', (event) => this.onKey(event));
    this.el.addEventListener('keyup', (event) => event.stopPropagation());
    // The control hides by itself after two seconds without a pointer.
    this.el.addEventListener('focus', () => this.mediaControl().show());
    this.panel.el.addEventListener('focusout', (event) => this.leave(event));
    document.addEventListener('pointerdown', this.pressOutside, true);
    this.unsubscribe = model.subscribe((view) => this.render(view));
    this.render(model.view());
  }

  /** Puts the panel into the media control, which drops it whenever it draws itself anew. */
  place(): void {
    const hadFocus = this.panel.open;
    this.mediaControl().el.append(this.panel.el);
    if (hadFocus) this.panel.focus('former');
  }

  close(focus: 'back' | 'leave' = 'leave'): void {
    if (!this.panel.open) return;
    // Before it is hidden, so that the focus never falls to the page.
    if (focus === 'back') this.el.focus();
    this.panel.hide();
    this.el.setAttribute('aria-expanded', 'false');
    this.mediaControl().resetKeepVisible();
  }

  dispose(): void {
    this.close();
    this.unsubscribe();
    document.removeEventListener('pointerdown', this.pressOutside, true);
    this.panel.el.remove();
    this.el.remove();
  }

  private open(focus: 'first' | 'last'): void {
    this.panel.show();
    this.el.setAttribute('aria-expanded', 'true');
    this.mediaControl().setKeepVisible();
    this.panel.focus(focus);
  }

  private toggle(): void {
    if (this.panel.open) this.close('back');
    else this.open('first');
  }

  private onKey(event: KeyboardEvent): void {
    // Clappr plays and seeks by space, arrows and digits; the space bar presses the button here.
    event.stopPropagation();
    if (event.key === 'Escape' && this.panel.open) {
      event.preventDefault();
      this.close('back');
    } else if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      event.preventDefault();
      this.open(event.key === 'ArrowDown' ? 'first' : 'last');
    }
  }

  private leave({ relatedTarget }: FocusEvent): void {
    // Without a target the focus went nowhere: to another window, or with a press that `pressOutside` judges.
    if (relatedTarget instanceof Node && !this.owns(relatedTarget)) this.close();
  }

  private readonly pressOutside = (event: PointerEvent): void => {
    // The path, since the target of an event out of a shadow tree is its host.
    const [target] = event.composedPath();
    if (target instanceof Node && !this.owns(target)) this.close();
  };

  private owns(node: Node): boolean {
    return this.el.contains(node) || this.panel.el.contains(node);
  }

  private render(view: MenuView): void {
    this.el.setAttribute('aria-label', view.title);
    this.el.title = view.summary;
    this.el.classList.toggle('playswarm-working', view.working);
    this.panel.render(view);
  }
}
