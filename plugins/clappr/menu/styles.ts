import { SHARED_CSS } from '../../menu-dom/index.ts';

/** The menu's looks, after those of Clappr's media control: a dark pane whatever the page's colours. */
export const CSS = `${SHARED_CSS}
.playswarm-menu { float: right; height: 100%; }
.media-control .playswarm-menu .playswarm-button { opacity: 0.6; }
.media-control .playswarm-menu .playswarm-button.playswarm-working { opacity: 0.9; }
.media-control .playswarm-menu .playswarm-button:hover,
.media-control .playswarm-menu .playswarm-button[aria-expanded="true"] { opacity: 1; }
.playswarm-menu .playswarm-button svg { fill: none; }
.playswarm-menu .playswarm-button svg path { fill: none !important; }
.media-control .media-control-layer .playswarm-menu button.playswarm-button:focus-visible,
.playswarm-panel :focus-visible { outline: 2px solid #fff; outline-offset: -2px; }
.media-control .playswarm-panel {
  position: absolute; inset: 8px 8px 56px auto; margin: auto 0 0; height: fit-content; max-height: calc(100% - 64px);
  width: 320px; max-width: calc(100% - 16px); overflow-y: auto; overscroll-behavior: contain; scrollbar-width: thin;
  scrollbar-color: rgba(255, 255, 255, 0.4) transparent;
  pointer-events: auto; cursor: default; padding: 8px; border-radius: 4px; background: rgba(17, 17, 17, 0.94); color: #fff;
  font-size: 13px; line-height: 1.4; text-align: start; text-shadow: none; user-select: none;
}
.media-control .playswarm-panel[hidden] { display: none; }
.media-control .playswarm-heading { padding: 10px 8px 4px; font-size: 12px; color: #c2c2c2; }
.media-control .playswarm-panel .playswarm-figures dt { color: #c2c2c2; }
.media-control .playswarm-options { display: flex; flex-wrap: wrap; gap: 4px; padding: 0 8px; }
.media-control .playswarm-choice {
  min-height: 32px; padding: 4px 12px; border: 1px solid rgba(255, 255, 255, 0.3); border-radius: 16px; background: none;
  color: inherit; font: inherit; cursor: pointer; text-align: start; transition: background-color 0.1s ease;
}
.media-control .playswarm-choice:hover { background: rgba(255, 255, 255, 0.15); }
.media-control .playswarm-choice[role="menuitemradio"][aria-checked="true"] { background: #005aff; border-color: #005aff; }
.media-control .playswarm-choice.playswarm-switch { width: 100%; padding: 4px 8px; border: 0; border-radius: 4px; }
.media-control .playswarm-statistics { margin-top: 10px; padding: 10px 8px 6px; border-top: 1px solid rgba(255, 255, 255, 0.15); }
@media (max-width: 480px) {
  .media-control .playswarm-panel { inset: 4px 4px 40px auto; max-height: calc(100% - 44px); max-width: calc(100% - 8px); }
}
@media (pointer: coarse) {
  .media-control .playswarm-choice { min-height: 44px; min-width: 44px; border-radius: 22px; }
  .media-control .media-control-layer .playswarm-menu button.playswarm-button { position: relative; }
  .playswarm-button::before { content: ''; position: absolute; inset: -6px; }
}
@media (prefers-reduced-motion: reduce) {
  .media-control .playswarm-choice { transition: none !important; }
}
@media (forced-colors: active) {
  .media-control .playswarm-choice[aria-checked="true"] { outline: 2px solid Highlight; }
}
`;
