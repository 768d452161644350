import { Parser, Tokenizer, type TokenizerCallbacks } from 'htmlparser2';
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
/** Whose attributes say something of the whole page. */
const MARKED = new Set(['html', 'body', 'link', 'meta']);
/** A paragraph ends where one of these begins or ends, closed or not. */
const ENDS_PARAGRAPH = new Set(
  'address article aside blockquote body div dl fieldset footer form h1 h2 h3 h4 h5 h6 header hr main nav ol pre section table td ul'.split(
    ' ',
  ),
);
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
  const look = new Pass(text, () => tokenizer.pause());
  const tokenizer = new Tokenizer({ decodeEntities: false }, look);
  tokenizer.write(text);
  tokenizer.end();
  if (look.prose < ENOUGH || look.doubtful) return null;
  const { title } = look;
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

/**
 * Counts what a visitor reads while the page goes by, from the tokens alone: making tags and attributes of them takes
 * four times as long. Where a page does not close its tags as it should, prose may be missed and none is made up.
 */
class Pass implements TokenizerCallbacks {
  canonical: string | null = null;
  /** Visible characters, white space not counted. */
  chars = 0;
  /** Those of them in paragraphs outside links and frames of the site. */
  prose = 0;
  /** True where the page's own marks say that it is an error page. */
  doubtful = false;
  readonly #html: string;
  readonly #stop: () => void;
  #title: string | null = null;
  #inTitle = false;
  /** The tag that is being read, and of its attributes those that matter. */
  #tag = '';
  #attribute = '';
  #value = '';
  #attributes: Record<string, string> = {};
  #hidden = false;
  #unseen: string | null = null;
  #unseenDepth = 0;
  /** Frames of the site that are open, by name. */
  readonly #open = new Map<string, number>();
  #aside = 0;
  #paragraph = false;
  #headline: string | null = null;
  /** Offset of the next `&`, or one behind the page. */
  #reference = -1;

  /** @param stop is called when enough was seen */
  constructor(html: string, stop: () => void) {
    this.#html = html;
    this.#stop = stop;
  }

