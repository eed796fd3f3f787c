/** The P2P menu's model: settings, statistics and words, for each player to draw in its own components. */
export { draw } from './draw.ts';
export { injectStyles } from './inject-styles.ts';
export { itemAfterKey } from './keys.ts';
export { iconMarkup, settingsMarkup, statisticsMarkup } from './markup.ts';
export type { Markup } from './markup.ts';
export { STATISTICS_CSS } from './statistics-css.ts';
export { MenuModel } from './menu-model.ts';
export type { MenuModelOptions } from './menu-model.ts';
export { HISTORY_S } from './speed-history.ts';
export type { SpeedHistory } from './speed-history.ts';
export type { Choice, ChoiceGroup, Figure, MenuView } from './view.ts';
export type { TextKey, Translate } from './strings/index.ts';
