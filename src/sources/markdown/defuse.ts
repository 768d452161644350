import { normalLabel } from './labels.ts';

/**
 * The parser takes time that grows with the square of some things that no list needs: containers in containers on one
 * line, brackets that close nothing, labels that nothing defines, lazy lines, underlined headings, thousands of marks
 * of emphasis or of ampersands. Here such marks are replaced by others of the same
 * length, so that offsets stay true and links stay links. What a reader sees is turned back by `restore`.
 */

/** Deepest nesting of quotations and lists that one line may open. */
const DEEPEST = 40;
/** Brackets that a block may hold before they are looked at. */
const BRACKETS = 200;
/** Lines of a block that may follow a quoted line without a mark of their own. */
const LAZY = 200;
/** Underlines of headings that a block may hold. */
const UNDERLINES = 100;
/** Ampersands that one run of characters may hold. */
const AMPERSANDS = 1000;
const AMPERSAND = '\ue026';
/** Stand-ins for `[` and `]`, from the private use area. */
const OPENING = '\ue05b';
const CLOSING = '\ue05d';
const EMPHASIS = new Map([...'*_~'].map((char) => [char, String.fromCharCode(char.charCodeAt(0) + 0xe000)]));
/** Marks of emphasis that one paragraph may hold. */
const MARKS = 2000;

/** Turns the stand-ins in a piece of text back into what was written. */
export function restore(text: string): string {
  return text.replace(/[\ue026\ue02a\ue05b\ue05d\ue05f\ue07e]/g, (char) =>
    String.fromCharCode(char.charCodeAt(0) - 0xe000),
  );
}

/** `labels` are the labels, in normal form, that the document may define. */
export function defuse(body: string, labels: ReadonlyMap<string, string>): string {
  const shallow = body.replace(/^(?:[ \t]*(?:>|(?:[-+*]|\d{1,9}[.)])(?=[ \t]))){41,}/gm, flatten);
  const blocks: string[] = [];
  let from = 0;
  for (const blank of shallow.matchAll(/^[ \t]*(?:\r\n|\n|\r)/gm)) {
    const end = blank.index + blank[0].length;
    blocks.push(defuseBlock(shallow.slice(from, end), labels));
    from = end;
  }
  blocks.push(defuseBlock(shallow.slice(from), labels));
  return blocks.join('');
}

function flatten(marks: string): string {
  let depth = 0;
  return marks.replace(/>|[-+*]|\d{1,9}[.)]/g, (mark) => {
    depth += 1;
    return depth > DEEPEST ? 'x'.repeat(mark.length) : mark;
  });
}

interface Pair {
  open: number;
  close: number;
}

