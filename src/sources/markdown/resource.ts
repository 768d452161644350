import { decodeEntities } from '../tags.ts';

/** A destination: its own characters (no pointed brackets), what they mean, and the offset behind it. */
export interface Destination {
  start: number;
  end: number;
  url: string;
  after: number;
}

export interface DefinitionFound extends Destination {
  label: string;
}

/** Round brackets in one another that the destination of a link may hold; one of a definition may hold any number. */
const DEEPEST_BRACKETS = 32;
const LONGEST_LABEL = 999;
/** How far into a title in round brackets another may open; CommonMark has none in it, the library any. */
const LONGEST_OPEN = 200;
const SPACE = /[ \t\r\n]/;
// biome-ignore lint/suspicious/noControlCharactersInRegex: no destination may hold one of them.
const CONTROL = /[\u0000-\u0020\u007f]/;

/** What backslash escapes and character references in Markdown stand for. */
export function unescaped(text: string): string {
  return text.replace(
    /\\([!-/:-@[-`{-~]|(?=[\r\n]))|&(?:#x[0-9a-f]{1,6}|#[0-9]{1,7}|[a-z][a-z0-9]{0,31});/gi,
    (written, escaped?: string) => escaped ?? decodeEntities(written),
  );
}

/** The resource of an inline link, `(destination "title")`, whose bracket opens at `open`; null where there is none. */
export function resourceAt(text: string, open: number): Destination | null {
  const first = skipSpace(text, open + 1);
  // `[a]()` has no destination: its address would stand after the bracket.
  if (text.charAt(first) === ')') return { start: open + 1, end: open + 1, url: '', after: first + 1 };
  const destination = destinationAt(text, first, DEEPEST_BRACKETS);
  if (destination === null) return null;
  const next = skipSpace(text, destination.after);
  if (text.charAt(next) === ')') return { ...destination, after: next + 1 };
  const title = next > destination.after ? titleEnd(text, next) : null;
  if (title === null) return null;
  const end = skipSpace(text, title);
  return text.charAt(end) === ')' ? { ...destination, after: end + 1 } : null;
}

/** The definition that begins at `at`; what comes after it on its last line is white space. */
export function definitionAt(text: string, at: number): DefinitionFound | null {
  const open = skipSpace(text, at);
  const close = labelEnd(text, open);
  if (close === null || text.charAt(close + 1) !== ':') return null;
  const label = text.slice(open + 1, close);
  const destination = destinationAt(text, skipSpace(text, close + 2), Number.POSITIVE_INFINITY);
  if (destination === null) return null;
  const next = skipSpace(text, destination.after);
  const title = next > destination.after ? titleEnd(text, next) : null;
  const titled = title === null ? null : restOfLine(text, title);
  const after = titled ?? restOfLine(text, destination.after);
  return after === null ? null : { ...destination, label, after };
}

/** Where the label that opens at `open` closes; labels hold no brackets but escaped ones. */
export function labelEnd(text: string, open: number): number | null {
  if (text.charAt(open) !== '[') return null;
  const last = Math.min(text.length, open + 2 + LONGEST_LABEL);
  for (let at = open + 1; at < last; at += 1) {
    const char = text.charAt(at);
    if (char === '\\') at += 1;
    else if (char === '[') return null;
    else if (char === ']') return text.slice(open + 1, at).trim() === '' ? null : at;
  }
  return null;
}

/** The offset behind the line's end where only white space is left of the line, else null. */
function restOfLine(text: string, from: number): number | null {
  const rest = /[ \t]*(?:\r\n|\n|\r|$)/y;
  rest.lastIndex = from;
  return rest.test(text) ? rest.lastIndex : null;
}

function skipSpace(text: string, from: number): number {
  let at = from;
  while (at < text.length && SPACE.test(text.charAt(at))) at += 1;
  return at;
}

function destinationAt(text: string, from: number, deepest: number): Destination | null {
  const pointed = text.charAt(from) === '<';
  const start = pointed ? from + 1 : from;
  const end = pointed ? pointedEnd(text, start) : rawEnd(text, start, deepest);
  if (end === null || (!pointed && end === start)) return null;
  return { start, end, url: unescaped(text.slice(start, end)), after: pointed ? end + 1 : end };
}

function pointedEnd(text: string, from: number): number | null {
  for (let at = from; at < text.length; at += 1) {
    const char = text.charAt(at);
    if (char === '>') return at;
    if (char === '<' || char === '\n' || char === '\r') return null;
    if (char === '\\' && /[<>\\]/.test(text.charAt(at + 1))) at += 1;
  }
  return null;
}

function rawEnd(text: string, from: number, deepest: number): number | null {
  let depth = 0;
  for (let at = from; at < text.length; at += 1) {
    const char = text.charAt(at);
    if (char === ')' && depth === 0) return at;
    if (CONTROL.test(char)) return depth === 0 && SPACE.test(char) ? at : null;
    if (char === '(') depth += 1;
    else if (char === ')') depth -= 1;
    else if (char === '\\' && /[\\()]/.test(text.charAt(at + 1))) at += 1;
    if (depth > deepest) return null;
  }
  return depth === 0 ? text.length : null;
}

/** The offset behind the title that begins at `from`, or null. */
function titleEnd(text: string, from: number): number | null {
  const open = text.charAt(from);
  if (open !== '"' && open !== "'" && open !== '(') return null;
  const close = open === '(' ? ')' : open;
  for (let at = from + 1; at < text.length; at += 1) {
    const char = text.charAt(at);
    if (char === close) return at + 1;
    if (char === open && at - from > LONGEST_OPEN) return null;
    if (char === '\\') at += 1;
  }
  return null;
}