  /** The first title, white space as a browser shows it. */
  get title(): string {
    return (this.#title ?? '').replace(/\s+/g, ' ').trim();
  }

  onopentagname(start: number, end: number): void {
    this.#tag = this.#html.slice(start, end).toLowerCase();
    this.#hidden = false;
    this.#attributes = {};
  }

  onattribname(start: number, end: number): void {
    this.#attribute = this.#html.slice(start, end).toLowerCase();
    this.#value = '';
  }

  onattribdata(start: number, end: number): void {
    if (this.#attribute === 'style' || MARKED.has(this.#tag)) this.#value += this.#html.slice(start, end);
  }

  onattribend(): void {
    const name = this.#attribute;
    if (name === 'hidden' || (name === 'style' && /display\s*:\s*none/i.test(this.#value))) this.#hidden = true;
    if (MARKED.has(this.#tag)) this.#attributes[name] ??= decoded(this.#value);
  }

  onopentagend(): void {
    const name = this.#tag;
    if (this.#unseen !== null) {
      if (name === this.#unseen) this.#unseenDepth += 1;
      return;
    }
    if (UNSEEN.has(name) || this.#hidden) {
      if (VOID.has(name)) return;
      this.#unseen = name;
      this.#unseenDepth = 1;
      return;
    }
    if (name === 'p') this.#paragraph = true;
    else if (ENDS_PARAGRAPH.has(name)) this.#paragraph = false;
    if (ASIDE.has(name)) this.#enter(name);
    else if (name === 'title') this.#inTitle = this.#title === null;
    else if (HEADLINE.has(name)) this.#headline = '';
    else if (MARKED.has(name)) this.#lookAtMarks(name, this.#attributes);
  }

  /** In HTML the slash at the end of a tag says nothing; in a drawing it does. */
  onselfclosingtag(): void {
    if (this.#tag !== 'svg' && this.#unseen !== 'svg') this.onopentagend();
  }

  onclosetag(start: number, end: number): void {
    const name = this.#html.slice(start, end).toLowerCase();
    if (this.#unseen !== null) {
      if (name === this.#unseen && --this.#unseenDepth === 0) this.#unseen = null;
      return;
    }
    if (name === 'p' || ENDS_PARAGRAPH.has(name)) this.#paragraph = false;
    if (ASIDE.has(name)) this.#leave(name);
    else if (name === 'title') this.#inTitle = false;
    else if (HEADLINE.has(name)) {
      if (isErrorPhrase(decoded(this.#headline ?? ''))) this.doubtful = true;
      this.#headline = null;
    }
  }

  ontext(start: number, end: number): void {
    if (this.#inTitle) {
      this.#title ??= decoded(this.#html.slice(start, Math.min(end, start + LONGEST)));
      return;
    }
    if (this.#unseen !== null) return;
    const count = this.#count(start, end);
    this.chars += count;
    if (this.#paragraph && this.#aside === 0) this.prose += count;
    // Nothing that follows makes an error page of it, and a long page is as much there as its beginning.
    if (this.prose >= ENOUGH && this.#title !== null) this.#stop();
    if (this.#headline !== null && this.#headline.length < LONGEST) this.#headline += this.#html.slice(start, end);
  }

  oncdata(): void {}
  oncomment(): void {}
  ondeclaration(): void {}
  onprocessinginstruction(): void {}
  onend(): void {}
  // Only told where the tokenizer decodes, which it is told not to do.
  onattribentity(): void {}
  ontextentity(): void {}

  #count(start: number, end: number): number {
    if (this.#reference < start) this.#reference = nextReference(this.#html, start);
    if (this.#reference >= end) return countVisible(this.#html, start, end);
    const text = decoded(this.#html.slice(start, end));
    return countVisible(text, 0, text.length);
  }

  #enter(name: string): void {
    this.#open.set(name, (this.#open.get(name) ?? 0) + 1);
    this.#aside += 1;
  }

  /** An end without a beginning ends nothing. */
  #leave(name: string): void {
    const open = this.#open.get(name) ?? 0;
    if (open === 0) return;
    this.#open.set(name, open - 1);
    this.#aside -= 1;
  }

  #lookAtMarks(name: string, attributes: Record<string, string>): void {
    if (name === 'link') {
      if (/^canonical$/i.test(attributes.rel ?? '')) this.canonical ??= attributes.href ?? null;
    } else if (name === 'meta') {
      const named = (attributes.name ?? attributes.property ?? '').toLowerCase();
      if (named === 'og:url') this.canonical ??= attributes.content ?? null;
      if (named === 'prerender-status-code' || /refresh/i.test(attributes['http-equiv'] ?? '')) this.doubtful = true;
    } else {
      const shape = `${attributes.class ?? ''} ${attributes.id ?? ''}`;
      if (ERROR_CLASS.test(shape.slice(0, 2000))) this.doubtful = true;
    }
  }
}

function nextReference(html: string, from: number): number {
  const at = html.indexOf('&', from);
  return at < 0 ? html.length : at;
}

/** Text with its character references resolved, tags left out. */
function decoded(html: string): string {
  if (!html.includes('&')) return html;
  let text = '';
  const parser = new Parser({
    ontext: (part) => {
      text += part;
    },
  });
  parser.end(html);
  return text;
}

/** Characters of a text that are no white space, between two offsets. */
function countVisible(text: string, start: number, end: number): number {
  let count = 0;
  for (let at = start; at < end; at++) {
    const code = text.charCodeAt(at);
    if (code > 32 && code !== 160 && code !== 0x3000 && code !== 0xfeff && !(code >= 0x2000 && code <= 0x200a))
      count += 1;
  }
  return count;
}
