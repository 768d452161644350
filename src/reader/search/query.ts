import { fold, isWord, neededTerms } from './terms.ts';

/** What is asked: folded literals, all of which must occur. */
export interface Query {
  literals: string[];
}

const MOST_LITERALS = 12;

/** Splits a query at spaces; words within quotation marks belong together. Literals without a letter or digit are left out. */
export function parseQuery(text: string): Query {
  const literals: string[] = [];
  for (const found of text.slice(0, 400).matchAll(/["“”]([^"“”]+)["“”]|[^\s"“”]+/g)) {
    const literal = fold(found[1] ?? found[0])
      .trim()
      .replace(/ +/g, ' ');
    if (neededTerms(literal).length > 0 && !literals.includes(literal)) literals.push(literal);
  }
  return { literals: literals.slice(0, MOST_LITERALS) };
}

/**
 * Where a literal occurs in a folded text, from `from` on; -1 where it does not. A literal that begins with a Latin
 * word is found only where a word begins; it may end inside one.
 */
export function findLiteral(folded: string, literal: string, from = 0): number {
  const wordStart = isWord(literal.charCodeAt(0));
  let at = folded.indexOf(literal, from);
  while (at > 0 && wordStart && isWord(folded.charCodeAt(at - 1))) at = folded.indexOf(literal, at + 1);
  return at;
}

/** True where all literals occur in a folded text. */
export function holdsAll(folded: string, literals: readonly string[]): boolean {
  return literals.every((literal) => findLiteral(folded, literal) >= 0);
}
