/**
 * The lines that most lists are made of: `- [text](address) more text`, headings, blank lines. Where a line holds nothing
 * that could mean anything else, what the parser would make of it is known beforehand, and the parser costs a hundred
 * times as much. Anything out of the ordinary (a mark of emphasis, an entity, a bare address, an indent) is left to it.
 */

/** Characters that are always text: no mark of Markdown, no entity, no edge of a word that `trim` takes away. */
const WORDS =
  '[-A-Za-z0-9 "$%\'()+,./:;=?!\\u00a1-\\u167f\\u1681-\\u1fff\\u200b-\\u2027\\u2030-\\u205e\\u2060-\\u2fff\\u3001-\\udfff\\uf900-\\ufefe\\uff00-\\uffef]';
/** Characters of an address that end nothing and escape nothing; a character reference would need a semicolon. */
const ADDRESS =
  "[-!$%'*+,./0-9:=?@A-Z_a-z~#&\\u00a1-\\u167f\\u1681-\\u1fff\\u200b-\\u2027\\u2030-\\u205e\\u2060-\\u2fff\\u3001-\\udfff\\uf900-\\ufefe\\uff00-\\uffef]";

const LINE = new RegExp(
  `(?:[-*+] \\[(?<text>${WORDS}+)\\]\\((?<address>${ADDRESS}+)\\)(?<tail>${WORDS}*)|#{1,6} (?<heading>${WORDS}+)|)(?:\\r\\n|\\n|(?![^]))`,
  'y',
);

/** What could begin a bare address in running text. */
const BARE = /www\.|:\/\//i;

/** A plain line, offsets in the text that was searched. */
export type PlainLine =
  | { kind: 'item'; at: number; text: string; start: number; end: number; tail: string }
  | { kind: 'heading'; text: string }
  | { kind: 'blank' };

/** Tells each plain line from `from` up to `to`; returns where the first line begins that is not plain. */
function scan(text: string, from: number, to: number, tell: (line: PlainLine, start: number) => void): number {
  let start = from;
  while (start < to) {
    LINE.lastIndex = start;
    const groups = LINE.exec(text)?.groups;
    const line = groups === undefined ? null : lineOf(groups, start);
    if (line === null) return start;
    tell(line, start);
    start = LINE.lastIndex;
  }
  return start;
}

function lineOf(groups: Record<string, string | undefined>, start: number): PlainLine | null {
  const { text, address, tail = '', heading } = groups;
  if (text !== undefined && address !== undefined) {
    if (isEdged(text) || tail.endsWith(' ') || BARE.test(text) || BARE.test(tail)) return null;
    const from = start + '- ['.length + text.length + ']('.length;
    return { kind: 'item', at: start + '- '.length, text, start: from, end: from + address.length, tail };
  }
  if (heading === undefined) return { kind: 'blank' };
  return isEdged(heading) || BARE.test(heading) ? null : { kind: 'heading', text: heading };
}

/** Does the text begin or end with a space? */
function isEdged(text: string): boolean {
  return text.startsWith(' ') || text.endsWith(' ');
}

/**
 * Where the plain lines end that begin at `from`, which must be where a block may begin. The last item before a line
 * that is not plain is not among them: that line may belong to it.
 */
export function plainEnd(text: string, from: number): number {
  let open: number | null = null;
  const end = scan(text, from, text.length, (line, start) => {
    if (line.kind !== 'blank') open = line.kind === 'item' ? start : null;
  });
  return end < text.length && open !== null ? open : end;
}

/** Tells the plain lines between two offsets that `plainEnd` has found. */
export function readPlain(text: string, from: number, to: number, tell: (line: PlainLine) => void): void {
  scan(text, from, to, tell);
}
