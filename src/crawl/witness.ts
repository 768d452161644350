import { hammingDistance, simhash } from '../article/index.ts';
import type { Judgement } from '../types.ts';

/** Link texts that say nothing of the page: they are no witness. */
const GENERIC =
  /^(?:原文|原文链接|链接|全文|阅读原文|点击这里|点这里|这里|此处|地址|网址|来源|查看|详情|传送门|link|links|here|this|source|url|original|article|read more|more|website|homepage|via|ref)$/iu;

/** Shortest text that can witness: two Chinese characters or one Latin word are shared by too many titles. */
const LEAST_GRAMS = 3;

/** Of 64 bits; further apart than this, two texts have nothing in common. */
const REPLACED_DISTANCE = 22;

/**
 * Do two titles share anything? Chinese by pairs of characters, other scripts by words.
 * @returns null where one of them is too short or too general to tell
 */
export function titlesAgree(a: string, b: string): boolean | null {
  if (GENERIC.test(a.trim()) || GENERIC.test(b.trim()) || isAddress(a) || isAddress(b)) return null;
  const [left, right] = [grams(a), grams(b)];
  if (left.size < LEAST_GRAMS || right.size < LEAST_GRAMS) return null;
  for (const gram of left) if (right.has(gram)) return true;
  return false;
}

/** What is known of the page from before. */
export interface Before {
  title: string | null;
  text: string;
}

/**
 * Has the page become another one? Only where the kept copy agreed with the list: a first visit with a
 * different title proves nothing.
 * @returns the verdict, or null where the page is what it was
 */
export function drift(
  linkTexts: readonly string[],
  before: Before | null,
  now: { title: string | null; text: string },
): Judgement | null {
  if (before === null || before.title === null || now.title === null) return null;
  const { title } = now;
  const sameTitle = titlesAgree(before.title, title) !== false;
  if (sameTitle) return null;
  const agreed = linkTexts.some((text) => titlesAgree(text, before.title ?? '') === true);
  const strange = linkTexts.some((text) => titlesAgree(text, title) === false);
  if (agreed && strange && !linkTexts.some((text) => titlesAgree(text, title) === true)) {
    return drifted('title-mismatch', title, 'list/title-mismatch');
  }
  const distance = hammingDistance(simhash(before.text), simhash(now.text));
  return distance >= REPLACED_DISTANCE ? drifted('content-replaced', title, 'list/content-replaced') : null;
}

function drifted(reason: 'title-mismatch' | 'content-replaced', marker: string, rule: string): Judgement {
  return { verdict: 'drifted', reason, marker, rule, explicit: false };
}

function isAddress(text: string): boolean {
  return /^(?:https?:\/\/|www\.)\S+$/i.test(text.trim());
}

function grams(text: string): Set<string> {
  const found = new Set<string>();
  for (const run of text
    .normalize('NFKC')
    .toLowerCase()
    .match(/\p{Script=Han}+|(?:(?!\p{Script=Han})[\p{L}\p{N}])+/gu) ?? []) {
    if (!/^\p{Script=Han}/u.test(run)) found.add(run);
    else {
      const characters = [...run];
      for (let at = 0; at + 1 < characters.length; at++) found.add(`${characters[at]}${characters[at + 1]}`);
    }
  }
  return found;
}
