import type { Choice } from '../../menu/index.ts';
import { element } from './dom.ts';

/** A line of the menu that can be switched (`checkbox`) or picked among others (`radio`). */
export class ChoiceItem {
  private readonly label = element('span');
  readonly el: HTMLButtonElement;

  constructor(kind: 'checkbox' | 'radio', id: string, onChoose: () => void) {
    this.el = element('button', { type: 'button', class: 'playswarm-choice', role: `menuitem${kind}`, tabindex: '-1', 'data-p2p-choice': id }, this.label);
    this.el.addEventListener('click', onChoose);
  }

  render({ label, checked }: Choice): void {
    this.label.textContent = label;
    this.el.setAttribute('aria-checked', String(checked));
  }
}
