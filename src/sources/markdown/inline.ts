import type { Image, Link, Nodes, PhrasingContent, Text } from 'mdast';
import { findBare } from '../bare.ts';
import { emphasisMarks } from './emphasis.ts';
import { type Labels, normalLabel } from './labels.ts';
import type { Span } from './piece.ts';
import { place } from './place.ts';
import { labelEnd, resourceAt, unescaped } from './resource.ts';
import { TagScanner } from './tag-scanner.ts';
import { plainText } from './walk.ts';

/** Brackets that may be open at a time; the outermost of more are text. */
const OPEN = 2000;
/** What makes text more than text: a mark, an escape, an entity, a bare address. */
const BUSY = /[\\`<[\]!&*_~]|www\.|:\/\//i;
const SPECIAL = /[\\`<[\]!]/g;
const AUTOLINK =
  /<(?:[a-z][a-z0-9+.-]{1,31}:[^\s<>\p{Cc}]*|[\w.!#$%&'*+/=?^`{|}~-]+@[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?(?:\.[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?)*)>/iuy;

/** What the blocks of a part of a document share. */
export interface InlineContext {
  labels: Labels;
  /** Labels that were taken to be defined. */
  told: Set<string>;
  /** Where the addresses of links, images and definitions stand in the document. */
  spans: Map<Nodes, Span>;
}

/** A bracket that is open: where it stands, and what had been read when it came. */
interface Bracket {
  at: number;
  image: boolean;
  /** Items before it; the text right before it may belong to the item after those. */
  items: number;
  textFrom: number;
  /** Holds a bracket, so what is between the two is no label. */
  holds: boolean;
}

/**
 * Reads the inline content of one block for its links in time that is linear in its length, whatever it holds. Follows
 * CommonMark and GFM but for emphasis, which is taken out of the text and makes no nodes.
 * @param base offset in the document at which `text` begins
 */
export function readInline(text: string, base: number, context: InlineContext): PhrasingContent[] {
  // Text in which no link can be needs no place.
  return BUSY.test(text) ? new InlineReader(text, base, context).read() : [{ type: 'text', value: text }];
}

class InlineReader {
  readonly #text: string;
  readonly #base: number;
  readonly #context: InlineContext;
  readonly #tags: TagScanner;
  /** For each length of a run of backticks where such runs begin, the last first. */
  readonly #ticks = new Map<number, number[]>();
  #items: PhrasingContent[] = [];
  #brackets: Bracket[] = [];
  /** Brackets of links below this height stand around a link: links hold no links. */
  #closed = 0;
  #textFrom = 0;

  constructor(text: string, base: number, context: InlineContext) {
    this.#text = text;
    this.#base = base;
    this.#context = context;
    this.#tags = new TagScanner(text);
    for (const { 0: run, index } of text.matchAll(/`+/g)) {
      const runs = this.#ticks.get(run.length) ?? [];
      if (runs.push(index) === 1) this.#ticks.set(run.length, runs);
    }
    for (const runs of this.#ticks.values()) runs.reverse();
  }

  read(): PhrasingContent[] {
    const special = new RegExp(SPECIAL);
    for (let match = special.exec(this.#text); match !== null; match = special.exec(this.#text)) {
      special.lastIndex = this.#at(match[0], match.index);
    }
    this.#flush(this.#text.length);
    return this.#named(this.#items, true);
  }

  /** Reads what begins at an offset; the offset behind it. */
  #at(char: string, at: number): number {
    switch (char) {
      case '\\':
        return at + 2;
      case '`':
        return this.#code(at);
      case '<':
        return this.#angle(at);
      case '[':
        this.#open(at, at, false);
        return at + 1;
      case '!':
        if (this.#text.charAt(at + 1) !== '[') return at + 1;
        this.#open(at, at + 1, true);
        return at + 2;
      default:
        return this.#close(at);
    }
  }

  #code(at: number): number {
    let after = at;
    while (this.#text.charAt(after) === '`') after += 1;
    const length = after - at;
    const runs = this.#ticks.get(length);
    while (runs !== undefined && (runs.at(-1) ?? after) < after) runs.pop();
    const closing = runs?.at(-1);
    if (closing === undefined) return after;
    const words = this.#text.slice(after, closing).replace(/\r\n|\n|\r/g, ' ');
    const padded = words.startsWith(' ') && words.endsWith(' ') && words.trim() !== '';
    this.#push({ type: 'inlineCode', value: padded ? words.slice(1, -1) : words }, at, closing + length);
    return closing + length;
  }

  #angle(at: number): number {
    AUTOLINK.lastIndex = at;
    if (AUTOLINK.test(this.#text)) {
      const end = AUTOLINK.lastIndex;
      const written = this.#text.slice(at + 1, end - 1);
      const url = /^[a-z][a-z0-9+.-]{1,31}:/i.test(written) ? written : `mailto:${written}`;
      this.#push({ type: 'link', url, children: [{ type: 'text', value: written }] }, at, end);
      return end;
    }
    const end = this.#tags.endOf(at);
    if (end === null) return at + 1;
    // What stood before a line of it in a quotation or list was blanked out; `htmlSource` finds it by the difference.
    const value = this.#text.slice(at, end).replace(/([\r\n])[ \t]+/g, '$1');
    this.#push({ type: 'html', value }, at, end);
    return end;
  }

  #open(at: number, bracket: number, image: boolean): void {
    const outer = this.#brackets.at(-1);
    if (outer !== undefined) outer.holds = true;
    this.#brackets.push({ at, image, items: this.#items.length, textFrom: bracket + 1, holds: false });
    if (this.#brackets.length <= OPEN) return;
    this.#brackets = this.#brackets.slice(OPEN / 2);
    this.#closed = Math.max(0, this.#closed - OPEN / 2);
  }

  #close(at: number): number {
    const bracket = this.#brackets.pop();
    if (bracket === undefined) return at + 1;
    const active = bracket.image || this.#brackets.length >= this.#closed;
    this.#closed = Math.min(this.#closed, this.#brackets.length);
    if (!active) return at + 1;
    const resource = this.#text.charAt(at + 1) === '(' ? resourceAt(this.#text, at + 1) : null;
    if (resource === null) return this.#reference(bracket, at);
    const { url, start, end, after } = resource;
    const children = this.#inside(bracket, at);
    const node: Link | Image = bracket.image
      ? { type: 'image', url, alt: plainText({ type: 'paragraph', children }) }
      : { type: 'link', url, children };
    this.#push(node, bracket.at, after);
    this.#context.spans.set(node, { start: start + this.#base, end: end + this.#base });
    this.#ended(bracket);
    return after;
  }

  /** A reference: `[text][label]`, or `[label][]`, or `[label]` where no other bracket follows. */
  #reference(bracket: Bracket, at: number): number {
    const labelClose = labelEnd(this.#text, at + 1);
    const own = bracket.holds || at - bracket.textFrom > 999 ? '' : this.#text.slice(bracket.textFrom, at);
    const collapsed = this.#text.startsWith('[]', at + 1);
    const full = labelClose === null ? '' : this.#text.slice(at + 2, labelClose);
    const note = own.startsWith('^') && this.#isLabel(own);
    const identifier = this.#text.charAt(at + 1) === '[' && !collapsed && !note ? full : own;
    if (!this.#isLabel(identifier)) return at + 1;
    this.#context.told.add(normalLabel(identifier));
    const children = this.#inside(bracket, at);
    if (note) {
      this.#push({ type: 'footnoteReference', identifier }, bracket.at, at + 1);
      return at + 1;
    }
    const after = identifier === full && labelClose !== null ? labelClose + 1 : collapsed ? at + 3 : at + 1;
    if (bracket.image) {
      const alt = plainText({ type: 'paragraph', children });
      this.#push({ type: 'imageReference', identifier, alt, referenceType: 'full' }, bracket.at, after);
    } else {
      this.#push({ type: 'linkReference', identifier, children, referenceType: 'full' }, bracket.at, after);
      this.#ended(bracket);
    }
    return after;
  }

  #isLabel(text: string): boolean {
    return text !== '' && this.#context.labels.has(normalLabel(text));
  }

  #ended(bracket: Bracket): void {
    if (!bracket.image) this.#closed = this.#brackets.length;
  }

  /** Takes what was read since a bracket opened; the text before the bracket stays. */
  #inside(bracket: Bracket, at: number): PhrasingContent[] {
    this.#flush(at);
    const inside = this.#items.splice(bracket.items);
    const first = inside[0];
    const { start, end } = first === undefined ? { start: at, end: at } : this.#own(first);
    if (first?.type === 'text' && start < bracket.textFrom) {
      inside.shift();
      if (start < bracket.at) this.#items.push(this.#textNode(start, bracket.at));
      if (end > bracket.textFrom) inside.unshift(this.#textNode(bracket.textFrom, end));
    }
    this.#textFrom = at;
    return this.#named(inside, false);
  }

  #push(node: PhrasingContent, start: number, end: number): void {
    if (this.#textFrom < start) this.#flush(start);
    node.position = place(start + this.#base, end + this.#base);
    this.#items.push(node);
    this.#textFrom = end;
  }

  #flush(end: number): void {
    if (end > this.#textFrom) this.#items.push(this.#textNode(this.#textFrom, end));
    this.#textFrom = end;
  }

  #textNode(start: number, end: number): Text {
    return { type: 'text', value: '', position: place(start + this.#base, end + this.#base) };
  }

  /**
   * Gives the texts of one link or block their values: what was written without escapes and marks of emphasis. Outside
   * of links (`bare`) addresses may stand, of which such marks are a part.
   */
  #named(items: PhrasingContent[], bare: boolean): PhrasingContent[] {
    const texts = items.filter((item) => item.type === 'text');
    const parts = texts.map((node) => this.#own(node));
    const words = bare ? parts.flatMap((part) => this.#withoutBare(part)) : parts;
    const marks = emphasisMarks(this.#text, words);
    texts.forEach((node, index) => {
      const { start, end } = parts[index] ?? { start: 0, end: 0 };
      let value = '';
      let from = start;
      for (let at = start; marks.size > 0 && at < end; at += 1) {
        if (!marks.has(at)) continue;
        value += this.#text.slice(from, at);
        from = at + 1;
      }
      node.value = unescaped(value + this.#text.slice(from, end));
    });
    return items;
  }

  #withoutBare({ start, end }: Span): Span[] {
    const parts: Span[] = [];
    let from = start;
    for (const address of findBare(this.#text, start, end)) {
      parts.push({ start: from, end: address.start });
      from = address.end;
    }
    return [...parts, { start: from, end }];
  }

  /** Where a node stands in the text of this block. */
  #own({ position }: PhrasingContent): Span {
    return { start: (position?.start.offset ?? 0) - this.#base, end: (position?.end.offset ?? 0) - this.#base };
  }
}
