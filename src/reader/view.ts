import type { Reason } from '../types.ts';
import { HEALTH_KEYS, type Key, type Language, platformName, say, sayReason } from './strings.ts';

/** A child of an element: text is always escaped; `R` is what only the server side may put in (markup made safe before). */
export type Child<R = never> = View<R> | R | string | null;

/** An element as plain data. The same views become HTML when the archive is built and DOM nodes in the browser. */
export interface View<R = never> {
  tag: string;
  attrs: Readonly<Record<string, string | true | null>>;
  children: readonly Child<R>[];
}

/** An element with attributes (null leaves one out, true writes it bare) and children. */
export function h(
  tag: string,
  attrs: Readonly<Record<string, string | true | null>>,
  ...children: readonly Child[]
): View {
  return { tag, attrs, children };
}

/**
 * A phrase of the dictionary as an element. It carries its key and arguments, so that the page can change language
 * without being built again.
 */
export function phrase(language: Language, key: Key, ...args: string[]): View {
  return phraseIn('span', {}, language, key, ...args);
}

/** The same in an element of its own. */
export function phraseIn(
  tag: string,
  attrs: Readonly<Record<string, string | true | null>>,
  language: Language,
  key: Key,
  ...args: string[]
): View {
  const data = { 'data-t': key, 'data-a': args.length === 0 ? null : JSON.stringify(args) };
  return h(tag, { ...attrs, ...data }, say(language, key, ...args));
}

/** An attribute that holds a phrase, and the mark by which the page changes its language. */
export function labelled(language: Language, name: 'aria-label' | 'placeholder' | 'title', key: Key) {
  return { [name]: say(language, key), [`data-t-${name}`]: key };
}

/** Why a link has its verdict. */
export function reasonText(language: Language, reason: Reason): View {
  return h('span', { class: 'reason', 'data-t': `reason:${reason}` }, sayReason(language, reason));
}

/** The name of a platform. */
export function platformText(language: Language, platform: string): View {
  return h('span', { class: 'platform', 'data-t': `platform:${platform}` }, platformName(language, platform));
}

/** The name of a health, with its dot. */
export function healthMark(language: Language, health: keyof typeof HEALTH_KEYS): View {
  return h('span', { class: `health ${health}` }, phrase(language, HEALTH_KEYS[health]));
}

/** An address that may stand in a link: http(s) only, null for anything else. */
export function webAddress(url: string): string | null {
  return /^https?:\/\/[^\s]/i.test(url) ? url : null;
}

/** An outward link: a navigation the reader chooses, never a request of the page itself. */
export function outward(
  url: string,
  attrs: Readonly<Record<string, string | true | null>>,
  ...children: Child[]
): View {
  const href = webAddress(url);
  return href === null
    ? h('span', attrs, ...children)
    : h('a', { ...attrs, href, rel: 'noreferrer noopener' }, ...children);
}
