import type { Element } from 'domhandler';
import { buildArticle, type Page, type Rewrite, simhash } from '../article/index.ts';
import type { Article, Identity, Sighting } from '../types.ts';
import type { Manners, Marker, Platform, StatusRule, Visit } from './platform.ts';
import {
  askOnce,
  countChars,
  lastPage,
  lookAt,
  matchMarkers,
  NOTHING_SEEN,
  signsOf,
  titleOf,
  visibleText,
} from './sight.ts';
import { articleOf } from './web/content.ts';
import { emptyFrame, emptyShell } from './web/gates.ts';

/** What a platform's own selectors found on a page. */
export interface Found {
  /** Selector of the article's container: the evidence for *alive*. */
  proof: string;
  /** The container with the article's content; never changed, readers work on a copy. */
  body: Element;
  title: string | null;
  author?: string | null;
  account?: string | null;
  published?: string | null;
  updated?: string | null;
  original?: string | null;
  language?: string | null;
  /** The literal that shows that the text is cut short. */
  partial?: string | null;
}

/** A host of the platform that sends visitors out, and the parameter that holds the real address. */
interface Redirector {
  readonly host: string;
  readonly parameter: string;
}

/** What sets one platform of plain HTML pages apart from the others. */
export interface HtmlRules {
  readonly name: string;
  readonly hosts: readonly string[];
  readonly manners: Manners;
  readonly markers: readonly Marker[];
  readonly statuses?: Readonly<Record<number, StatusRule | null>>;
  identify(url: URL): Identity | null;
  /** Key of the page as the page itself names it; by default from its canonical link and og:url. */
  keyOf?(page: Page, identity: Identity): string | null;
  /** True where this platform renames pages: a chain of permanent redirects to another of its pages keeps the identity. */
  readonly renames?: boolean;
  find(page: Page, identity: Identity): Found | null;
  /** Selectors of what stands in the body and is not the article. */
  readonly drop?: readonly string[];
  /** Address of a picture of the body where the general rules can not know it; null: no picture of the article. */
  pictureUrl?(page: Page): (img: Element) => string | null | undefined;
  /** The addresses through which the platform sends its visitors out. */
  readonly redirectors?: readonly Redirector[];
  /** What to make of an element that only this platform has. */
  rewrite?(element: Element): Rewrite | undefined;
  pictureHeaders?(url: string): Record<string, string>;
}

/** A platform whose articles are one GET and one HTML page, from its rules. */
export function htmlPlatform(rules: HtmlRules): Platform {
  const { name, hosts, manners, statuses, pictureHeaders } = rules;
  return {
    name,
    hosts,
    manners,
    markers: [...rules.markers, emptyFrame(`${name}/client-only`)],
    ...(statuses === undefined ? {} : { statuses }),
    ...(pictureHeaders === undefined ? {} : { pictureHeaders }),
    identify: (url) => rules.identify(url),
    ask: askOnce,
    sight: (visit) => sightHtml(visit, rules),
    read: (visit) => readHtml(visit, rules),
  };
}

function sightHtml(visit: Visit, rules: HtmlRules): Sighting {
  const page = lastPage(visit);
  if (page === null) return NOTHING_SEEN;
  const found = rules.find(page, visit.identity);
  const look = lookOf(page);
  // Positive proof first: scripts and words of an article's page say nothing against it.
  const markers = found === null ? speaking(page, look, rules) : [];
  const unknown = found === null ? unknownLayout(page, visit, markers, rules) : null;
  return {
    ...look,
    proof: found?.proof ?? (unknown === null ? null : 'main content'),
    identity: identityOf(page, visit, rules),
    title: found?.title ?? unknown?.title ?? (titleOf(page) || null),
    markers: unknown === null ? markers : [],
    partial: found?.partial ?? null,
  };
}

/** The platform's markers; an empty frame says something only where the rest of the page says nothing. */
function speaking(page: Page, look: Sighting, rules: HtmlRules): Sighting['markers'] {
  const shell = emptyFrame(`${rules.name}/client-only`);
  const markers = signsOf(rules.markers, page, look.chars);
  if (markers.length > 0 || look.chars >= SHELL || matchMarkers([shell], page).length === 0) return markers;
  const literal = emptyShell(page);
  return literal === null ? [] : [{ rule: shell.rule, literal }];
}

/** An empty frame has fewer visible characters than this. */
const SHELL = 100;

/** An article has at least this many characters outside its links, where only general rules find it. */
const PROSE = 600;

/** The article by general rules, for generations of pages that the platform's selectors do not know. */
function unknownLayout(page: Page, visit: Visit, markers: Sighting['markers'], rules: HtmlRules): Article | null {
  if (page.status >= 400 || page.json !== undefined || !namesItself(page, visit.identity, rules)) return null;
  // Words in a box may be a hidden template of the page; a title, an address and a script are not.
  const kinds = markers.map(({ rule }) => rules.markers.find((marker) => marker.rule === rule)?.where);
  if (kinds.some((where) => where !== 'text')) return null;
  const { article, prose } = articleOf(page);
  return prose >= PROSE ? article : null;
}

