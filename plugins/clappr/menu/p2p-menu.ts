import { injectStyles } from '../../menu-dom/index.ts';
import { SUPPORTED_VERSION } from '../host.ts';
import type { ClapprHost, Playback, UICorePlugin, UICorePluginClass } from '../host.ts';
import type { P2PPlayback } from '../playback.ts';
import { startSharing } from '../sharing.ts';
import type { Sharing } from '../sharing.ts';
import { hasMediaSource, isShareable } from '../streams.ts';
import { MenuButton } from './button.ts';
import { CSS } from './styles.ts';

/** The P2P button in Clappr's media control: `plugins: [..., P2PMenu]`. */
export function createP2PMenu({ UICorePlugin, Events }: ClapprHost): UICorePluginClass {
  return class P2PMenu extends UICorePlugin {
    // Set while the base class's constructor runs: an initial value here would undo that.
    declare private button: MenuButton | undefined;
    declare private idle: Sharing | undefined;
    declare private sharing: Sharing | undefined;

    get name() {
      return 'p2p_menu';
    }

    get supportedVersion() {
      return SUPPORTED_VERSION;
    }

    get attributes() {
      return { class: 'playswarm-menu' };
    }

    /** The other plugins, the media control among them, may come after this one: the container comes after all. */
    bindEvents(): void {
      this.listenTo(this.core, Events.CORE_ACTIVE_CONTAINER_CHANGED, () => this.follow());
      this.listenTo(this.core, Events.CORE_OPTIONS_CHANGE, () => this.translate());
      this.follow();
    }

    override disable(): void {
      this.button?.close();
      super.disable();
    }

    override destroy(): void {
      this.leave();
      super.destroy();
    }

    /** Turns to the playback of the moment. */
    private follow(): void {
      const { activePlayback, mediaControl } = this.core;
      if (!activePlayback) return;
      this.stopListening(mediaControl);
      this.listenTo(mediaControl, Events.MEDIACONTROL_RENDERED, () => this.place());
      this.show(activePlayback);
    }

    private show(playback: Playback): void {
      const sharing = (playback as Partial<P2PPlayback>).sharing ?? this.explainIdle(playback);
      if (sharing === this.sharing) return;
      this.button?.dispose();
      this.button = undefined;
      this.sharing = sharing;
      if (this.idle !== sharing) this.endIdle();
      if (!sharing) return;
      this.button = new MenuButton(sharing.menu, () => this.core.mediaControl);
      this.el.append(this.button.el);
      this.place();
    }

    /** Where the browser plays the stream by itself there is nothing to share, but the viewer is told why. */
    private explainIdle(playback: Playback): Sharing | undefined {
      const { src, mimeType, p2p, language } = playback.options;
      if (hasMediaSource() || !src || !isShareable(src, mimeType)) return undefined;
      this.endIdle();
      this.idle = startSharing(p2p, { language, i18n: this.core.i18n, latencyS: () => undefined });
      Object.assign(playback, { p2p: this.idle.engine });
      return this.idle;
    }

    /** The control draws itself anew whenever its settings change, and drops what was put into it. */
    private place(): void {
      const rightPanel = this.core.mediaControl.el.querySelector('.media-control-right-panel');
      if (!rightPanel || !this.button) return;
      rightPanel.append(this.el);
      this.button.place();
      injectStyles(rightPanel, CSS);
    }

    private translate(): void {
      const { language } = this.core.options;
      if (language) this.sharing?.menu.setLanguage(language);
    }

    private leave(): void {
      this.button?.dispose();
      this.button = undefined;
      this.endIdle();
    }

    private endIdle(): void {
      this.idle?.end();
      this.idle = undefined;
    }
  } satisfies new (...args: never[]) => UICorePlugin;
}
