import { SHARED_CSS } from '../../menu-dom/index.ts';

/**
 * The menu's looks, on top of Plyr's own, in its custom properties: a theme's colours are the menu's.
 * The room that the player leaves is measured by `p2p-menu.ts`.
 */
export const CSS = `${SHARED_CSS}
.playswarm-pane {
  box-sizing: border-box; width: min(300px, var(--playswarm-width, 100vw) - 12px); max-height: max(72px, var(--playswarm-height, 100vh) - 108px);
  overflow-y: auto; overscroll-behavior: contain; scrollbar-width: thin; padding: 0 7px 7px; text-align: start;
  font-size: var(--plyr-font-size-menu, 13px); line-height: 1.4;
}
.playswarm-pane .playswarm-heading { padding: 8px 7px 2px; font-weight: 600; }
.playswarm-pane .playswarm-options { display: grid; grid-template-columns: repeat(auto-fill, minmax(100px, 1fr)); }
.plyr .playswarm-pane .plyr__control { padding: 5px 7px; min-height: 32px; width: 100%; text-align: start; }
.plyr .playswarm-pane .plyr__control > span { display: block; }
.plyr .playswarm-pane .plyr__control[role="menuitemradio"] { padding-inline-start: 7px; }
.plyr .playswarm-pane { white-space: normal; --playswarm-on: var(--plyr-control-toggle-checked-background, var(--plyr-color-main, #00b2ff)); }
.plyr .playswarm-pane .plyr__control::before, .plyr .playswarm-pane .plyr__control[role="menuitemradio"]::after { display: none; }
.plyr .playswarm-pane .playswarm-switch:is(:hover, :focus-visible)::after { box-shadow: 0 0 0 1px #fff; }
.plyr .playswarm-pane [role="menuitemradio"] > span::before {
  content: ''; display: inline-block; box-sizing: border-box; width: 16px; height: 16px; margin-inline-end: 8px; vertical-align: -3px;
  border: 1px solid currentColor; border-radius: 50%; background: rgba(128, 128, 128, 0.2);
}
.plyr .playswarm-pane [role="menuitemradio"][aria-checked="true"] > span::before {
  background: radial-gradient(circle, #fff 3px, var(--playswarm-on) 3.5px);
}
.plyr .playswarm-pane :focus-visible { outline: 2px solid var(--plyr-focus-visible-color, var(--plyr-color-main, #00b2ff)); outline-offset: -2px; }
.plyr .playswarm-pane .playswarm-statistics {
  margin-top: 8px; padding: 8px 7px 2px; border-top: 1px solid var(--plyr-menu-back-border-color, rgba(128, 128, 128, 0.3));
}
@media (pointer: coarse) {
  .plyr .playswarm-pane .plyr__control { min-height: 44px; min-width: 44px; }
}
`;
