import type { ExplainCode } from '../../../core/index.ts';
import type { Strings } from './types.ts';

/** What a page may put in its own words: the names of `Strings`, and `reasons.` with a code of `explain()`. */
export type TextKey = Exclude<keyof Strings, 'reasons'> | `reasons.${ExplainCode}`;

/** @returns the page's own words; `undefined` where it has none. */
export type Translate = (key: TextKey) => string | undefined;

/** @returns our strings, with the page's own in their place. */
export function translated({ reasons, ...texts }: Strings, translate: Translate): Strings {
  const own = Object.entries(texts).map(([key, text]) => [key, translate(key as TextKey) ?? text] as const);
  const ownReasons = Object.entries(reasons).map(([code, text]) => [code, translate(`reasons.${code as ExplainCode}`) ?? text] as const);
  return {
    ...(Object.fromEntries(own) as Omit<Strings, 'reasons'>),
    reasons: Object.fromEntries(ownReasons) as Strings['reasons'],
  };
}
