import type { ListItem, Nodes, RootContent } from 'mdast';
import { type CompileContext, fromMarkdown, type Extension as TreeExtension } from 'mdast-util-from-markdown';
import { gfmFromMarkdown } from 'mdast-util-gfm';
import { gfm } from 'micromark-extension-gfm';
import { libraryCost } from './cost.ts';
import { type Labels, labelsIn, labelsUsed, normalLabel, stubsFor } from './labels.ts';
import type { Piece, Span } from './piece.ts';
import { plainEnd } from './plain.ts';
import { readSimply } from './simple.ts';

/** A definition with its place in the document. */
export interface Defined {
  address: string;
  start: number;
  end: number;
}

export interface Document {
  /** In order, to be gone through once: trees of the simple reader are made as their turn comes. */
  pieces: Iterable<Piece>;
  /** By `normalLabel`; of several definitions of a label the first counts. */
  definitions: ReadonlyMap<string, Defined>;
}

type Open = CompileContext['stack'][number];

const SYNTAX = gfm();
// The transforms look for addresses in finished text, without positions and by recursion; `findBare` does that here.
const TREE: TreeExtension[] = gfmFromMarkdown().map(({ transforms: _, ...extension }) => extension);

/** UTF-16 units of a document that are parsed at a time; the parser's cost grows faster than the length of its input. */
const PIECE = 8_192;
/** A blank line, or the end of a line before an item of a list at the margin: there a piece may end. */
const BOUNDARY = /(?:\r\n|\n|\r(?!\n))(?:[ \t]*(?:\r\n|\n|\r(?!\n))|(?=(?:[-*+]|\d{1,9}[.)])[ \t]))/g;

/** Where no such place comes for this long, a piece ends with a line, and a quotation is cut too. */
const LONG = 32_768;
const LINE_END = /\r\n|\n|\r(?!\n)/g;

/** Cost (see `libraryCost`) of the dearest part that the library is given, and of all parts beside a share of the length. */
const DEAREST = 400_000;
const COST = 1_000_000;

/** Who may read: all three, as is right for a part, or for tests only the library or only the simple reader. */
export type Readers = 'all' | 'library' | 'simple';

/**
 * Parses CommonMark with GFM's extensions. The document is parsed piece by piece: the last block of a piece may go on
 * in the next one, so it is left to that (of a list, its last item; the rest of the list stays). What stands before the
 * offset `from` (a byte order mark) is no part of it. Lines that need no parser get none, and what would cost the
 * library too much is read simply, so that the time it takes grows with the length of the document and nothing else.
 */
export function parseDocument(body: string, from = 0, readers: Readers = 'all'): Document {
  const labels = labelsIn(body);
  const afford = allowance(body.length, readers);
  const pieces: Piece[] = [];
  let start = from;
  let size = PIECE;
  let whole = false;
  while (start < body.length) {
    const plain = readers === 'all' ? plainEnd(body, start) : start;
    if (plain > start) pieces.push(plainPiece(start, plain));
    start = plain;
    if (start >= body.length) break;
    let end = boundaryAfter(body, start + size, BOUNDARY);
    if (end - start > LONG && !whole) end = boundaryAfter(body, start + size, LINE_END);
    const piece = afford(body.slice(start, end))
      ? parsePiece(body, start, end, labels)
      : readSimply(body, start, end, labels);
    if (piece.cut <= start) {
      // A table cannot be cut.
      whole = piece.dropped === 'table' && !whole;
      size *= 4;
      continue;
    }
    pieces.push(piece.by === 'simple' ? withoutTree(piece) : piece);
    start = piece.cut;
    size = PIECE;
    whole = false;
  }
  const definitions = definitionsIn(pieces);
  const defined: Labels = new Map([...labels].filter(([label]) => label.startsWith('^') || definitions.has(label)));
  return { pieces: settled(body, pieces, defined, afford), definitions };
}

/** The pieces with their trees, read anew where the labels that are defined were not known. */
function* settled(body: string, pieces: readonly Piece[], defined: Labels, afford: Allowance): Generator<Piece> {
  for (const piece of pieces) {
    const known = [...piece.told].every((label) => defined.has(label));
    if (piece.by !== 'simple' && known) yield piece;
    else if (piece.by === 'library' && afford(body.slice(piece.start, piece.end)))
      yield parsePiece(body, piece.start, piece.end, defined);
    else yield readSimply(body.slice(0, piece.cut), piece.start, piece.cut, defined);
  }
}

