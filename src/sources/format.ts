import type { Format } from './source.ts';

const BY_EXTENSION = new Map<string, Format>([
  ...['md', 'markdown', 'mdown', 'mkd', 'mkdn', 'mdx', 'qmd', 'rmd'].map(
    (extension) => [extension, 'markdown'] as const,
  ),
  ...['html', 'htm', 'xhtml'].map((extension) => [extension, 'html'] as const),
  ...['txt', 'text', 'urls', 'list'].map((extension) => [extension, 'text'] as const),
  ...['csv', 'tsv'].map((extension) => [extension, 'csv'] as const),
  ...['json', 'jsonl', 'ndjson'].map((extension) => [extension, 'json'] as const),
  ['opml', 'opml'],
]);

const BOOKMARKS = /^\ufeff?\s*<!DOCTYPE\s+NETSCAPE-Bookmark-file-1/i;
const OPML = /^\ufeff?\s*(?:<\?xml[^>]*>\s*)?(?:<!--[^>]*-->\s*)?<opml[\s>]/i;
const HTML = /^\ufeff?\s*(?:<!doctype\s+html|<html[\s>])/i;
const JSON_LIST = /^\ufeff?\s*(?:\{\s*["}]|\[\s*[{\]"])/;

/** Characters of a text that are looked at to tell its format. */
const HEAD = 2048;

/** Does a file name say that linkark reads it? Used to choose the lists of a folder. */
export function isSourceFile(file: string): boolean {
  return BY_EXTENSION.has(extensionOf(file));
}

/**
 * The format of a list by the extension of its name and, where that leaves it open (a bookmark file is named `.html`,
 * standard input is named `-`), by its first characters. Markdown where nothing speaks for another one.
 */
export function formatOf(file: string, text: string): Format {
  const named = BY_EXTENSION.get(extensionOf(file));
  const head = text.slice(0, HEAD);
  if (named === 'html') return BOOKMARKS.test(head) ? 'bookmarks' : 'html';
  if (named !== undefined) return named;
  if (BOOKMARKS.test(head)) return 'bookmarks';
  if (OPML.test(head)) return 'opml';
  if (HTML.test(head)) return 'html';
  return JSON_LIST.test(head) ? 'json' : 'markdown';
}

function extensionOf(file: string): string {
  return /\.([^./\\]+)$/.exec(file)?.[1]?.toLowerCase() ?? '';
}