/** A quotation of which hundreds of lines lack marks (lazy lines) is read as plain text. */
function withoutLazyLines(block: string): string {
  if (!block.includes('>')) return block;
  let lazy = 0;
  let open = 0;
  for (const [marks, own] of block.matchAll(/^[ \t>]*([-+*#]|\d{1,9}[.)])?/gm)) {
    const depth = countOf(marks, '>');
    // An item or a heading begins something new.
    if (depth < open && own === undefined) lazy += 1;
    else open = depth;
  }
  return lazy <= LAZY ? block : block.replace(/^[ \t>]+/gm, (marks) => marks.replaceAll('>', 'x'));
}

/** An item that hundreds of lines without an indent go on with is read as plain text, marks and all. */
function withoutLazyItems(block: string): string {
  const flat = new Set<number>();
  let item = 0;
  let lazy = 0;
  for (const { 0: marks, 1: list, index } of block.matchAll(
    /^[ \t>]*((?:(?:[-+*]|\d{1,9}[.)])[ \t]+)+)?(?=[^\s>])/gm,
  )) {
    if (list !== undefined) [item, lazy] = [index, 0];
    else if (marks === '' && ++lazy > LAZY) flat.add(item);
  }
  if (flat.size === 0) return block;
  return block.replace(/^[ \t>]*(?:(?:[-+*]|\d{1,9}[.)])[ \t]+)+/gm, (marks: string, at: number) =>
    flat.has(at) ? marks.replace(/\S/g, 'x') : marks,
  );
}

/** Hundreds of underlined headings without a blank line between them are read as text. */
function withoutUnderlines(block: string): string {
  const underline = /^([ \t>]*)(=+|-+)(?=[ \t]*$)/gm;
  let count = 0;
  for (const _ of block.matchAll(underline)) count += 1;
  return count <= UNDERLINES
    ? block
    : block.replace(underline, (_, before: string, line: string) => before + 'x'.repeat(line.length));
}

/** A run of thousands of ampersands is no address; where one ends, the parser would ask at each of them. */
function withoutAmpersands(block: string): string {
  if (countOf(block, '&') <= AMPERSANDS) return block;
  return block.replace(/\S{1001,}/g, (run) => (countOf(run, '&') <= AMPERSANDS ? run : run.replaceAll('&', AMPERSAND)));
}

/** Where a new paragraph begins without a blank line: at an item of a list, a row of a table, a heading. */
const PARAGRAPHS = /(?<=[\r\n])(?=[ \t>]*(?:[-+*]|\d{1,9}[.)]|#{1,6}|\|)[^\r\n])/;

/** Emphasis does not matter to links; thousands of its marks in one paragraph are put out of action. */
function withoutEmphasis(block: string): string {
  if ((block.match(/[*_~]/g)?.length ?? 0) <= MARKS) return block;
  const paragraphs = block.split(PARAGRAPHS).map((paragraph) => {
    if ((paragraph.match(/[*_~]/g)?.length ?? 0) <= MARKS) return paragraph;
    return paragraph.replace(/[*_~]/g, (char) => EMPHASIS.get(char) ?? char);
  });
  return paragraphs.join('');
}

function defuseBlock(source: string, labels: ReadonlyMap<string, string>): string {
  const block = withoutEmphasis(withoutAmpersands(withoutUnderlines(withoutLazyItems(withoutLazyLines(source)))));
  if (countOf(block, ']') <= BRACKETS) return block;
  const { pairs, loose, open } = matchBrackets(block);
  const chars = new Set<number>(open.length > BRACKETS ? open : []);
  // A bracket that seems to close nothing may, where the opening one stands in code; but not hundreds of times.
  let spared = 0;
  for (const at of loose) {
    if (block.charAt(at + 1) === '(' && spared < BRACKETS) spared += 1;
    else chars.add(at);
  }
  const byOpen = new Map(pairs.map((pair) => [pair.open, pair]));
  const isLabel = ({ open, close }: Pair): boolean =>
    close - open <= 1000 && labels.has(normalLabel(block.slice(open + 1, close)));
  for (const pair of pairs) {
    const next = block.charAt(pair.close + 1);
    const label = next === '[' ? byOpen.get(pair.close + 1) : undefined;
    if ((next === '(' && closes(block, pair.close + 2)) || isLabel(pair) || (label !== undefined && isLabel(label)))
      continue;
    chars.add(pair.open);
    chars.add(pair.close);
  }
  return chars.size === 0 ? block : replaceAt(block, chars);
}

/** Can the destination that begins here come to its closing bracket? (CommonMark: at most 32 levels of brackets in it.) */
function closes(block: string, from: number): boolean {
  const angle = /\s*<[^<>\r\n]{0,20000}/y;
  angle.lastIndex = from;
  if (angle.test(block)) return block.charAt(angle.lastIndex) === '>';
  let depth = 1;
  for (let at = from; at < block.length && depth <= 33; at += 1) {
    const char = block.charAt(at);
    if (char === '\\') at += 1;
    else if (char === '(') depth += 1;
    else if (char === ')') depth -= 1;
    else if (at > from && /\s/.test(char)) return /[\s"'()]/.test(block.charAt(at + 1));
    if (depth === 0) return true;
  }
  return false;
}

function countOf(text: string, char: string): number {
  let count = 0;
  for (let at = text.indexOf(char); at >= 0; at = text.indexOf(char, at + 1)) count += 1;
  return count;
}

/** Pairs brackets by their order, those in code spans and behind backslashes left out; `loose` close nothing, `open` are not closed. */
function matchBrackets(block: string): { pairs: Pair[]; loose: number[]; open: number[] } {
  const pairs: Pair[] = [];
  const loose: number[] = [];
  const open: number[] = [];
  const codeEnd = codeEnds(block);
  let codeUntil = 0;
  for (const match of block.matchAll(/\\[^\r\n]|`+|[[\]]/g)) {
    if (match.index < codeUntil) continue;
    if (match[0].startsWith('`')) codeUntil = codeEnd.get(match.index) ?? 0;
    else if (match[0] === '[') open.push(match.index);
    else if (match[0] === ']') {
      const start = open.pop();
      if (start === undefined) loose.push(match.index);
      else pairs.push({ open: start, close: match.index });
    }
  }
  return { pairs, loose, open };
}

/** For each run of backticks that could open a code span, where the next run of the same length ends. */
function codeEnds(block: string): Map<number, number> {
  const ends = new Map<number, number>();
  const last = new Map<number, number>();
  for (const { 0: run, index } of block.matchAll(/`+/g)) {
    const opening = last.get(run.length);
    if (opening !== undefined) ends.set(opening, index + run.length);
    last.set(run.length, index);
  }
  return ends;
}

function replaceAt(block: string, chars: ReadonlySet<number>): string {
  return block.replace(/[[\]]/g, (char, at: number) => (!chars.has(at) ? char : char === '[' ? OPENING : CLOSING));
}
