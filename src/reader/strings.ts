import type { Health, Reason } from '../types.ts';
import { platformWords } from '../words.ts';
import { en } from './strings/en.ts';
import { isReason, reasonSentence } from './strings/reasons.ts';
import type { Key, Strings } from './strings/shape.ts';
import { zh } from './strings/zh.ts';

export type { Key, Strings } from './strings/shape.ts';

/** The languages of the reader, by their short names. */
export const LANGUAGES = ['zh', 'en'] as const;
export type Language = (typeof LANGUAGES)[number];

/** True for the short name of a language the reader speaks. */
export function isLanguage(name: string): name is Language {
  return name === 'zh' || name === 'en';
}

/** The value of the `lang` attribute for each language. */
export const LANG_TAG: Readonly<Record<Language, string>> = { zh: 'zh-CN', en: 'en' };

const DICTIONARIES: Readonly<Record<Language, Strings>> = { zh, en };

/** The phrase `key` in a language, filled with `args`: counts as digits, dates as ISO 8601 strings. */
export function say(language: Language, key: Key, ...args: string[]): string {
  const phrase: string | ((...args: string[]) => string) = DICTIONARIES[language][key];
  return typeof phrase === 'string' ? phrase : phrase(...args);
}

/** The words for a mark that came back from a page; null for one that is none. */
export function sayMark(language: Language, mark: string, args: string[]): string | null {
  if (mark.startsWith('platform:')) return platformName(language, mark.slice(9));
  const reason = mark.startsWith('reason:') ? mark.slice(7) : '';
  if (isReason(reason)) return sayReason(language, reason);
  return isKey(mark) ? say(language, mark, ...args) : null;
}

function isKey(key: string): key is Key {
  return Object.hasOwn(zh, key);
}

/** Why a link has its verdict, as a sentence. */
export function sayReason(language: Language, reason: Reason): string {
  return reasonSentence(language, reason);
}

/** The key of a health's name. */
export const HEALTH_KEYS: Readonly<Record<Health, Key>> = {
  healthy: 'healthHealthy',
  suspect: 'healthSuspect',
  dead: 'healthDead',
  blocked: 'healthBlocked',
  drifted: 'healthDrifted',
  unknown: 'healthUnknown',
};

/** The name of a platform for people; its own id where no other name is known. */
export function platformName(language: Language, platform: string): string {
  return platformWords(platform, language);
}
