/** The P2P menu's model: settings, statistics and words, for each player to draw in its own components. No DOM here. */
export { itemAfterKey } from './keys.ts';
export { MenuModel } from './menu-model.ts';
export type { MenuModelOptions } from './menu-model.ts';
export { HISTORY_S } from './speed-history.ts';
export type { SpeedHistory } from './speed-history.ts';
export type { Choice, ChoiceGroup, Figure, MenuView } from './view.ts';
export type { TextKey, Translate } from './strings/index.ts';
