/** A bare address in running text: `[start, end)` in UTF-16 offsets of the text that was searched. */
export interface Bare {
  start: number;
  end: number;
}

const BEGINNING = /https?:\/\/|www\.(?=[^\s.])/gi;
const ASCII_LETTER = /[a-z]/i;
/** GFM lets `www.` begin a link only at a boundary; a non-ASCII character (Chinese) is one. */
const BEFORE_WWW = /[\s*_~([\]<>"'`|,;\u0080-\uffff]/;
const ASCII_END = /[\s<>"`\p{Cc}]/u;
/** Letters that may stand in a host name but, in the path of a bare address, are the sentence that goes on. */
const CJK = /[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Hangul}\p{sc=Bopomofo}]/u;
/** One more label of a host name (`www.例子.测试`), and not the sentence after a full stop. */
const FOREIGN_LABEL = /[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Hangul}\p{sc=Bopomofo}]{1,63}\.[\p{L}\p{N}]/uy;
/** Full-width and typographic punctuation, symbols, emoji and invisible characters. */
const FOREIGN_END =
  /[\s\p{Cc}\u00ab\u00bb\u200b-\u200f\u2010-\u2027\u2028-\u205e\u2060\u3000-\u303f\ufe10-\ufe1f\ufe30-\ufe6f\uff00-\uffef\ufeff\p{Extended_Pictographic}\p{Co}\p{Cs}]/u;
const TRAILING = new Set(['?', '!', '.', ',', ':', ';', '*', '_', '~', "'", '"']);
const HOST_FIRST = /[\p{L}\p{N}[]/u;
const LONGEST_HOST = 260;
/** Behind `www.` stand two labels or more, of the characters that GFM lets a domain have. */
const WWW_HOST = /^www\.[\p{L}\p{M}\p{N}_-]+\.[\p{L}\p{M}\p{N}_-]/iu;

/**
 * Finds the bare web addresses between two offsets of a text by GFM's rules for where they end, and more strictly:
 * full-width punctuation, Chinese, Japanese and Korean text and emoji end one too, because there they are the sentence
 * that goes on. In the host name such letters are kept (`https://例子.测试`). Runs in linear time.
 */
export function findBare(text: string, from = 0, to = text.length): Bare[] {
  const part = from === 0 && to === text.length ? text : text.slice(from, to);
  const found: Bare[] = [];
  const beginning = new RegExp(BEGINNING);
  for (let match = beginning.exec(part); match !== null; match = beginning.exec(part)) {
    const end = endOf(part, match);
    if (end === null) continue;
    found.push({ start: from + match.index, end: from + end });
    beginning.lastIndex = end;
  }
  return found;
}

function endOf(text: string, match: RegExpExecArray): number | null {
  const { index } = match;
  const before = text.charAt(index - 1);
  const www = match[0].length === 4;
  if (www ? before !== '' && !BEFORE_WWW.test(before) : ASCII_LETTER.test(before)) return null;
  // Looked at before the run is measured, so that a flood of half addresses costs no more than its length.
  const host = index + match[0].length;
  if (!HOST_FIRST.test(characterAt(text, host))) return null;
  if (www && !WWW_HOST.test(text.slice(index, index + LONGEST_HOST))) return null;
  const run = runEnd(text, host);
  // Pointed brackets around it say where it ends, as RFC 3986 (appendix C) advises.
  if (before === '<' && text.charAt(run) === '>') return run;
  const end = trimEnd(text, index, run);
  return end > host ? end : null;
}

/** The whole character at an offset; NUL, which no address holds, at the end of the text. */
function characterAt(text: string, at: number): string {
  return String.fromCodePoint(text.codePointAt(at) ?? 0);
}

/** Where the unbroken run of address characters ends. */
function runEnd(text: string, host: number): number {
  let foreignHost = CJK.test(characterAt(text, host));
  let inHost = true;
  let at = host;
  while (at < text.length) {
    const code = text.charCodeAt(at);
    if (code < 0x80) {
      const char = text.charAt(at);
      if (ASCII_END.test(char)) return at;
      if (char === '/' || char === '?' || char === '#') inHost = false;
      at += 1;
      continue;
    }
    const point = characterAt(text, at);
    if (inHost && !foreignHost && text.charAt(at - 1) === '.') {
      FOREIGN_LABEL.lastIndex = at;
      foreignHost = FOREIGN_LABEL.test(text);
    }
    if (FOREIGN_END.test(point) || (CJK.test(point) && !(inHost && foreignHost))) return at;
    at += point.length;
  }
  return at;
}

/** Takes off what GFM does not count as part of an address: closing punctuation, unpaired brackets, an entity. */
function trimEnd(text: string, start: number, end: number): number {
  let round = 0;
  let square = 0;
  for (let at = start; at < end; at += 1) {
    const char = text.charAt(at);
    if (char === '(') round += 1;
    else if (char === ')') round -= 1;
    else if (char === '[') square += 1;
    else if (char === ']') square -= 1;
  }
  let last = end;
  while (last > start) {
    const char = text.charAt(last - 1);
    if (char === ';') {
      const entity = /&[a-z0-9]{1,31};$/i.exec(text.slice(Math.max(start, last - 33), last));
      last -= entity?.[0].length ?? 1;
    } else if (TRAILING.has(char)) last -= 1;
    else if (char === ')' && round < 0) {
      round += 1;
      last -= 1;
    } else if (char === ']' && square < 0) {
      square += 1;
      last -= 1;
    } else break;
  }
  return last;
}
