import { SHARED_CSS } from '../../menu-dom/index.ts';

/**
 * The menu's looks, on top of Video.js's own. Sizes are in em of the control bar, whose font size
 * pages change with the player's.
 */
export const CSS = `${SHARED_CSS}
.vjs-p2p-button { cursor: pointer; }
.vjs-p2p-button .vjs-icon-placeholder svg { width: 1.9em; height: 3em; }
.vjs-p2p-button .vjs-icon-placeholder svg { opacity: 0.6; }
.vjs-p2p-button.vjs-p2p-working .vjs-icon-placeholder svg { opacity: 1; }
.video-js .vjs-p2p-button .vjs-menu { left: auto; right: 0; width: 29em; }
.vjs-p2p-panel {
  position: absolute; bottom: 1.5em; width: 100%; box-sizing: border-box; overflow-y: auto;
  border-radius: 0.4em 0.4em 0 0; background-color: rgba(43, 51, 63, 0.94); text-align: start; cursor: default;
  overscroll-behavior: contain; scrollbar-width: thin; scrollbar-color: rgba(255, 255, 255, 0.4) transparent;
}
.video-js .vjs-p2p-button .vjs-p2p-panel .vjs-menu-content {
  position: static; max-height: none; overflow: visible; background-color: transparent; text-align: start;
}
.video-js .vjs-p2p-button .vjs-menu li { font-size: 1.3em; line-height: 1.4; text-transform: none; text-align: start; }
.video-js .vjs-p2p-button .vjs-p2p-choice {
  display: flex; align-items: center; justify-content: flex-start; gap: 0.6em; padding: 0.3em 0.8em; min-height: 2.2em; margin: 0;
  box-sizing: border-box;
}
.vjs-p2p-choice[role="menuitemradio"]::before {
  content: ''; flex: none; box-sizing: border-box; width: 1.1em; height: 1.1em; border: 0.12em solid currentColor; border-radius: 50%;
}
.vjs-p2p-choice[role="menuitemradio"].vjs-selected::before { background: radial-gradient(circle, currentColor 0.28em, transparent 0.32em); }
.video-js .vjs-p2p-button .vjs-menu li.vjs-p2p-choice.vjs-selected { background-color: transparent; color: inherit; }
.video-js .vjs-p2p-button .vjs-menu li.vjs-p2p-choice:hover,
.video-js .vjs-p2p-button .vjs-menu li.vjs-p2p-choice:focus { background-color: rgba(115, 133, 159, 0.5); color: inherit; }
.video-js .vjs-p2p-button .vjs-menu li.vjs-p2p-choice:focus-visible { outline: 0.15em solid #fff; outline-offset: -0.15em; }
.video-js .vjs-p2p-button .vjs-menu li.vjs-p2p-section { display: block; padding: 0; font-size: 1em; }
.vjs-p2p-heading { padding: 0.6em 0.8em 0.1em; font-size: 1.3em; font-weight: bold; }
.video-js .vjs-p2p-options { display: flex; flex-wrap: wrap; padding: 0; margin: 0; list-style: none; }
.vjs-p2p-statistics { margin-top: 0.5em; padding: 0.7em 0.8em 0.8em; border-top: 1px solid rgba(255, 255, 255, 0.2); font-size: 1.3em; line-height: 1.4; }
@media (pointer: coarse) {
  .video-js .vjs-p2p-button .vjs-p2p-choice { min-height: 44px; min-width: 44px; }
  .vjs-p2p-button > button::after { content: ''; position: absolute; inset: -14px -2px 0; }
}
@media (forced-colors: active) {
  .vjs-p2p-choice[role="menuitemradio"].vjs-selected::before { background: Highlight; forced-color-adjust: none; }
}
`;
