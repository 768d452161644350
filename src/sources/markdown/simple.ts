import type { Blockquote, FootnoteDefinition, ListItem, RootContent } from 'mdast';
import { Cursor } from './cursor.ts';
import type { InlineContext } from './inline.ts';
import type { Labels } from './labels.ts';
import { isThematic, Leaves } from './leaf.ts';
import type { Piece } from './piece.ts';
import { place } from './place.ts';

/** Quotations and items in one another; the marks of more are text. */
const DEEPEST = 40;
const LINE = /[^\r\n]*(\r\n|\n|\r|$)/y;
/** An item at the margin that has something in it: where it stands after another item, a part may end before it. */
const MARGIN = /[-+*][ \t]+[^ \t\r\n]/y;
const ITEM = /^(?:[-+*]|(\d{1,9})[.)])(?=[ \t]|$)/;
const NOTE = /^\[\^[^\s[\]]{1,999}\]:/;

/** A quotation, or what is indented: an item of a list, the text of a footnote. */
interface Container {
  node: Blockquote | ListItem | FootnoteDefinition;
  /** Columns by which the lines of what is indented are indented. */
  width: number;
  /** An item whose first line is blank ends with the next blank line. */
  empty: boolean;
}

/**
 * Reads a part of a document for its links without the library, in time that is linear in its length, whatever it
 * holds. The tree is that of CommonMark with GFM but for three things: items stand beside one another without a list
 * around them; there is no emphasis; a block of HTML that is no comment or script is a paragraph, so that links in
 * Markdown inside it are found too. Ends at the first place from `end` on where a block may begin.
 */
export function readSimply(body: string, start: number, end: number, labels: Labels): Piece {
  const context: InlineContext = { labels, told: new Set(), spans: new Map() };
  const reader = new BlockReader(body, context);
  const cut = reader.read(start, end);
  const { told, spans } = context;
  return { by: 'simple', children: reader.children, base: 0, start, end: cut, cut, dropped: undefined, told, spans };
}

class BlockReader {
  readonly children: RootContent[] = [];
  readonly #body: string;
  readonly #leaves: Leaves;
  readonly #containers: Container[] = [];

  constructor(body: string, context: InlineContext) {
    this.#body = body;
    this.#leaves = new Leaves(body, context);
    this.#leaves.into = this.children;
  }

  /** Reads lines; where the last of them ends. */
  read(start: number, end: number): number {
    let at = start;
    let blank = true;
    while (at < this.#body.length) {
      if (at >= end && this.#mayEnd(at, blank)) break;
      LINE.lastIndex = at;
      const ending = LINE.exec(this.#body)?.[1] ?? '';
      const cursor = new Cursor(this.#body, at, LINE.lastIndex - ending.length);
      blank = cursor.char === '';
      this.#line(cursor);
      at = LINE.lastIndex === at ? at + 1 : LINE.lastIndex;
    }
    this.#closeTo(0);
    this.#leaves.close();
    return at;
  }

  /** May a part end before the line at `at`? `blank`: is the line before it blank? */
  #mayEnd(at: number, blank: boolean): boolean {
    if (this.#leaves.verbatim) return false;
    MARGIN.lastIndex = at;
    if (this.#containers[0]?.node.type === 'listItem' && MARGIN.test(this.#body)) return true;
    return blank && /[^ \t\r\n]/.test(this.#body.charAt(at));
  }

  #line(cursor: Cursor): void {
    const containers = this.#containers;
    let depth = 0;
    for (let next = containers[0]; next !== undefined && goesOn(next, cursor); next = containers[depth]) depth += 1;
    const all = depth === containers.length;
    if (all && this.#leaves.verbatim) this.#leaves.verbatimLine(cursor);
    else if (cursor.char === '') this.#blank(depth);
    else this.#text(cursor, depth, all);
    for (const { node } of containers) if (node.position) node.position.end.offset = cursor.end;
  }

  #blank(depth: number): void {
    this.#closeTo(depth);
    this.#leaves.blank();
  }

  #text(cursor: Cursor, matched: number, all: boolean): void {
    const lazy = this.#leaves.inParagraph && !all;
    let depth = matched;
    for (let next = this.#begin(cursor, depth, depth === matched && all); next !== null; ) {
      this.#closeTo(depth);
      this.#leaves.close();
      this.#push(next);
      depth += 1;
      if (cursor.char === '') return;
      next = this.#begin(cursor, depth, false);
    }
    if (lazy && depth === matched && !this.#leaves.begins(cursor)) {
      this.#leaves.paragraphLine(cursor);
      return;
    }
    this.#closeTo(depth);
    this.#leaves.line(cursor);
  }

  #push(container: Container): void {
    this.#containers.push(container);
    this.#leaves.into.push(container.node);
    this.#leaves.into = container.node.children;
  }

  #closeTo(depth: number): void {
    if (this.#containers.length <= depth) return;
    this.#leaves.close();
    this.#containers.length = depth;
    this.#leaves.into = this.#containers.at(-1)?.node.children ?? this.children;
  }

  /** The container that begins here, its mark taken; `within`: right after the lines of an open paragraph. */
  #begin(cursor: Cursor, depth: number, within: boolean): Container | null {
    if (cursor.indent >= 4 || depth >= DEEPEST) return null;
    const { first, rest } = cursor;
    const position = place(first, cursor.end);
    if (rest.startsWith('>')) {
      cursor.take(1);
      if (cursor.indent > 0) cursor.skip(1);
      return { node: { type: 'blockquote', children: [], position }, width: 0, empty: false };
    }
    const note = NOTE.exec(rest)?.[0];
    if (note !== undefined) {
      cursor.take(note.length);
      cursor.skip(cursor.indent);
      return { node: { type: 'footnoteDefinition', identifier: note, children: [], position }, width: 4, empty: false };
    }
    return isThematic(rest) ? null : itemAt(cursor, within && this.#leaves.inParagraph);
  }
}

/** Is this line inside the container too? Takes the mark or the indent that says so. */
function goesOn(container: Container, cursor: Cursor): boolean {
  const blank = cursor.char === '';
  if (container.node.type === 'blockquote') {
    if (blank || cursor.indent >= 4 || cursor.char !== '>') return false;
    cursor.take(1);
    if (cursor.indent > 0) cursor.skip(1);
    return true;
  }
  if (blank) return !container.empty;
  if (cursor.indent < container.width) return false;
  cursor.skip(container.width);
  container.empty = false;
  return true;
}

function itemAt(cursor: Cursor, interrupts: boolean): Container | null {
  const { first, rest } = cursor;
  const mark = ITEM.exec(rest);
  if (mark === null) return null;
  const empty = rest.slice(mark[0].length).trim() === '';
  if (interrupts && (empty || (mark[1] !== undefined && Number(mark[1]) !== 1))) return null;
  const before = cursor.indent + mark[0].length;
  cursor.take(mark[0].length);
  const after = empty || cursor.indent > 4 ? 1 : cursor.indent;
  cursor.skip(after);
  const position = place(first, cursor.end);
  return { node: { type: 'listItem', children: [], position }, width: before + after, empty };
}
