import type { CheerioAPI } from 'cheerio';
import type { AnyNode } from 'domhandler';
import { webAddress } from '../address.ts';
import { type DateContext, type DayOrder, dayOrder, parseDate, parseMonth } from '../dates.ts';
import type { Page } from '../page.ts';
import { lineOf, type Survey, survey } from '../survey.ts';
import { plainText } from '../text.ts';
import { isSiteName, tidyName } from './byline.ts';
import { collectMarks, type Marks } from './marks.ts';
import { readStructured, type Structured } from './structured.ts';
import { chooseTitle } from './title.ts';
import { type Place, titleLine, visibleByline } from './visible.ts';

/** What a page says about itself. */
export interface Metadata {
  title: string | null;
  /** A person or account; never the site's own name. */
  author: string | null;
  /** ISO 8601 with offset, or a plain date, or the month (`2003-05`) where a page names no more. */
  published: string | null;
  updated: string | null;
  language: string | null;
  /** Canonical address, absolute. */
  canonical: string | null;
  siteName: string | null;
  description: string | null;
}

const AUTHOR_NAMES =
  'dc.creator dcterms.creator parsely-author sailthru.author byl byline article:author og:article:author article_author author weibo:article:author creator'.split(
    ' ',
  );
const DATE_NAMES =
  'article:published_time og:published_time pubdate publishdate publish_date publishedtime publish-date og:release_date og:pubdate weibo:article:create_at bytedance:published_time datepublished parsely-pub-date sailthru.date dc.date dc.date.issued dcterms.created dcterms.date citation_publication_date citation_date article.published firstcreatetime _pubtime apub:time og:time pubtime publication_date originalpublicationdate article_date_original rnews:datepublished date'.split(
    ' ',
  );
/** `sitename` and `articletitle` belong to the set that sites of Chinese authorities have to declare. */
const SITE_NAMES = ['og:site_name', 'sitename', 'application-name'];
const UPDATED_NAMES =
  'article:modified_time og:updated_time weibo:article:update_at bytedance:updated_time lastmodified last-modified dateupdate datemodified dc.date.modified revised'.split(
    ' ',
  );

/** What a page declares of itself, before anything is looked for in its lines. */
export interface Declared {
  title: string | null;
  data: Structured | null;
  meta: ReadonlyMap<string, string>;
  documentTitle: string | null;
  marks: Marks;
}

/** The title, and what else is needed to read the rest. */
export function readDeclared({ $ }: Page, lines: Survey): Declared {
  const marks = collectMarks($.root().toArray());
  const meta = metaValues(marks);
  const data = readStructured($, marks.data);
  const documentTitle = titleText(marks);
  const declared = [first(meta, ['og:title']), data?.headline ?? null, first(meta, ['articletitle', 'twitter:title'])];
  const names = [first(meta, SITE_NAMES), data?.publisher ?? null];
  const { all, main } = headings(lines);
  return { title: chooseTitle(declared, documentTitle, all, names, main), data, meta, documentTitle, marks };
}

/** Reads what the page says about itself: JSON-LD, Open Graph, meta, microdata, then the lines around its title. */
export function readMetadata(page: Page): Metadata {
  const lines = survey(page.$.root().toArray(), false);
  const declared = readDeclared(page, lines);
  const title = titleLine(lines, declared.title);
  return metadataOf(page, lines, declared, { title, first: Math.max(0, title), last: lines.blocks.length });
}

/** The canonical address alone, absolute; null where the page names none. Much cheaper than the rest. */
export function readCanonical({ $, url }: Page): string | null {
  return webAddress($('link[rel="canonical"]').attr('href'), url);
}

/** As `readMetadata`, where lines, title and the article's place are known. */
export function metadataOf(page: Page, lines: Survey, declared: Declared, place: Place): Metadata {
  const { $ } = page;
  const { meta, data, title, marks } = declared;
  const language = languageOf(marks, meta, page, data);
  const zone = zoneOf(page, language, lines);
  const filed = urlDate(page.url);
  const context: DateContext = { zone, order: localeOrder(language) ?? pageOrder(lines) };
  const visible = visibleByline(lines, place, context, filed);
  const siteName = first(meta, SITE_NAMES);
  const sites = siteNames(siteName, declared, page.url);
  const date = (raw: string | null | undefined): string | null => parseDate(raw, context);
  const known = date(data?.published) ?? date(first(meta, DATE_NAMES)) ?? date(microdata(marks));
  const month = parseMonth(data?.published) ?? parseMonth(first(meta, DATE_NAMES));
  const updated = date(data?.updated) ?? date(first(meta, UPDATED_NAMES));
  // A day that is shown without its year and a full date that is declared as the last change confirm one another.
  const confirmed = updated !== null && updated.slice(5, 10) === visible.day ? updated : null;
  return {
    title,
    author: declaredAuthor($, declared, sites) ?? notSite(visible.author, sites),
    published: known ?? visible.published ?? confirmed ?? filed ?? month ?? visible.month,
    updated,
    language,
    canonical: webAddress(marks.canonical?.attribs.href, page.url),
    siteName,
    description: first(meta, ['og:description', 'description', 'twitter:description']),
  };
}

