import { STATISTICS_CSS } from '../../menu/index.ts';

/** The menu's looks, after those of Clappr's media control: a dark pane whatever the page's colours. */
export const CSS = `${STATISTICS_CSS}
.playswarm-menu { float: right; height: 100%; }
.media-control .playswarm-menu .playswarm-button { opacity: 0.6; }
.media-control .playswarm-menu .playswarm-button.playswarm-working { opacity: 0.9; }
.media-control .playswarm-menu .playswarm-button:hover,
.media-control .playswarm-menu .playswarm-button[aria-expanded="true"] { opacity: 1; }
.playswarm-menu .playswarm-button svg { fill: none; }
.playswarm-menu .playswarm-button svg path { fill: none !important; }
.media-control .media-control-layer .playswarm-menu button.playswarm-button:focus-visible,
.playswarm-panel :focus-visible { outline: 2px solid #fff; outline-offset: -2px; }
.playswarm-panel {
  position: absolute; inset: 8px 8px 52px auto; margin-block-start: auto; height: fit-content; max-height: calc(100% - 60px);
  width: 320px; max-width: calc(100% - 16px); overflow-y: auto; overscroll-behavior: contain; scrollbar-width: thin;
  scrollbar-color: rgba(255, 255, 255, 0.4) transparent;
  pointer-events: auto; cursor: default; padding: 8px; border-radius: 4px; background: rgba(17, 17, 17, 0.94); color: #fff;
  font-size: 13px; line-height: 1.4; text-align: start; text-shadow: none; user-select: none;
}
.playswarm-panel[hidden] { display: none; }
.playswarm-heading { padding: 10px 8px 4px; font-size: 12px; color: #c2c2c2; }
.playswarm-panel .playswarm-figures dt { color: #c2c2c2; }
.playswarm-options { display: flex; flex-wrap: wrap; gap: 4px; padding: 0 8px; }
.playswarm-choice {
  min-height: 32px; padding: 4px 12px; border: 1px solid rgba(255, 255, 255, 0.3); border-radius: 16px; background: none;
  color: inherit; font: inherit; cursor: pointer; text-align: start; transition: background-color 0.1s ease;
}
.playswarm-choice:hover { background: rgba(255, 255, 255, 0.15); }
.playswarm-choice[role="menuitemradio"][aria-checked="true"] { background: #005aff; border-color: #005aff; }
.playswarm-choice[role="menuitemcheckbox"] {
  display: flex; align-items: center; justify-content: space-between; gap: 12px; width: 100%; padding: 4px 8px; border: 0; border-radius: 4px;
}
.playswarm-choice[role="menuitemcheckbox"]::after {
  content: ''; flex: none; width: 32px; height: 18px; border-radius: 9px; background: #666;
  background-image: radial-gradient(circle, #fff 6px, transparent 6.5px); background-size: 18px 18px; background-repeat: no-repeat;
  background-position: 0 0; transition: background-position 0.15s ease;
}
.playswarm-choice[role="menuitemcheckbox"][aria-checked="true"]::after { background-color: #005aff; background-position: 14px 0; }
.playswarm-panel:dir(rtl) .playswarm-choice[role="menuitemcheckbox"]::after { background-position: 14px 0; }
.playswarm-panel:dir(rtl) .playswarm-choice[role="menuitemcheckbox"][aria-checked="true"]::after { background-position: 0 0; }
.playswarm-statistics { margin-top: 10px; padding: 10px 8px 6px; border-top: 1px solid rgba(255, 255, 255, 0.15); }
@media (pointer: coarse) {
  .playswarm-choice { min-height: 44px; min-width: 44px; border-radius: 22px; }
  .media-control .media-control-layer .playswarm-menu button.playswarm-button { position: relative; }
  .playswarm-button::before { content: ''; position: absolute; inset: -6px; }
}
@media (prefers-reduced-motion: reduce) {
  .playswarm-choice, .playswarm-choice::after { transition: none !important; }
}
@media (forced-colors: active) {
  .playswarm-choice[aria-checked="true"] { outline: 2px solid Highlight; }
}
`;
