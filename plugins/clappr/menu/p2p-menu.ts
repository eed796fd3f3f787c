import { P2PEngine } from '../../../core/index.ts';
import { iconMarkup } from '../../menu/index.ts';
import type { MenuModel, MenuView } from '../../menu/index.ts';
import { SUPPORTED_VERSION } from '../host.ts';
import type { ClapprHost, Core, Playback, UICorePluginClass } from '../host.ts';
import type { P2PPlayback } from '../playback.ts';
import { sharingWith } from '../sharing.ts';
import type { Sharing } from '../sharing.ts';
import { isDash, isHls } from '../streams.ts';
import { element, fromMarkup } from './dom.ts';
import { Panel } from './panel.ts';
import { injectStyles } from './styles.ts';

/** The P2P button in the media control, and its menu. */
export function createP2PMenu({ UICorePlugin, Events }: ClapprHost): UICorePluginClass {
  return class P2PMenu extends UICorePlugin {
    // Set by `bindEvents`, which the base class's constructor calls: initial values here would undo that.
    declare private button: HTMLButtonElement;
    declare private panel: Panel | undefined;
    declare private model: MenuModel | undefined;
    declare private unbind: (() => void) | undefined;

    get name() {
      return 'p2p_menu';
    }

    get supportedVersion() {
      return SUPPORTED_VERSION;
    }

    get attributes() {
      return { class: 'playswarm-menu' };
    }

    bindEvents(): void {
      this.button ??= this.createButton();
      this.listenTo(this.core, Events.CORE_ACTIVE_CONTAINER_CHANGED, () => this.follow());
      // Our playbacks may get their engine, and the control its HTML, any number of times.
      this.listenTo(this.core.mediaControl, Events.MEDIACONTROL_RENDERED, () => this.place());
      this.follow();
    }

    override disable(): void {
      this.close();
      super.disable();
    }

    override destroy(): void {
      this.unbind?.();
      super.destroy();
    }
  };
}
