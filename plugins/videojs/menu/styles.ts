import { STATISTICS_CSS } from '../../menu-dom/index.ts';

/**
 * The menu's looks, on top of Video.js's own. Sizes are in em of the control bar, whose font size
 * pages change with the player's.
 */
export const CSS = `${STATISTICS_CSS}
.vjs-p2p-button { cursor: pointer; }
.vjs-p2p-button .vjs-icon-placeholder svg { width: 1.9em; height: 3em; }
.vjs-p2p-button:not(.vjs-p2p-working) .vjs-icon-placeholder svg { opacity: 0.6; }
.video-js .vjs-p2p-button .vjs-menu { left: auto; right: -3em; width: 27em; max-width: calc(100vw - 2em); }
.vjs-p2p-panel {
  position: absolute; bottom: 1.5em; width: 100%; box-sizing: border-box; overflow-y: auto;
  background-color: rgba(43, 51, 63, 0.94); text-align: start;
}
.video-js .vjs-p2p-button .vjs-p2p-panel .vjs-menu-content {
  position: static; max-height: none; overflow: visible; background-color: transparent; text-align: start;
}
.video-js .vjs-p2p-button .vjs-menu li { font-size: 1.2em; line-height: 1.4; text-transform: none; text-align: start; }
.video-js .vjs-p2p-button .vjs-p2p-choice {
  display: flex; align-items: center; justify-content: flex-start; gap: 0.6em; padding: 0.25em 0.8em; min-height: 2em; margin: 0;
  box-sizing: border-box;
}
.vjs-p2p-choice::before {
  content: ''; flex: none; width: 0.8em; height: 0.8em; border: 0.12em solid currentColor; border-radius: 50%;
}
.vjs-p2p-choice[role="menuitemcheckbox"]::before { border-radius: 0.2em; }
.vjs-p2p-choice.vjs-selected::before { background-color: currentColor; box-shadow: inset 0 0 0 0.12em #2b333f; }
.video-js .vjs-p2p-button .vjs-menu li.vjs-p2p-choice.vjs-selected { background-color: transparent; color: inherit; }
.video-js .vjs-p2p-button .vjs-menu li.vjs-p2p-choice:hover,
.video-js .vjs-p2p-button .vjs-menu li.vjs-p2p-choice:focus { background-color: rgba(115, 133, 159, 0.5); color: inherit; }
.video-js .vjs-p2p-button .vjs-menu li.vjs-p2p-choice:focus-visible { outline: 0.15em solid #fff; outline-offset: -0.15em; }
.video-js .vjs-p2p-button .vjs-menu li.vjs-p2p-section { display: block; padding: 0; font-size: 1em; }
.vjs-p2p-heading { padding: 0.5em 0.8em 0; font-size: 1.2em; font-weight: bold; opacity: 0.85; }
.video-js .vjs-p2p-options { display: flex; flex-wrap: wrap; padding: 0; margin: 0; list-style: none; }
.vjs-p2p-statistics { padding: 0.5em 0.8em; font-size: 1.2em; line-height: 1.4; }
@media (pointer: coarse) {
  .video-js .vjs-p2p-button .vjs-p2p-choice { min-height: 44px; min-width: 44px; }
}
@media (forced-colors: active) {
  .vjs-p2p-choice.vjs-selected::before { background-color: Highlight; forced-color-adjust: none; }
}
`;