function first(meta: ReadonlyMap<string, string>, names: readonly string[]): string | null {
  for (const name of names) {
    const value = meta.get(name);
    if (value !== undefined) return value;
  }
  return null;
}

/** All `<meta>` values by lower-case name or property, the first of each. */
function metaValues({ metas }: Marks): Map<string, string> {
  const values = new Map<string, string>();
  for (const { attribs } of metas) {
    const name = (attribs.property ?? attribs.name ?? attribs.itemprop ?? '').trim().toLowerCase();
    const content = (attribs.content ?? '').trim();
    if (name !== '' && content !== '' && !values.has(name)) values.set(name, content.slice(0, 4000));
  }
  return values;
}

/** Texts of headings and of what is called a title, best first; `main`: those of the first rank. */
function headings({ elements, blocks }: Survey): { all: string[]; main: string[] } {
  const found: { text: string; rank: number; at: number }[] = [];
  for (const [at, entry] of elements.entries()) {
    const { element } = entry;
    const heading = /^h[1-4]$/.test(element.name);
    if (
      !heading &&
      !/(?:^|[-_\s])(?:title|headline|biaoti|tit|artitle)(?:$|[-_\s])/i.test(
        `${element.attribs.class ?? ''} ${element.attribs.id ?? ''}`,
      )
    )
      continue;
    if (entry.last - entry.first > 2 || found.length > 400) continue;
    const size = blocks.slice(entry.first, entry.last).reduce((sum, block) => sum + block.size, 0);
    if (size < 1.5 || size > 120) continue;
    const text = plainText(element)
      .replace(/[\s\u00a0\u3000]+/g, ' ')
      .trim();
    const linked = blocks.slice(entry.first, entry.last).every((block) => block.linked > 0.9 * block.size);
    const rank = element.name === 'h1' && !linked ? 0 : heading ? 1 : 2;
    found.push({ text, rank, at });
  }
  const all = found.sort((a, b) => a.rank - b.rank || a.at - b.at);
  return { all: all.map(({ text }) => text), main: all.flatMap(({ text, rank }) => (rank === 0 ? [text] : [])) };
}

function declaredAuthor($: CheerioAPI, { data, meta, marks }: Declared, sites: readonly string[]): string | null {
  const fromData = (data?.authors ?? []).flatMap((name) => notSite(tidyName(name), sites) ?? []);
  if (fromData.length > 0) return [...new Set(fromData)].join(', ');
  const cited = citedAuthors(marks);
  if (cited !== null) return cited;
  for (const name of AUTHOR_NAMES) {
    const value = meta.get(name);
    const author = value === undefined || /^https?:/.test(value) ? null : notSite(tidyName(value), sites);
    if (author !== null) return author;
  }
  return markedAuthors($, marks, sites);
}

/** The first author that is marked as one, with those marked beside it. */
function markedAuthors($: CheerioAPI, { authors }: Marks, sites: readonly string[]): string | null {
  const names: string[] = [];
  let around: AnyNode | null = null;
  for (const element of authors.slice(0, 20)) {
    const named = $(element).find('[itemprop~="name"]').first().get(0) ?? element;
    const text = named.attribs.content ?? plainText(named);
    const name = text.length > 200 ? null : notSite(tidyName(text), sites);
    if (name === null) continue;
    if (around !== null && element.parent !== around) break;
    around = element.parent;
    if (!names.includes(name)) names.push(name);
  }
  return names.length === 0 ? null : names.join(', ');
}

/** All authors of a paper, as scholarly search engines have them declared: one element each, or one list. */
function citedAuthors({ metas }: Marks): string | null {
  const names = metas
    .filter(({ attribs: { name } }) => name === 'citation_author' || name === 'citation_authors')
    .slice(0, 200)
    .flatMap(({ attribs }) => (attribs.content ?? '').slice(0, 4000).split(';'))
    .flatMap((name) => tidyName(name) ?? []);
  return names.length === 0 ? null : [...new Set(names)].join(names.some((name) => name.includes(',')) ? '; ' : ', ');
}

