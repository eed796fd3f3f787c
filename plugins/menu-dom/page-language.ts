/** BCP 47 tag of the page's language, else of the browser's: for a player that has none set. */
export function pageLanguage(): string {
  return document.documentElement.lang || navigator.language;
}