/** Trees of a long list fill the memory, and this one costs little to make again; its definitions are needed before. */
function withoutTree(piece: Piece): Piece {
  const definitions = [...piece.spans].filter(([node]) => node.type === 'definition');
  return { ...piece, children: [], spans: new Map(definitions) };
}

/** Says whether the library is given a part. */
type Allowance = (part: string) => boolean;

/** Keeps account of what the library was given. */
function allowance(length: number, readers: Readers): Allowance {
  if (readers !== 'all') return () => readers === 'library';
  let left = COST + length / 8;
  return (part) => {
    const cost = libraryCost(part, PIECE);
    if (cost > Math.min(left, DEAREST)) return false;
    left -= cost;
    return true;
  };
}

function plainPiece(start: number, end: number): Piece {
  const nothing = { children: [], dropped: undefined, told: new Set<string>(), spans: new Map<Nodes, Span>() };
  return { ...nothing, by: 'plain', base: 0, start, end, cut: end };
}

/** The definitions of a document, by the normal form of their labels. */
function definitionsIn(pieces: readonly Piece[]): Map<string, Defined> {
  const definitions = new Map<string, Defined>();
  for (const { spans, base, start, cut } of pieces) {
    for (const [node, span] of spans) {
      if (node.type !== 'definition') continue;
      const at = span.start + base;
      const label = normalLabel(node.identifier);
      if (at < start || at >= cut || definitions.has(label)) continue;
      definitions.set(label, { address: node.url, start: at, end: span.end + base });
    }
  }
  return definitions;
}

function boundaryAfter(body: string, offset: number, boundary: RegExp): number {
  if (offset >= body.length) return body.length;
  boundary.lastIndex = offset;
  const match = boundary.exec(body);
  return match === null ? body.length : match.index + match[0].length;
}

function parsePiece(body: string, start: number, end: number, labels: Labels): Piece {
  const text = body.slice(start, end);
  const told = labelsUsed(text, labels);
  const stubs = stubsFor(told, labels);
  const spans = new Map<Nodes, Span>();
  const root = fromMarkdown(stubs + text, { extensions: [SYNTAX], mdastExtensions: [...TREE, recordSpans(spans)] });
  const children = root.children.filter((node) => (node.position?.start.offset ?? 0) >= stubs.length);
  const base = start - stubs.length;
  const dropped = children.at(-1)?.type;
  const cut = end < body.length ? start + cutLast(children, text, stubs.length) : end;
  return { by: 'library', children, base, start, end, cut, dropped, told, spans };
}

/**
 * Drops the last block and says where in `text` it begins: of a list that is its last item, of a long quotation (which
 * goes on as a new one) the last block in it.
 */
function cutLast(children: RootContent[], text: string, stubs: number): number {
  let siblings: (RootContent | ListItem)[] = children;
  for (let last = siblings.at(-1); last !== undefined; last = siblings.at(-1)) {
    const inside = last.type === 'list' || (last.type === 'blockquote' && text.length > LONG) ? last.children : [];
    if (inside.length === 0 || (last.type === 'list' && inside.length === 1)) break;
    if (last.type === 'blockquote' && siblings.length > 1) break;
    if (last.type === 'blockquote' && inside.length === 1 && inside[0]?.type !== 'list') break;
    siblings = inside;
    if (last.type === 'list') break;
  }
  const dropped = siblings.pop();
  let start = (dropped?.position?.start.offset ?? stubs) - stubs;
  while (start > 0 && !/[\r\n]/.test(text.charAt(start - 1))) start -= 1;
  return start;
}

/** Takes down where an address stands while the tree is made; the tree itself says only where the whole link is. */
function recordSpans(spans: Map<Nodes, Span>): TreeExtension {
  const record = (node: Open | undefined, start: number, end: number): void => {
    if (node !== undefined && node.type !== 'fragment') spans.set(node, { start, end });
  };
  return {
    enter: {
      // `[a]()` has no destination: its address would stand after the bracket.
      resource(token) {
        record(this.stack.at(-1), token.start.offset + 1, token.start.offset + 1);
      },
      resourceDestinationRaw(token) {
        record(this.stack.at(-1), token.start.offset, token.end.offset);
      },
      resourceDestinationLiteral(token) {
        record(this.stack.at(-1), token.start.offset + 1, token.end.offset - 1);
      },
      definitionDestinationRaw(token) {
        record(this.stack.at(-1), token.start.offset, token.end.offset);
      },
      definitionDestinationLiteral(token) {
        record(this.stack.at(-1), token.start.offset + 1, token.end.offset - 1);
      },
    },
  };
}
