import { ar } from './ar.ts';
import { de } from './de.ts';
import { en } from './en.ts';
import { es } from './es.ts';
import { fr } from './fr.ts';
import { he } from './he.ts';
import { hi } from './hi.ts';
import { it } from './it.ts';
import { ja } from './ja.ts';
import { ko } from './ko.ts';
import { pl } from './pl.ts';
import { pt } from './pt.ts';
import { ru } from './ru.ts';
import { tr } from './tr.ts';
import { zh } from './zh.ts';
import type { Strings } from './types.ts';

export { translated } from './translated.ts';
export type { TextKey, Translate } from './translated.ts';
export type { Strings } from './types.ts';

/** By the primary subtag of BCP 47. */
export const LANGUAGES: Readonly<Record<string, Strings>> = { ar, de, en, es, fr, he, hi, it, ja, ko, pl, pt, ru, tr, zh };

/** @returns the BCP 47 tag where it is spoken here, else English. */
export function spokenLanguage(language: string): string {
  return primarySubtag(language) in LANGUAGES ? language : 'en';
}

/** @param language BCP 47 tag, `pt-BR`; what is not spoken here is English. */
export function stringsFor(language: string): Strings {
  return LANGUAGES[primarySubtag(language)] ?? en;
}

const RIGHT_TO_LEFT = new Set(['ar', 'he']);

/** The direction of what `stringsFor` gives for the language. */
export function directionOf(language: string): 'ltr' | 'rtl' {
  return RIGHT_TO_LEFT.has(primarySubtag(language)) ? 'rtl' : 'ltr';
}

function primarySubtag(language: string): string {
  return language.toLowerCase().split(/[-_]/)[0] ?? '';
}
