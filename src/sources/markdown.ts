import { parseDocument } from './markdown/parse.ts';
import { withoutFrontMatter } from './markdown/prepare.ts';
import { MarkdownReader } from './markdown/reader.ts';
import type { Source } from './source.ts';

/**
 * Reads CommonMark with GFM. The nearest heading before a link is its heading (that of a link in a heading is the
 * heading itself; a heading in a quotation counts only there). The blockquote right after the paragraph, heading or list
 * item that holds a link is the link's note; of several links in one paragraph those on its last line that has one.
 */
export function readMarkdown(file: string, text: string): Source {
  const { pieces, definitions } = parseDocument(withoutFrontMatter(text), text.charCodeAt(0) === 0xfeff ? 1 : 0);
  const reader = new MarkdownReader(text, definitions);
  for (const piece of pieces) reader.read(piece);
  return reader.finish(file);
}
