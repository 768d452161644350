/** Words longer than this are cut, in the index and in the query alike. */
const LONGEST_WORD = 32;

/**
 * Folds a text for comparison without changing its length, so that places in the folded text are places in the text:
 * upper to lower case, full-width Latin letters and digits to plain ones, line breaks and odd spaces to a space.
 */
export function fold(text: string): string {
  const lower = text.toLowerCase();
  const even =
    lower.length === text.length
      ? lower
      : text.replace(/[A-Z\u00c0-\u00de\u0391-\u03a9\u0410-\u042f]/g, (unit) => unit.toLowerCase());
  return even.replace(/[\uff01-\uff5e]|[^\S ]/g, foldUnit);
}

function foldUnit(unit: string): string {
  const code = unit.charCodeAt(0);
  return code >= 0xff01 && code <= 0xff5e ? String.fromCharCode(code - 0xfee0).toLowerCase() : ' ';
}

/** A unit of a script written without spaces: Han, kana, hangul, and the halves of characters beyond U+FFFF. */
export function isDense(code: number): boolean {
  if (code < 0x2e80) return false;
  if (code <= 0x2fdf) return true;
  if (code <= 0x303f) return code >= 0x3005 && code <= 0x3007;
  return (
    (code <= 0x30ff && code !== 0x30fb) ||
    (code >= 0x3400 && code <= 0x4dbf) ||
    (code >= 0x4e00 && code <= 0x9fff) ||
    (code >= 0xac00 && code <= 0xdfff) ||
    (code >= 0xf900 && code <= 0xfaff)
  );
}

/** A unit of a word in a script written with spaces, or a digit. The text is folded. */
export function isWord(code: number): boolean {
  if (code < 0x80) return (code >= 0x61 && code <= 0x7a) || (code >= 0x30 && code <= 0x39);
  return code >= 0xc0 && code < 0x2000 && code !== 0xd7 && code !== 0xf7;
}

/** A stretch of a folded text: dense script or one word. */
export interface Run {
  dense: boolean;
  start: number;
  end: number;
}

/** The runs of a folded text in order. */
function* runs(folded: string): Generator<Run> {
  let at = 0;
  while (at < folded.length) {
    const code = folded.charCodeAt(at);
    const dense = isDense(code);
    if (!dense && !isWord(code)) {
      at++;
      continue;
    }
    const start = at;
    do at++;
    while (at < folded.length && (dense ? isDense(folded.charCodeAt(at)) : isWord(folded.charCodeAt(at))));
    yield { dense, start, end: at };
  }
}

/** Takes the terms of a text: pairs as the codes of their two units, all others as strings. */
export interface TermVisitor {
  pair(first: number, second: number): void;
  word(term: string): void;
}

/**
 * The terms of a folded text, each as often as it occurs: every pair of neighbours in dense script, every word, and
 * single dense characters that begin no pair, so that searching for one character finds it too.
 */
export function eachTerm(folded: string, visitor: TermVisitor): void {
  const starts = new Set<number>();
  const ends = new Set<number>();
  for (const run of runs(folded)) {
    if (!run.dense) {
      visitor.word(folded.slice(run.start, Math.min(run.end, run.start + LONGEST_WORD)));
      continue;
    }
    let first = folded.charCodeAt(run.start);
    for (let at = run.start + 1; at < run.end; at++) {
      const second = folded.charCodeAt(at);
      visitor.pair(first, second);
      starts.add(first);
      first = second;
    }
    ends.add(first);
  }
  for (const end of ends) if (!starts.has(end)) visitor.word(String.fromCharCode(end));
}

/** What the index must be asked for so that it can hold a literal: terms, the last one perhaps as a prefix. */
export interface Needed {
  term: string;
  prefix: boolean;
}

/** The terms that any text holding the folded literal must have. */
export function neededTerms(literal: string): Needed[] {
  const needed: Needed[] = [];
  for (const run of runs(literal)) {
    if (!run.dense) {
      const term = literal.slice(run.start, Math.min(run.end, run.start + LONGEST_WORD));
      needed.push({ term, prefix: run.end === literal.length });
    } else if (run.end - run.start === 1) {
      needed.push({ term: literal.slice(run.start, run.end), prefix: true });
    } else {
      for (let at = run.start; at + 1 < run.end; at++) needed.push({ term: literal.slice(at, at + 2), prefix: false });
    }
  }
  return needed;
}

/** True where having the needed terms is the same as holding the literal: one pair, one character, or one word. */
export function isExact(literal: string): boolean {
  const first = neededTerms(literal);
  const dense = isDense(literal.charCodeAt(0));
  return (
    first.length === 1 &&
    (dense
      ? literal.length <= 2
      : /^[^\s]*$/.test(literal) && [...runs(literal)][0]?.end === literal.length && isWord(literal.charCodeAt(0)))
  );
}
