import { type ChildNode, Document, DomHandler, Element, type ParentNode } from 'domhandler';
import { Parser } from 'htmlparser2';
import { withoutDeepTags } from './shallow.ts';
import { BLOCK } from './vocabulary.ts';

/** Elements stand at most this deep in one another; browsers flatten there too. */
const MAX_DEPTH = 512;

/** How many nodes may stand side by side: selecting among the children of one element takes time by their square. */
const MAX_SIBLINGS = 2048;
/** The same at the top, where every search begins. */
const MAX_ROOTS = 256;

/** Thrown through the parser by the handler below, and caught there. */
class TooDeep extends Error {}

/**
 * Counts the open elements and stops the parser where there are too many: its own stack costs time by its depth.
 * Where one element has too many children, the further ones are put into anonymous spans.
 */
class BoundedHandler extends DomHandler {
  readonly #limit: number;
  #depth = 0;
  readonly #overflow = new Map<ParentNode, Element>();

  constructor(limit: number) {
    super();
    this.#limit = limit;
  }

  override onopentag(name: string, attribs: Element['attribs']): void {
    if (++this.#depth > this.#limit) throw new TooDeep('markup is nested too deeply');
    super.onopentag(name, attribs);
  }

  override ontext(data: string): void {
    const parent = this.tagStack[this.tagStack.length - 1];
    if (data.length >= LONG_SCRIPT && parent?.type === 'script' && isProgram(data.slice(0, HEAD), data.length)) return;
    super.ontext(data);
  }

  override onclosetag(_name?: string, implied?: boolean): void {
    this.#depth--;
    const element = this.tagStack[this.tagStack.length - 1];
    if (implied === true && element instanceof Element && element.name === 'a') dropRunawayLink(element);
    super.onclosetag();
  }

  protected override addNode(node: ChildNode): void {
    const parent = this.tagStack[this.tagStack.length - 1];
    if (parent === undefined || parent.children.length < (parent === this.root ? MAX_ROOTS : MAX_SIBLINGS)) {
      super.addNode(node);
      return;
    }
    let span = this.#overflow.get(parent);
    if (span === undefined || span.children.length >= MAX_SIBLINGS) {
      span = new Element('span', {});
      super.addNode(span);
      this.#overflow.set(parent, span);
    }
    this.tagStack.push(span);
    super.addNode(node);
    this.tagStack.pop();
  }
}

/** A link that nobody closed and that swallowed blocks of the page is none: its author meant the first words. */
function dropRunawayLink(link: Element): void {
  if (link.children.some((child) => child instanceof Element && (BLOCK.has(child.name) || child.name === 'a')))
    delete link.attribs.href;
}

/**
 * Parses HTML to a tree with htmlparser2: five times faster than an HTML5 parser, at the price of no tree repair.
 * No tree is deeper than about 512 elements: tags beyond that are left out of the markup, their content stays.
 * Of long programs in the page only the `<script>` element is kept.
 */
export function parseMarkup(html: string): Document {
  return parse([html]) ?? parse([withoutDeepTags(html, MAX_DEPTH)], 4 * MAX_DEPTH) ?? new Document([]);
}

/**
 * The same from the bytes of faultless UTF-8, piece by piece: the whole text never stands in memory, and the pieces
 * without a Chinese character (most of the scripts) take one byte a character instead of two. Null: nested too deeply.
 */
export function parseUtf8(body: Uint8Array): Document | null {
  return parse(pieces(body));
}

/** Markup is cut after so many bytes. */
const MAX_PIECE = 16_384;

/**
 * Cut before and after long scripts: the source of each is then one slice of one piece, and is not copied again.
 * Programs are left out before they are decoded.
 */
function* pieces(body: Uint8Array): Generator<string> {
  const bytes = Buffer.from(body.buffer, body.byteOffset, body.byteLength);
  let from = 0;
  for (let at = bytes.indexOf('<script'); at >= 0; at = bytes.indexOf('<script', at)) {
    const end = bytes.indexOf('</script', at);
    if (end < 0) break;
    if (end - at >= LONG_SCRIPT) {
      yield* cut(bytes, from, at);
      const source = bytes.indexOf('>', at) + 1;
      const tag = bytes.toString('utf8', at, source);
      const program = isPlainTag(tag) && isProgram(bytes.toString('latin1', source, source + HEAD), end - source);
      yield program ? tag : bytes.toString('utf8', at, end);
      from = end;
    }
    at = end;
  }
  yield* cut(bytes, from, bytes.length);
}

function* cut(bytes: Buffer, start: number, end: number): Generator<string> {
  for (let from = start; from < end; ) {
    let to = Math.min(end, from + MAX_PIECE);
    // Not within a character: its further bytes begin with the bits 10.
    while (to < end && ((bytes[to] ?? 0) & 0xc0) === 0x80) to--;
    yield bytes.toString('utf8', from, to);
    from = to;
  }
}

/** Does the tag really end at the first `>`, outside of quotes? */
function isPlainTag(tag: string): boolean {
  return tag.length > 0 && (tag.split('"').length % 2) * (tag.split("'").length % 2) === 1;
}

/** Scripts from this length on, in bytes, are looked at for being programs. */
const LONG_SCRIPT = 65_536;
/** So much of a script shows what it is. */
const HEAD = 400;
/** What bundlers put around a program: a function in strict mode, or a module that asks where it is loaded. */
const PROGRAM =
  /^[\s;!(+~-]*(?:(?:var|let|const)\s+[\w$]{1,60}\s*=\s*)?[\s!(]*function\s*[\w$]{0,60}\s*\([\w$\s,]{0,80}\)\s*\{\s*(?:['"]use strict['"]|['"]object['"]\s*={2,3}\s*typeof\s+exports|typeof\s+exports)/;

/**
 * Is a long script a program, told by its beginning? Readers look for data in scripts; a bundle of a megabyte holds
 * none, and there may be several in one page.
 */
function isProgram(head: string, length: number): boolean {
  return length >= LONG_SCRIPT && PROGRAM.test(head.slice(0, HEAD));
}

/** The tree, or null where its elements stand deeper than `limit`. */
function parse(markup: Iterable<string>, limit = MAX_DEPTH + 8): Document | null {
  const handler = new BoundedHandler(limit);
  const parser = new Parser(handler, { decodeEntities: true });
  try {
    for (const piece of markup) parser.write(piece);
    parser.end();
  } catch (error) {
    if (!(error instanceof TooDeep)) throw error;
    return null;
  }
  return handler.root;
}
