import { Parser } from 'htmlparser2';
import type { Page } from '../../article/index.ts';
import type { Sighting } from '../../types.ts';

import type { Visit } from '../platform.ts';
import { lastPage, NOTHING_SEEN } from '../sight.ts';
import { kindOf } from './content.ts';
import { loginAddress } from './gates.ts';
import { ERROR_CLASS, isErrorPhrase, isErrorTitle, isFileAddress, pointsAtError } from './signals.ts';

/** Characters in paragraphs, outside links, with which a page is an article whatever else stands on it. */
const ENOUGH = 3000;
/** Longest title or headline that is looked at, in characters. */
const LONGEST = 400;

const UNSEEN = new Set(['script', 'style', 'template', 'noscript', 'svg', 'iframe', 'textarea']);
/** Where text is the site's and not the page's. */
const ASIDE = new Set(['a', 'nav', 'header', 'footer', 'aside', 'form', 'button', 'select', 'dialog']);
const HEADLINE = new Set(['h1', 'h2', 'h3']);
const VOID = new Set('area base br col embed hr img input link meta param source track wbr'.split(' '));

/**
 * What a page shows at one pass, without a tree and without reading the article: only where it holds so much prose,
 * and so little else, that the full look would say the same. Null where only that can tell. The SimHash is left out,
 * for nothing compares pages as long as these.
 */
export function glance(visit: Visit): Sighting | null {
  const page = lastPage(visit);
  if (page === null || page.status !== 200 || !isPlainAnswer(page, visit.identity.url)) return null;
  const { text } = page;
  if (text.includes('isAccessibleForFree')) return null;
  const look = new Pass();
  const parser = new Parser(look, { decodeEntities: true });
  parser.end(text);
  if (look.prose < ENOUGH || look.doubtful) return null;
  const title = look.title.replace(/\s+/g, ' ').trim();
  if (title === '' || isErrorTitle(title)) return null;
  if (look.canonical !== null && pointsAtError(resolved(look.canonical, page.url), visit.identity.url)) return null;
  return { ...NOTHING_SEEN, proof: 'main content', title, chars: look.chars };
}

/** An HTML page at the address that was asked, or at another that is neither a front page, a login nor an error page. */
function isPlainAnswer(page: Page, asked: string): boolean {
  if (kindOf(page).kind !== 'html' || isFileAddress(asked)) return false;
  if (page.url === asked) return true;
  if (!URL.canParse(page.url)) return false;
  const isDeep = new URL(page.url).pathname.split('/').filter((part) => part !== '').length > 1;
  return isDeep && loginAddress(page.url, asked) === null && !pointsAtError(page.url, asked);
}

function resolved(address: string, base: string): string {
  return URL.canParse(address, base) ? new URL(address, base).href : base;
}

/** Counts what a visitor reads while the page goes by. */
class Pass {
  title = '';
  canonical: string | null = null;
  /** Visible characters, white space not counted. */
  chars = 0;
  /** Those of them in paragraphs outside links and frames of the site. */
  prose = 0;
  /** True where the page's own marks say that it is an error page. */
  doubtful = false;
  #unseen: string | null = null;
  #unseenDepth = 0;
  #aside = 0;
  #paragraph = false;
  #inTitle = false;
  #headline: string | null = null;

  onopentag(name: string, attributes: Record<string, string>): void {
    if (this.#unseen !== null) {
      if (name === this.#unseen) this.#unseenDepth += 1;
      return;
    }
    if (UNSEEN.has(name) || isHidden(attributes)) {
      if (VOID.has(name)) return;
      this.#unseen = name;
      this.#unseenDepth = 1;
      return;
    }
    if (name === 'p') this.#paragraph = true;
    else if (ASIDE.has(name)) this.#aside += 1;
    else if (name === 'title') this.#inTitle = this.title === '';
    else if (HEADLINE.has(name)) this.#headline = '';
    else this.#lookAtMarks(name, attributes);
  }

  #lookAtMarks(name: string, attributes: Record<string, string>): void {
    if (name === 'html' || name === 'body') {
      const shape = `${attributes.class ?? ''} ${attributes.id ?? ''}`;
      if (ERROR_CLASS.test(shape.slice(0, 2000))) this.doubtful = true;
    } else if (name === 'link') {
      if (/^canonical$/i.test(attributes.rel ?? '')) this.canonical ??= attributes.href ?? null;
    } else if (name === 'meta') {
      const named = (attributes.name ?? attributes.property ?? '').toLowerCase();
      if (named === 'og:url') this.canonical ??= attributes.content ?? null;
      if (named === 'prerender-status-code' || /refresh/i.test(attributes['http-equiv'] ?? '')) this.doubtful = true;
    }
  }

  ontext(text: string): void {
    if (this.#inTitle) {
      if (this.title.length < LONGEST) this.title += text;
      return;
    }
    if (this.#unseen !== null) return;
    const count = countVisible(text);
    this.chars += count;
    if (this.#paragraph && this.#aside === 0) this.prose += count;
    if (this.#headline !== null && this.#headline.length < LONGEST) this.#headline += text;
  }

  onclosetag(name: string): void {
    if (this.#unseen !== null) {
      if (name === this.#unseen && --this.#unseenDepth === 0) this.#unseen = null;
      return;
    }
    if (name === 'p') this.#paragraph = false;
    else if (ASIDE.has(name)) this.#aside = Math.max(0, this.#aside - 1);
    else if (name === 'title') this.#inTitle = false;
    else if (HEADLINE.has(name)) {
      if (isErrorPhrase(this.#headline ?? '')) this.doubtful = true;
      this.#headline = null;
    }
  }
}

function isHidden(attributes: Record<string, string>): boolean {
  if (attributes.hidden !== undefined) return true;
  return attributes.style !== undefined && /display\s*:\s*none/i.test(attributes.style);
}

/** Characters that are no white space. */
function countVisible(text: string): number {
  let count = 0;
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code > 32 && code !== 160 && code !== 0x3000 && code !== 0xfeff && !(code >= 0x2000 && code <= 0x200a))
      count += 1;
  }
  return count;
}
