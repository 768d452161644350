import type { Nodes, PhrasingContent, RootContent, Table } from 'mdast';
import type { Cursor } from './cursor.ts';
import { type InlineContext, readInline } from './inline.ts';
import type { Span } from './piece.ts';
import { place } from './place.ts';
import { definitionAt } from './resource.ts';
import { cellsOf, columnsOf } from './table.ts';

/** How HTML begins that goes on over blank lines, and what ends it. */
const HTML: readonly [RegExp, RegExp][] = [
  [/^<(?:script|pre|style|textarea)(?=[\s>]|$)/i, /<\/(?:script|pre|style|textarea)>/i],
  [/^<!--/, /-->/],
  [/^<\?/, /\?>/],
  [/^<!\[CDATA\[/, /\]\]>/],
  [/^<![a-z]/i, />/i],
];
const FENCE = /^(?:(`{3,})[^`]*$|(~{3,}))/;
const HEADING = /^(#{1,6})(?=[ \t]|$)/;
const UNDERLINE = /^(?:=+|-+)[ \t]*$/;

/** The block of text that lines are being added to. */
type Leaf =
  | { kind: 'paragraph'; lines: Span[] }
  | { kind: 'fence'; fence: string }
  | { kind: 'html'; ends: RegExp; start: number; end: number; lines: string[] }
  | { kind: 'table'; node: Table }
  | { kind: 'code' };

/** Is this line, without white space around it, a thematic break (`* * *`)? */
export function isThematic(line: string): boolean {
  const mark = line.charAt(0);
  if (mark !== '-' && mark !== '*' && mark !== '_') return false;
  let count = 0;
  for (const char of line) {
    if (char === mark) count += 1;
    else if (char !== ' ' && char !== '\t') return false;
  }
  return count >= 3;
}

/** Makes blocks of text from lines, of which the marks of quotations and lists around them have been taken. */
export class Leaves {
  /** Where finished blocks go. */
  into: RootContent[] = [];
  readonly #body: string;
  readonly #context: InlineContext;
  #leaf: Leaf | null = null;

  constructor(body: string, context: InlineContext) {
    this.#body = body;
    this.#context = context;
  }

  get inParagraph(): boolean {
    return this.#leaf?.kind === 'paragraph';
  }

  /** Is a block open in which Markdown means nothing? */
  get verbatim(): boolean {
    return this.#leaf?.kind === 'fence' || this.#leaf?.kind === 'html';
  }

  /** Does a line begin a block that can interrupt a paragraph? */
  begins({ indent, rest }: Cursor): boolean {
    if (indent >= 4) return false;
    return HEADING.test(rest) || FENCE.test(rest) || isThematic(rest) || HTML.some(([start]) => start.test(rest));
  }

  blank(): void {
    if (this.#leaf?.kind !== 'code') this.close();
  }

  /** One more line of a block in which Markdown means nothing. */
  verbatimLine(cursor: Cursor): void {
    const leaf = this.#leaf;
    if (leaf?.kind === 'html') {
      leaf.lines.push(this.#body.slice(cursor.at, cursor.end));
      leaf.end = cursor.end;
      if (leaf.ends.test(cursor.rest)) this.close();
    } else if (leaf?.kind === 'fence') {
      const rest = cursor.rest.trimEnd();
      const closes = rest.length >= leaf.fence.length && rest === leaf.fence.charAt(0).repeat(rest.length);
      if (closes && cursor.indent <= 3) this.close();
    }
  }

  paragraphLine(cursor: Cursor): void {
    const line = { start: cursor.first, end: cursor.end };
    if (this.#leaf?.kind === 'paragraph') this.#leaf.lines.push(line);
    else {
      this.close();
      this.#leaf = { kind: 'paragraph', lines: [line] };
    }
  }

  /** One more line of text, not blank. */
  line(cursor: Cursor): void {
    if (cursor.indent >= 4 && !this.inParagraph) {
      if (this.#leaf?.kind !== 'code') this.#verbatim(cursor, { kind: 'code' });
      return;
    }
    const { rest } = cursor;
    if (cursor.indent < 4 && (this.#underline(rest) || this.#tableHead(rest) || this.#start(cursor, rest))) return;
    if (this.#leaf?.kind === 'table') this.#row(this.#leaf.node, cursor.first, cursor.end);
    else this.paragraphLine(cursor);
  }

  /** Ends the block that is open. */
  close(): void {
    const leaf = this.#leaf;
    this.#leaf = null;
    if (leaf?.kind === 'paragraph') this.#paragraph(leaf.lines, false);
    if (leaf?.kind === 'html') this.#add({ type: 'html', value: leaf.lines.join('\n') }, leaf.start, leaf.end);
  }

  #add(node: RootContent, start: number, end: number): void {
    node.position = place(start, end);
    this.into.push(node);
  }

  #verbatim(cursor: Cursor, leaf: Leaf): void {
    this.close();
    this.#leaf = leaf;
    this.#add({ type: 'code', value: '' }, cursor.first, cursor.end);
  }

  #start(cursor: Cursor, rest: string): boolean {
    const heading = HEADING.exec(rest)?.[1];
    const fence = FENCE.exec(rest);
    if (heading !== undefined) this.#heading(cursor.first + heading.length, cursor.end);
    else if (isThematic(rest)) {
      this.close();
      this.#add({ type: 'thematicBreak' }, cursor.first, cursor.end);
    } else if (fence !== null) this.#verbatim(cursor, { kind: 'fence', fence: fence[1] ?? fence[2] ?? '' });
    else return this.#html(cursor, rest);
    return true;
  }

  #html(cursor: Cursor, rest: string): boolean {
    const kind = HTML.find(([start]) => start.test(rest));
    if (kind === undefined) return false;
    const [, ends] = kind;
    this.close();
    this.#leaf = { kind: 'html', ends, start: cursor.first, end: cursor.end, lines: [rest] };
    if (ends.test(rest)) this.close();
    return true;
  }

  #heading(start: number, end: number): void {
    this.close();
    let last = end;
    while (last > start && /[ \t]/.test(this.#body.charAt(last - 1))) last -= 1;
    const words = last;
    while (last > start && this.#body.charAt(last - 1) === '#') last -= 1;
    if (!/[ \t]/.test(this.#body.charAt(last - 1)) && last > start) last = words;
    const children = readInline(this.#body.slice(start, last), start, this.#context);
    this.#add({ type: 'heading', depth: 1, children }, start, end);
  }

  #underline(rest: string): boolean {
    if (this.#leaf?.kind !== 'paragraph' || !UNDERLINE.test(rest)) return false;
    const { lines } = this.#leaf;
    this.#leaf = null;
    return this.#paragraph(lines, true);
  }

  /** Definitions, and what text is left as a paragraph or a heading; false where none is. */
  #paragraph(lines: readonly Span[], heading: boolean): boolean {
    const start = lines[0]?.start ?? 0;
    const text = this.#joined(lines);
    let from = 0;
    for (let found = definitionAt(text, 0); found !== null; found = definitionAt(text, from)) {
      if (found.label.startsWith('^')) break;
      const node: Nodes = { type: 'definition', identifier: found.label, url: found.url };
      this.#context.spans.set(node, { start: start + found.start, end: start + found.end });
      this.#add(node, start + from, start + found.after);
      from = found.after;
    }
    const rest = text.slice(from);
    if (rest.trim() === '') return false;
    const children = readInline(rest, start + from, this.#context);
    const node: RootContent = heading ? { type: 'heading', depth: 1, children } : { type: 'paragraph', children };
    this.#add(node, start + from, start + text.length);
    return true;
  }

  /** The lines as they stand in the document, what stands between them blanked out. */
  #joined(lines: readonly Span[]): string {
    let text = '';
    lines.forEach(({ start, end }, index) => {
      text += this.#body.slice(start, end);
      const next = lines[index + 1];
      if (next !== undefined) text += this.#body.slice(end, next.start).replace(/[^\r\n]/g, ' ');
    });
    return text;
  }

  #tableHead(rest: string): boolean {
    if (this.#leaf?.kind !== 'paragraph') return false;
    const head = this.#leaf.lines.at(-1);
    const columns = head === undefined ? null : columnsOf(rest);
    if (head === undefined || columns === null || cellsOf(this.#body, head.start, head.end).length !== columns)
      return false;
    this.#leaf.lines.pop();
    if (this.#leaf.lines.length === 0) this.#leaf = null;
    this.close();
    const node: Table = { type: 'table', children: [] };
    this.#add(node, head.start, head.end);
    this.#leaf = { kind: 'table', node };
    this.#row(node, head.start, head.end);
    return true;
  }

  #row(table: Table, start: number, end: number): void {
    const cells = cellsOf(this.#body, start, end).map((cell) => {
      const children: PhrasingContent[] = readInline(this.#body.slice(cell.start, cell.end), cell.start, this.#context);
      return { type: 'tableCell' as const, children };
    });
    table.children.push({ type: 'tableRow', children: cells });
  }
}
