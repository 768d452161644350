import type { Problem } from '../types.ts';
import { Lines } from './lines.ts';
import { parseDocument, type Readers } from './markdown/parse.ts';
import type { Piece } from './markdown/piece.ts';
import { withoutFrontMatter } from './markdown/prepare.ts';
import { MarkdownReader } from './markdown/reader.ts';
import type { Source } from './source.ts';

/**
 * Reads CommonMark with GFM. The nearest heading before a link is its heading (that of a link in a heading is the
 * heading itself; a heading in a quotation counts only there). The blockquote right after the paragraph, heading or list
 * item that holds a link is the link's note; of several links in one paragraph those on its last line that has one.
 * Code of the one problem: `source/read-simply`, where the library would have taken too long.
 */
export function readMarkdown(file: string, text: string, readers: Readers = 'all'): Source {
  const body = withoutFrontMatter(text);
  const { pieces, definitions } = parseDocument(body, text.charCodeAt(0) === 0xfeff ? 1 : 0, readers);
  const lines = new Lines(text);
  const reader = new MarkdownReader(text, lines, definitions);
  const simple: Part[] = [];
  for (const piece of pieces) {
    reader.read(piece);
    if (piece.by === 'simple') add(simple, piece);
  }
  const source = reader.finish(file);
  return readers === 'all' ? { ...source, problems: simplified(file, lines, simple) } : source;
}

type Part = Pick<Piece, 'start' | 'cut'>;

/** Parts that follow one another are one. */
function add(parts: Part[], { start, cut }: Part): void {
  const last = parts.at(-1);
  if (last?.cut === start) last.cut = cut;
  else parts.push({ start, cut });
}

/** Says where the first part stands that was read simply, and how many more there are. */
function simplified(file: string, lines: Lines, [first, ...more]: readonly Part[]): Problem[] {
  if (first === undefined) return [];
  const { line } = lines.at(first.start);
  const last = lines.at(Math.max(first.start, first.cut - 1)).line;
  const where = more.length === 0 ? `up to line ${last}` : `up to line ${last}, and in ${more.length} later parts,`;
  const message = `${where} this is too much for the Markdown parser; its links are read by simpler rules: break it up with blank lines`;
  return [{ file, line, column: null, code: 'source/read-simply', message }];
}
