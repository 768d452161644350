import type { Blockquote, Heading, Html, Image, ImageReference, Link, LinkReference, Nodes, Text } from 'mdast';
import { findBare } from '../bare.ts';
import { HtmlReader } from '../html-reader.ts';
import type { Lines } from '../lines.ts';
import { type Found, finish, type Source } from '../source.ts';
import { Switches } from '../switches.ts';
import { decodeEntities, visible } from '../tags.ts';
import { normalLabel } from './labels.ts';
import type { Defined } from './parse.ts';
import type { Piece } from './piece.ts';
import { type PlainLine, readPlain } from './plain.ts';
import { htmlSource, quoteText } from './quote.ts';
import { Slugs } from './slug.ts';
import { plainText, walk } from './walk.ts';

/** Blocks that hold blocks. */
const CONTAINERS = new Set(['root', 'blockquote', 'list', 'listItem', 'footnoteDefinition']);
/** Blocks after which a quotation is nobody's note. */
const STRANGERS = new Set(['code', 'table', 'thematicBreak', 'blockquote', 'footnoteDefinition']);

/**
 * Characters that links of one list may share, beside four for each of its own: a long note and a line full of links, or
 * a long address and a list full of references to it, would come to the square of the list's length.
 */
const SHARED = 1_000_000;
/** Characters of a defined address that any number of links may have. */
const USUAL_ADDRESS = 200;

/** Links in a block, as a range of what was found: a quotation right after the block is their note. */
interface Tail {
  from: number;
  to: number;
}

/** Collects links, anchors and switches from the pieces of one document, in its order. */
export class MarkdownReader {
  readonly #text: string;
  readonly #definitions: ReadonlyMap<string, Defined>;
  readonly #lines: Lines;
  readonly #found: Found[] = [];
  readonly #anchors: string[] = [];
  readonly #slugs = new Slugs();
  readonly #switches = new Switches();
  readonly #html: HtmlReader;
  /** For each open container, the outermost first: the links of the block that was last in it. */
  readonly #tails: (Tail | null)[] = [null];
  /** The heading to go back to at the end of each open quotation. */
  readonly #outer: (string | null)[] = [];
  /** Characters of notes and of long defined addresses that may yet be given to links. */
  #shared: number;
  readonly #used = new Set<Defined>();
  #blockFrom = 0;
  #inLink = 0;
  #base = 0;
  #spans: Piece['spans'] = new Map();

  constructor(text: string, lines: Lines, definitions: ReadonlyMap<string, Defined>) {
    this.#text = text;
    this.#definitions = definitions;
    this.#shared = SHARED + text.length * 4;
    this.#lines = lines;
    const headed = (heading: string): void => {
      this.#anchors.push(this.#slugs.next(heading));
    };
    this.#html = new HtmlReader(this.#found, this.#switches, (id) => this.#anchors.push(id), headed);
  }

  read(piece: Piece): void {
    if (piece.by === 'plain') {
      readPlain(this.#text, piece.start, piece.cut, (line) => this.#plainLine(line));
      return;
    }
    this.#base = piece.base;
    this.#spans = piece.spans;
    walk(
      { type: 'root', children: piece.children },
      { enter: (node, parent) => this.#enter(node, parent), leave: (node, parent) => this.#leave(node, parent) },
    );
  }

  #plainLine(line: PlainLine): void {
    if (line.kind === 'blank') return;
    const from = this.#found.length;
    this.#html.text(line.text);
    if (line.kind === 'heading') this.#headed(visible(line.text));
    else {
      const { at, start, end, text, tail } = line;
      const address = this.#text.slice(start, end);
      const heading = this.#html.heading;
      this.#found.push({ at, form: 'inline', address, start, end, text: visible(text), heading, note: null });
      this.#html.text(tail);
    }
    this.#html.endLink();
    this.#setTail({ from, to: this.#found.length });
  }

  finish(file: string): Source {
    const kept = this.#switches.filter(this.#found, this.#text, this.#lines);
    return finish(file, this.#text, this.#lines, kept, this.#anchors);
  }

  #enter(node: Nodes, parent: Nodes): boolean {
    if (node.type === 'blockquote') this.#openQuote(node);
    if (CONTAINERS.has(node.type)) this.#tails.push(null);
    else if (CONTAINERS.has(parent.type)) this.#blockFrom = this.#found.length;
    switch (node.type) {
      case 'heading':
        this.#openHeading(node);
        return true;
      case 'html':
        this.#readHtml(node);
        return true;
      case 'text':
        this.#readText(node);
        return true;
      case 'inlineCode':
        this.#html.text(node.value);
        return true;
      case 'link':
        return this.#openLink(node);
      case 'linkReference':
        this.#openReference(node);
        return true;
      case 'image':
      case 'imageReference':
        this.#readImage(node);
        return true;
      default:
        return true;
    }
  }

  #leave(node: Nodes, parent: Nodes): void {
    if (node.type === 'link' || node.type === 'linkReference') this.#inLink -= 1;
    if (node.type === 'blockquote') this.#html.heading = this.#outer.pop() ?? null;
    const tail = CONTAINERS.has(node.type) ? this.#tails.pop() : undefined;
    if (!CONTAINERS.has(parent.type)) {
      if (node.type === 'tableCell') this.#html.endLink();
      return;
    }
    if (node.type !== 'html') this.#html.endLink();
    if (STRANGERS.has(node.type)) this.#setTail(null);
    else if (tail !== undefined) this.#setTail(tail);
    else if (node.type !== 'definition' && !isComment(node))
      this.#setTail({ from: this.#blockFrom, to: this.#found.length });
  }

