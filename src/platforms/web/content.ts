import { buildArticle, extractArticle, type Page } from '../../article/index.ts';
import type { Article } from '../../types.ts';
import { countChars } from '../sight.ts';

/** What kind of thing an answer is, by its declared type and its first bytes. */
export type Kind = 'html' | 'text' | 'markdown' | 'json' | 'file';

/** The kind of an answer and the media type that says so. */
export function kindOf(page: Page): { kind: Kind; type: string } {
  const declared = (page.headers['content-type'] ?? '').split(';')[0]?.trim().toLowerCase() ?? '';
  const type = declared === '' || declared === 'application/octet-stream' ? sniffed(page) : declared;
  if (/^(?:text\/html|application\/xhtml\+xml)$/.test(type)) return { kind: 'html', type };
  if (type === 'text/markdown' || type === 'text/x-markdown') return { kind: 'markdown', type };
  if (type === 'application/json' || type.endsWith('+json')) return { kind: 'json', type };
  if (type === 'text/plain') return { kind: isMarkdownPath(page.url) ? 'markdown' : plainKind(page), type };
  return { kind: 'file', type };
}

/** Servers without a type for a page send HTML as text/plain; a page begins as one. */
function plainKind(page: Page): Kind {
  return looksLikeHtml(page) ? 'html' : 'text';
}

function isMarkdownPath(url: string): boolean {
  return URL.canParse(url) && /\.(?:md|markdown|mdown)$/i.test(new URL(url).pathname);
}

const MAGIC: readonly (readonly [string, string])[] = [
  ['%PDF-', 'application/pdf'],
  ['\x89PNG', 'image/png'],
  ['\xff\xd8\xff', 'image/jpeg'],
  ['GIF8', 'image/gif'],
  ['PK\x03\x04', 'application/zip'],
  ['\x1f\x8b', 'application/gzip'],
];

function sniffed(page: Page): string {
  const head = Buffer.from(page.body.subarray(0, 8)).toString('latin1');
  const magic = MAGIC.find(([sign]) => head.startsWith(sign));
  if (magic !== undefined) return magic[1];
  if (page.body.subarray(0, 1024).includes(0)) return 'application/octet-stream';
  return looksLikeHtml(page) || page.headers['content-type'] === undefined ? 'text/html' : 'text/plain';
}

function looksLikeHtml(page: Page): boolean {
  const head = Buffer.from(page.body.subarray(0, 1024)).toString('latin1').trimStart();
  return /^(?:\u00ef\u00bb\u00bf)?\s*<(?:!doctype html|html|head|body|\?xml|meta|title|script|!--)/i.test(head);
}

const opened = new WeakMap<Page, { article: Article | null; prose: number }>();

/**
 * The article of a page by general rules and how many characters of it are not links. Kept beside the page, because
 * seeing and reading both need it and it is the dearest step of a visit.
 */
export function articleOf(page: Page): { article: Article | null; prose: number } {
  const known = opened.get(page);
  if (known !== undefined) return known;
  const { kind } = kindOf(page);
  const article = kind === 'html' ? extractArticle(page) : kind === 'text' || kind === 'markdown' ? ofText(page) : null;
  const made = { article, prose: article === null ? 0 : proseOf(article) };
  opened.set(page, made);
  return made;
}

/** Characters of a clean article outside its tags and links. */
function proseOf({ html }: Article): number {
  let count = 0;
  let linked = false;
  for (let at = 0; at < html.length; ) {
    const tag = html.indexOf('<', at);
    if (!linked) count += countChars(html.slice(at, tag < 0 ? html.length : tag));
    const end = tag < 0 ? -1 : html.indexOf('>', tag);
    if (end < 0) break;
    if (/^<\/?a[\s>]/.test(html.slice(tag, tag + 4))) linked = html[tag + 1] !== '/';
    at = end + 1;
  }
  return count;
}

/** Longest plain text that becomes an article, in characters. */
const LONGEST = 2_000_000;

/** Plain text as an article: paragraphs where blank lines part them; Markdown keeps its own text. */
function ofText(page: Page): Article | null {
  const text = page.text.slice(0, LONGEST).replace(/\r\n?/g, '\n').trim();
  if (text === '') return null;
  const title = /^#\s+(.{1,200})$/m.exec(text.slice(0, 2000))?.[1]?.trim() ?? null;
  const content = text
    .split(/\n{2,}/)
    .map((block) => `<p>${block.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/\n/g, '<br>')}</p>`);
  return buildArticle({ content: content.join(''), baseUrl: page.url, title });
}
