/** What the players' menus have in common on the page: the model's view as markup, how it is drawn, and its looks. */
export { draw } from './draw.ts';
export { element } from './element.ts';
export { injectStyles } from './inject-styles.ts';
export { iconMarkup, settingsMarkup, statisticsMarkup } from './markup.ts';
export type { Markup } from './markup.ts';
export { pageLanguage } from './page-language.ts';
export { SHARED_CSS } from './shared-css.ts';
