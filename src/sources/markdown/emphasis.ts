import type { Span } from './piece.ts';

interface Mark {
  at: number;
  /** What is left of it, and what it was. */
  length: number;
  whole: number;
  opens: boolean;
  closes: boolean;
}

/** Marks that are looked back at for one to pair with. */
const BACK = 8;

const MARKS = /\\[\s\S]|\*+|_+|~+/g;
const WHITE = /^$|\s/;
const PUNCTUATION = /[\p{P}\p{S}]/u;

/**
 * The offsets of the marks of emphasis (`*`, `_`, `~`) in these parts of a text, which together are the words of one
 * link, heading or paragraph. In linear time, so each sort is paired for itself and none with one that is far back: where
 * emphasis crosses emphasis, CommonMark would keep some of them.
 */
export function emphasisMarks(text: string, parts: readonly Span[]): ReadonlySet<number> {
  const found = new Set<number>();
  const open = new Map<string, Mark[]>();
  for (const { start, end } of parts) {
    for (const { 0: run, index } of text.slice(start, end).matchAll(MARKS)) {
      if (run.startsWith('\\')) continue;
      const char = run.charAt(0);
      const mark = markAt(text, start + index, run);
      const openers = open.get(char) ?? [];
      open.set(char, openers);
      if (mark.closes) close(openers, mark, found);
      if (mark.opens && mark.length > 0) openers.push(mark);
    }
  }
  return found;
}

/** Takes as many marks from both sides as pair up; what is left stays text. */
function close(openers: Mark[], closer: Mark, found: Set<number>): void {
  for (let back = 1; back <= BACK && closer.length > 0; back += 1) {
    const opener = openers.at(-back);
    if (opener === undefined) return;
    if (!pairs(opener, closer)) continue;
    openers.length -= back - 1;
    const count = Math.min(opener.length, closer.length);
    for (let step = 1; step <= count; step += 1) {
      found.add(opener.at + opener.length - step);
      found.add(closer.at + step - 1);
    }
    opener.length -= count;
    closer.length -= count;
    closer.at += count;
    if (opener.length === 0) openers.pop();
    back = 0;
  }
}

/** CommonMark's rule of three for marks in the middle of words. */
function pairs(opener: Mark, closer: Mark): boolean {
  if (!opener.closes && !closer.opens) return true;
  return (opener.whole + closer.whole) % 3 !== 0 || (opener.whole % 3 === 0 && closer.whole % 3 === 0);
}

/** A run of marks with CommonMark's left- and right-flanking; an underscore inside a word is text. */
function markAt(text: string, at: number, run: string): Mark {
  const { length } = run;
  const before = text.charAt(at - 1);
  const after = text.charAt(at + length);
  const left = !WHITE.test(after) && (!PUNCTUATION.test(after) || WHITE.test(before) || PUNCTUATION.test(before));
  const right = !WHITE.test(before) && (!PUNCTUATION.test(before) || WHITE.test(after) || PUNCTUATION.test(after));
  const word = run.startsWith('_');
  const opens = left && (!word || !right || PUNCTUATION.test(before));
  const closes = right && (!word || !left || PUNCTUATION.test(after));
  return { at, length, whole: length, opens, closes };
}
