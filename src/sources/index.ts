import { readBookmarks } from './bookmarks.ts';
import { readCsv } from './csv.ts';
import { readHtml } from './html.ts';
import { readJson } from './json.ts';
import { longLines } from './lines.ts';
import { readMarkdown } from './markdown.ts';
import { readOpml } from './opml.ts';
import type { Format, Source } from './source.ts';
import { readText } from './text.ts';

export { type Decoded, decodeSource } from './decode.ts';
export { formatOf, isSourceFile } from './format.ts';
export { type Edit, rewrite } from './rewrite.ts';
export type { Format, Source } from './source.ts';

const READERS: Readonly<Record<Format, (file: string, text: string) => Source>> = {
  markdown: readMarkdown,
  html: readHtml,
  text: readText,
  bookmarks: readBookmarks,
  opml: readOpml,
  csv: readCsv,
  json: readJson,
};

/**
 * Reads a list: every occurrence of a link in the order of the file, what a person should mend, and the file's anchors.
 * `text` is as `decodeSource` gives it. Never throws and takes time in proportion to the text, whatever is in it.
 */
export function readSource(file: string, text: string, format: Format): Source {
  const source = READERS[format](file, text);
  const problems = BY_LINE.has(format) ? longLines(file, text) : [];
  return problems.length === 0 ? source : { ...source, problems: [...problems, ...source.problems] };
}

/** Formats in which people write line by line; programs write whole documents of the others in one line. */
const BY_LINE: ReadonlySet<Format> = new Set(['markdown', 'text', 'csv']);
