import { readHtml } from './html.ts';
import { readMarkdown } from './markdown.ts';
import type { Format, Source } from './source.ts';
import { readText } from './text.ts';

export { type Decoded, decodeSource } from './decode.ts';
export { formatOf, isSourceFile } from './format.ts';
export { FORMATS, type Format, type Source } from './source.ts';

const READERS: Partial<Record<Format, (file: string, text: string) => Source>> = {
  markdown: readMarkdown,
  html: readHtml,
  text: readText,
};

/**
 * Reads a list: every occurrence of a link in the order of the file, what a person should mend, and the file's anchors.
 * `text` is as `decodeSource` gives it. Never throws and takes time in proportion to the text, whatever is in it.
 */
export function readSource(file: string, text: string, format: Format): Source {
  return (READERS[format] ?? readText)(file, text);
}
