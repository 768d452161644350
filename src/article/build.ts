import { load } from 'cheerio/slim';
import type { AnyNode, Element } from 'domhandler';
import type { Root } from 'hast';
import type { Article, Picture } from '../types.ts';
import { type CleanOptions, cleanTree, type Rewrite } from './clean.ts';
import { treeMarkdown } from './markdown.ts';
import { parseMarkup } from './parse.ts';
import { makeSafe } from './safe.ts';
import { treeText } from './text.ts';

/** What a reader hands over; the rest of the article is made from it. */
export interface ArticleInput {
  /** The body: HTML text, or nodes of a page (a cheerio selection is such a list). The nodes are not changed. */
  content: string | Iterable<AnyNode>;
  /** Absolute address that relative ones are resolved against. */
  baseUrl: string;
  title?: string | null;
  author?: string | null;
  account?: string | null;
  published?: string | null;
  updated?: string | null;
  language?: string | null;
  partial?: boolean;
  original?: string | null;
  options?: BuildOptions;
}

export interface BuildOptions {
  /** Selectors of elements left out with all they hold. Keep them simple: no descendant combinators on deep trees. */
  dropSelectors?: readonly string[];
  /** Nodes left out with all they hold. */
  drop?: ReadonlySet<AnyNode>;
  /** Address of an `<img>`; undefined: by the general rules (lazy attributes, srcset, src); null: no picture. */
  pictureUrl?: (img: Element) => string | null | undefined;
  /** Address of a link that goes through a redirector; undefined: the link's own. */
  linkUrl?: (a: Element) => string | undefined;
  /** What to make of an element that only this platform understands; undefined: by the general rules. */
  rewrite?: (element: Element) => Rewrite | undefined;
  /** Keep pictures that are set as CSS backgrounds. */
  backgrounds?: boolean;
}

/** Makes an article: clean HTML, Markdown, text and pictures from one pass over one tree. */
export function buildArticle(input: ArticleInput): Article {
  const { tree, html, pictures } = clean(input.content, input.baseUrl, input.options ?? {});
  return {
    title: oneLine(input.title),
    author: oneLine(input.author),
    account: oneLine(input.account),
    published: input.published ?? null,
    updated: input.updated ?? null,
    language: input.language ?? null,
    html,
    markdown: treeMarkdown(tree),
    text: treeText(tree),
    pictures,
    partial: input.partial ?? false,
    original: input.original ?? null,
  };
}

/** HTML by the allow-list: nothing that runs, absolute addresses, lazy pictures resolved. */
export function cleanHtml(content: string | Iterable<AnyNode>, baseUrl: string, options: BuildOptions = {}): string {
  return clean(content, baseUrl, options).html;
}

/** The same as GitHub-flavoured Markdown. */
export function toMarkdown(content: string | Iterable<AnyNode>, baseUrl: string, options: BuildOptions = {}): string {
  return treeMarkdown(clean(content, baseUrl, options).tree);
}

/** The same as plain text, one line a block. */
export function toText(content: string | Iterable<AnyNode>, baseUrl: string, options: BuildOptions = {}): string {
  return treeText(clean(content, baseUrl, options).tree);
}

/** The pictures of a piece of HTML in order of appearance, every address once. */
export function findPictures(
  content: string | Iterable<AnyNode>,
  baseUrl: string,
  options: BuildOptions = {},
): Picture[] {
  return clean(content, baseUrl, options).pictures;
}

function clean(
  content: string | Iterable<AnyNode>,
  base: string,
  options: BuildOptions,
): { tree: Root; html: string; pictures: Picture[] } {
  const nodes = typeof content === 'string' ? parseMarkup(content).children : [...content];
  const drop = new Set<AnyNode>(options.drop ?? []);
  if (options.dropSelectors !== undefined && options.dropSelectors.length > 0) {
    const selector = options.dropSelectors.join(', ');
    const selection = load([])(nodes);
    for (const node of selection.find(selector)) drop.add(node);
    for (const node of selection.filter(selector)) drop.add(node);
  }
  const wanted: CleanOptions = { base, drop };
  if (options.pictureUrl !== undefined) wanted.pictureUrl = options.pictureUrl;
  if (options.linkUrl !== undefined) wanted.linkUrl = options.linkUrl;
  if (options.rewrite !== undefined) wanted.rewrite = options.rewrite;
  if (options.backgrounds !== undefined) wanted.backgrounds = options.backgrounds;
  const { tree, pictures } = cleanTree(nodes, wanted);
  return { ...makeSafe(tree), pictures };
}

function oneLine(value: string | null | undefined): string | null {
  const text = (value ?? '').replace(/[\s\p{Cc}\u200b\ufeff]+/gu, ' ').trim();
  return text === '' ? null : text;
}