function notSite(name: string | null, sites: readonly string[]): string | null {
  return name === null || isSiteName(name, sites) ? null : name;
}

/** Names that mean the site: declared ones, what stands behind the title, the labels of the host name. */
function siteNames(siteName: string | null, { data, meta, documentTitle, title }: Declared, url: string): string[] {
  const publishers = first(meta, ['citation_publisher', 'dc.publisher', 'publisher', 'copyright']);
  const names = [siteName, data?.publisher ?? null, publishers].flatMap((name) => name ?? []);
  if (documentTitle !== null && title !== null && documentTitle.startsWith(title)) {
    names.push(
      ...documentTitle
        .slice(title.length)
        .split(/[-_|–—·>»]+/)
        .map((part) => part.trim()),
    );
  }
  const host = URL.canParse(url) ? new URL(url).hostname : '';
  names.push(host, host.replace(/^www\./, ''), ...host.split('.').filter((label) => label.length > 3));
  return names.filter((name) => name !== '');
}

function microdata({ dates, times }: Marks): string | null {
  for (const element of dates) {
    const { attribs } = element;
    const value = attribs.datetime ?? attribs.content ?? attribs.title ?? plainText(element).slice(0, 200);
    if (parseDate(value) !== null) return value;
  }
  // Unmarked times may be those of other articles beside this one.
  const [only, ...others] = new Set(times.map(({ attribs }) => attribs.datetime));
  return others.length === 0 ? (only ?? null) : null;
}

function languageOf(
  { html }: Marks,
  meta: ReadonlyMap<string, string>,
  page: Page,
  data: Structured | null,
): string | null {
  const declared =
    html?.attribs.lang ??
    html?.attribs['xml:lang'] ??
    page.headers['content-language'] ??
    meta.get('og:locale') ??
    meta.get('content-language') ??
    data?.language ??
    null;
  const tag = (declared ?? '').split(',')[0]?.trim().replace(/_/g, '-') ?? '';
  return /^[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8}){0,3}$/.test(tag) ? tag : null;
}

/** How the language of a page orders the numbers of a date; null where its speakers do not agree. */
function localeOrder(language: string | null): DayOrder | null {
  const tag = (language ?? '').toLowerCase();
  if (/^en-(?:us|ph)\b/.test(tag)) return 'month-first';
  if (
    /^en-(?:gb|au|nz|ie|in|za|sg|hk)\b|^(?:fr|de|es|it|pt|nl|ru|uk|pl|tr|el|cs|da|nb|nn|no|fi|ro|id|vi|th|ar|he)\b/.test(
      tag,
    )
  )
    return 'day-first';
  return null;
}

/** The order that the other dates of the page show. */
function pageOrder({ blocks }: Survey): DayOrder | null {
  return dayOrder(blocks.flatMap((block) => (block.size > 60 || block.size < 3 ? [] : [lineOf(block, 160)])));
}

/** Frequent characters that only simplified Chinese writes so. */
const SIMPLIFIED = /[这为们说对时会发国]/;

/** Times without a zone are China's on pages in simplified Chinese and on Chinese hosts. */
function zoneOf(page: Page, language: string | null, { blocks }: Survey): string | null {
  const host = URL.canParse(page.url) ? new URL(page.url).hostname : '';
  if (/\.cn$/.test(host) || page.charset === 'gb18030') return '+08:00';
  if (language !== null) return /^zh(?:-(?:cn|hans|sg|chs))?\b/i.test(language) ? '+08:00' : null;
  return blocks.slice(0, 2000).some((block) => SIMPLIFIED.test(lineOf(block, 400))) ? '+08:00' : null;
}

/** The day in an address such as `/2019-09-09/` or `/20190909/`: editorial systems file articles by it. */
function urlDate(url: string): string | null {
  const path = URL.canParse(url) ? new URL(url).pathname : '';
  const match = /(?:^|[/_t-])((?:19|20)\d{2})[-/]?(0[1-9]|1[0-2])[-/]?(0[1-9]|[12]\d|3[01])(?:[/_.-]|$)/.exec(path);
  return match === null ? null : parseDate(`${match[1]}-${match[2]}-${match[3]}`);
}

function titleText({ title }: Marks): string | null {
  const text = title === null ? '' : plainText(title).slice(0, 4000);
  const line = text
    .replace(/[\s\0]+/g, ' ')
    .trim()
    .slice(0, 1000);
  return line === '' ? null : line;
}