  #setTail(tail: Tail | null): void {
    this.#tails[this.#tails.length - 1] = tail;
  }

  #openQuote(node: Blockquote): void {
    const tail = this.#tails.at(-1) ?? null;
    if (tail !== null && tail.to > tail.from) {
      const note = quoteText(this.#text.slice(...this.#range(node)), this.#outer.length);
      const links = this.#found.slice(tail.from, tail.to);
      const lines = links.map(({ at }) => this.#lines.at(at).line);
      for (const [index, link] of links.entries()) {
        if (lines[index] === lines.at(-1) && note !== '' && this.#share(note.length)) link.note = note;
      }
    }
    this.#outer.push(this.#html.heading);
  }

  /** Says whether one more link may have a text of this length, which is written out again for each that has it. */
  #share(length: number): boolean {
    this.#shared -= length;
    return this.#shared >= 0;
  }

  #openHeading(node: Heading): void {
    this.#headed(visible(plainText(node)));
  }

  #headed(heading: string): void {
    this.#anchors.push(this.#slugs.next(heading));
    if (heading !== '') this.#html.heading = heading;
  }

  #readHtml(node: Html): void {
    const [start, end] = this.#range(node);
    this.#html.read(htmlSource(this.#text.slice(start, end), node.value), start);
  }

  #readText(node: Text): void {
    this.#html.text(node.value);
    if (this.#inLink === 0) this.#findBare(...this.#range(node));
  }

  #openLink(node: Link): boolean {
    this.#inLink += 1;
    const [start, end] = this.#range(node);
    const first = this.#text.charAt(start);
    if (first === '[') {
      this.#push(node, 'inline', node.url, this.#spanOf(node), visible(plainText(node)));
    } else if (first === '<') {
      this.#push(node, 'autolink', node.url, { start: start + 1, end: end - 1 }, this.#text.slice(start + 1, end - 1));
    } else {
      // What GFM takes for one address may hold a sentence, and in it a second address.
      this.#html.text(plainText(node));
      if (!node.url.startsWith('mailto:')) this.#findBare(start, end);
      return false;
    }
    return true;
  }

  #openReference(node: LinkReference): void {
    this.#inLink += 1;
    const defined = this.#defined(node.identifier);
    if (defined !== undefined) this.#push(node, 'reference', defined.address, defined, visible(plainText(node)));
  }

  /** A definition, unless its address is long and too many links have it already. */
  #defined(identifier: string): Defined | undefined {
    const defined = this.#definitions.get(normalLabel(identifier));
    if (defined === undefined) return undefined;
    const first = !this.#used.has(defined);
    this.#used.add(defined);
    const long = defined.end - defined.start - USUAL_ADDRESS;
    return first || long <= 0 || this.#share(long) ? defined : undefined;
  }

  #readImage(node: Image | ImageReference): void {
    const alt = visible(node.alt ?? '');
    this.#html.text(node.alt ?? '');
    if (node.type === 'image') {
      this.#push(node, 'image', node.url, this.#spanOf(node), alt);
      return;
    }
    const defined = this.#defined(node.identifier);
    if (defined !== undefined) this.#push(node, 'image', defined.address, defined, alt);
  }

  #findBare(from: number, to: number): void {
    if (this.#html.inLink) return;
    for (const { start, end } of findBare(this.#text, from, to)) {
      const raw = this.#text.slice(start, end);
      const address = decodeEntities(/^w/i.test(raw) ? `http://${raw}` : raw);
      this.#found.push({
        at: start,
        form: 'bare',
        address,
        start,
        end,
        text: raw,
        heading: this.#html.heading,
        note: null,
      });
    }
  }

  #push(node: Nodes, form: Found['form'], address: string, span: { start: number; end: number }, text: string): void {
    const { start, end } = span;
    const [at] = this.#range(node);
    const heading = this.#html.heading;
    this.#found.push({ at, form, address, start, end, text: text || address, heading, note: null });
  }

  #spanOf(node: Nodes): { start: number; end: number } {
    const span = this.#spans.get(node);
    const start = (span?.start ?? 0) + this.#base;
    return { start, end: (span?.end ?? 0) + this.#base };
  }

  #range(node: Nodes): [start: number, end: number] {
    const start = (node.position?.start.offset ?? 0) + this.#base;
    return [start, (node.position?.end.offset ?? 0) + this.#base];
  }
}

function isComment(node: Nodes): boolean {
  return node.type === 'html' && node.value.startsWith('<!--') && node.value.trimEnd().endsWith('-->');
}
