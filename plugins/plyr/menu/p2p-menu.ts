import { injectStyles } from '../../menu-dom/index.ts';
import type { MenuModel, MenuView } from '../../menu/index.ts';
import type { PlyrHost } from '../host.ts';
import { OwnButton } from './own-button.ts';
import { Pane } from './pane.ts';
import { SettingsEntry } from './settings-entry.ts';
import { CSS } from './styles.ts';

/** Where in the controls the menu is found. */
export interface Place {
  render(view: MenuView): void;
  remove(): void;
}

/** The P2P menu of one player; Plyr builds its controls anew for each source, and so is the menu. */
export class P2PMenu {
  private readonly unsubscribe: () => void;
  private readonly room: ResizeObserver;
  private pane: Pane | undefined;
  private place: Place | undefined;

  constructor(
    private readonly player: PlyrHost,
    private readonly model: MenuModel,
  ) {
    this.unsubscribe = model.subscribe((view) => this.render(view));
    this.room = new ResizeObserver(() => this.measure());
    this.room.observe(player.elements.container);
  }

  /** Adds the menu to the controls that the player has now. */
  attach(): void {
    this.place?.remove();
    this.pane = new Pane(this.model);
    this.place = SettingsEntry.in(this.player, this.pane) ?? OwnButton.in(this.player, this.pane);
    injectStyles(this.player.elements.container, CSS);
    this.render(this.model.view());
    this.measure();
  }

  release(): void {
    this.unsubscribe();
    this.room.disconnect();
    this.place?.remove();
  }

  private render(view: MenuView): void {
    this.pane?.render(view);
    this.place?.render(view);
  }

  /** A menu of Plyr's grows upwards and to the left without end, and is cut off by the player's edge. */
  private measure(): void {
    const { container } = this.player.elements;
    const { left, height } = container.getBoundingClientRect();
    const anchor = this.pane?.el.closest('.plyr__menu')?.getBoundingClientRect();
    const width = anchor?.width ? anchor.right - left : container.clientWidth;
    container.style.setProperty('--playswarm-width', `${width}px`);
    container.style.setProperty('--playswarm-height', `${height}px`);
  }
}
