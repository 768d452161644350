import { BODY_MARKS, FURNITURE_NAMES, NEVER_ARTICLE } from './words.ts';

/** Longer names are generated and say nothing. */
const MAX_NAMES = 600;
/** An id of so many words is the address of a heading, made from its text. */
const SLUG_WORDS = 4;
/** `with-sidebar`, `anchorWithStickyNavbar`: what comes behind is said of the page around, not of the element. */
const ABOUT_OTHERS = /^(?:with|without|has|no|non)$/;

const known = new Map<string, readonly string[]>();

/**
 * The words in class and id names that call an element furniture; none where a name marks the body of the article.
 * Names are split at `-`, `_` and capitals; numbers behind a word are left out, and what else has digits is a hash.
 */
export function furnitureWords(classes: string, id: string): readonly string[] {
  const names = `${classes} ${id}`;
  if (names.length > MAX_NAMES) return [];
  const before = known.get(names);
  if (before !== undefined) return before;
  const found = new Set<string>();
  if (!BODY_MARKS.test(names)) {
    for (const name of classes.split(/\s+/)) readWords(name, found);
    if (id.split(/[-_]+/).length < SLUG_WORDS) readWords(id, found);
  }
  const words = [...found];
  if (known.size > 5000) known.clear();
  known.set(names, words);
  return words;
}

function readWords(name: string, found: Set<string>): void {
  for (const part of name.split(/[^A-Za-z0-9]+/)) {
    const words = part
      .replace(/([a-z])([A-Z])/g, '$1 $2')
      .toLowerCase()
      .split(' ');
    for (const raw of words) {
      const word = /^([a-z]+)(?:\d{0,3}|\d+x\d+)$/.exec(raw)?.[1] ?? '';
      // Two letters between capitals are a piece of a generated name.
      const whole = words.length === 1 || word.length > 2;
      if (ABOUT_OTHERS.test(word)) return;
      if (whole && FURNITURE_NAMES.has(word)) found.add(word);
    }
  }
}

/** May the word be wrong where most of the text stands in elements of that name? Comments and menus never are the article. */
export function isPardonable(word: string): boolean {
  return !NEVER_ARTICLE.has(word);
}