/** Did the visit end at an address of the page that was asked for? */
function namesItself(page: Page, identity: Identity, rules: HtmlRules): boolean {
  return URL.canParse(page.url) && rules.identify(new URL(page.url))?.key === identity.key;
}

/** Size and SimHash of what a visitor reads on a page. */
export function lookOf(page: Page): Sighting {
  if (page.json === undefined) return { ...NOTHING_SEEN, ...lookAt(page.$.root().toArray()) };
  const chars = countChars(page.text);
  return { ...NOTHING_SEEN, chars, simhash: chars === 0 ? null : simhash(page.text) };
}

function identityOf(page: Page, visit: Visit, rules: HtmlRules): Sighting['identity'] {
  const asked = visit.identity.key;
  const final = URL.canParse(page.url) ? (rules.identify(new URL(page.url))?.key ?? null) : null;
  const named = rules.keyOf?.(page, visit.identity) ?? namedKey(page, (url) => rules.identify(url));
  if (named === asked) return 'same';
  if (rules.renames === true && final !== null && (named ?? final) === final && renamed(visit)) return 'same';
  if (named !== null) return 'other';
  return final !== null && final !== asked ? 'other' : 'unknown';
}

function renamed(visit: Visit): boolean {
  const hops = visit.exchanges.findLast(({ reply }) => reply !== null)?.hops ?? [];
  return hops.length > 0 && hops.every(({ status }) => status === 301 || status === 308);
}

/** The key that a page's canonical link or og:url means by these rules; null where it names none. */
export function namedKey(page: Page, identify: (url: URL) => Identity | null): string | null {
  for (const raw of [page.$('link[rel="canonical" i]').attr('href'), metaOf(page, 'og:url')]) {
    if (raw === null || raw === undefined || raw.trim() === '') continue;
    const absolute = /^[\w-]+(?:\.[\w-]+)+\//.test(raw.trim()) ? `https://${raw.trim()}` : raw.trim();
    if (!URL.canParse(absolute, page.url)) continue;
    const key = identify(new URL(absolute, page.url))?.key;
    if (key !== undefined) return key;
  }
  return null;
}

/** Content of the first meta element of that property, name or itemprop; null where it is absent or empty. */
export function metaOf(page: Page, name: string): string | null {
  for (const element of page.$(`meta[property="${name}" i], meta[name="${name}" i], meta[itemprop="${name}" i]`)) {
    // Some savers of pages write `value` for `content`.
    const content = (element.attribs.content ?? element.attribs.value ?? '').trim();
    if (content !== '') return content;
  }
  return null;
}

/** Visible text of the first element with any by these selectors, tried in order; null where there is none. */
export function textOf(page: Page, ...selectors: readonly string[]): string | null {
  for (const selector of selectors) {
    for (const element of page.$(selector).toArray()) {
      const text = visibleText([element]);
      if (text !== '') return text;
    }
  }
  return null;
}

/** The first element by these selectors, tried in order, that has an article's worth of text or a picture in it. */
export function bodyOf(page: Page, selectors: readonly string[]): { proof: string; body: Element } | null {
  for (const proof of selectors) {
    for (const body of page.$<Element, string>(proof).toArray()) {
      if (hasContent(page, body)) return { proof, body };
    }
  }
  return null;
}

/** A short article may be one sentence; a container with less is an empty one. */
const LEAST_CHARS = 5;

function hasContent(page: Page, body: Element): boolean {
  return page.$(body).find('img, video, audio, iframe').length > 0 || countChars(visibleText([body])) >= LEAST_CHARS;
}

function readHtml(visit: Visit, rules: HtmlRules): Article | null {
  const page = lastPage(visit);
  if (page === null) return null;
  const found = rules.find(page, visit.identity);
  if (found === null) return unknownLayout(page, visit, matchMarkers(rules.markers, page), rules);
  const { body, proof: _, partial, ...fields } = found;
  const { drop, rewrite, redirectors } = rules;
  return buildArticle({
    ...fields,
    content: [body],
    baseUrl: page.url,
    partial: (partial ?? null) !== null,
    options: {
      ...(drop === undefined ? {} : { dropSelectors: drop }),
      ...(rewrite === undefined ? {} : { rewrite }),
      ...(redirectors === undefined ? {} : { linkUrl: (a) => behind(a.attribs.href ?? '', page.url, redirectors) }),
      ...(rules.pictureUrl === undefined ? {} : { pictureUrl: rules.pictureUrl(page) }),
    },
  });
}

/** The address behind one of the platform's redirectors; undefined for every other link. */
function behind(href: string, base: string, redirectors: readonly Redirector[]): string | undefined {
  if (!URL.canParse(href, base)) return undefined;
  const { hostname, searchParams } = new URL(href, base);
  const target = redirectors.flatMap(({ host, parameter }) =>
    host === hostname ? (searchParams.get(parameter) ?? []) : [],
  )[0];
  return target !== undefined && /^https?:\/\//i.test(target) && URL.canParse(target) ? target : undefined;
}
