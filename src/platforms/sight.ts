import type { Element } from 'domhandler';
import { type AnyNode, isTag, isText } from 'domhandler';
import type { Page } from '../article/page.ts';
import { SIMHASH_CHARS, simhash } from '../article/simhash.ts';
import type { Ask, Exchange, Identity, Sighting } from '../types.ts';
import type { Marker, Visit } from './platform.ts';
import { sharedWalls, walls } from './web/walls.ts';

/** A sighting of nothing: the base that a platform's own facts are laid upon. */
export const NOTHING_SEEN: Sighting = {
  proof: null,
  identity: 'unknown',
  title: null,
  chars: 0,
  simhash: null,
  markers: [],
  partial: null,
  movedTo: null,
};

/**
 * Markers of the list that match this page, in the list's order (strongest first). Pure.
 * `text` looks only at the visible text of the marker's container, `html` only at the tags and scripts it selects.
 */
export function matchMarkers(markers: readonly Marker[], page: Page): { rule: string; literal: string }[] {
  const found: { rule: string; literal: string }[] = [];
  for (const marker of markers) {
    const literal = literalOf(marker, page);
    if (literal !== null) found.push({ rule: marker.rule, literal });
  }
  return found;
}

function literalOf(marker: Marker, page: Page): string | null {
  switch (marker.where) {
    case 'final-url':
      return contained(page.url, marker.match);
    case 'header':
      return contained(page.headers[marker.selector ?? ''] ?? '', marker.match);
    case 'json':
      return page.json === undefined ? null : equalJson(page.json, marker);
    case 'html':
      return page.json === undefined ? inTags(marker, page) : null;
    case 'text':
      return page.json === undefined ? inVisibleText(marker, page) : null;
    case 'title':
      return page.json === undefined ? contained(titleOf(page), marker.match) : null;
  }
}

function contained(text: string, match: string | RegExp): string | null {
  if (typeof match === 'string') return text.includes(match) ? match : null;
  return match.exec(text)?.[0] ?? null;
}

/** Text of the page's own <title>, white space collapsed. */
export function titleOf(page: Page): string {
  return page.$('head title, title').first().text().replace(/\s+/g, ' ').trim();
}

function equalJson(json: unknown, marker: Marker): string | null {
  for (const value of valuesAt(json, marker.selector ?? '')) {
    if (typeof value === 'object' && value !== null) continue;
    const text = String(value);
    if (typeof marker.match !== 'string') {
      const literal = marker.match.exec(text)?.[0];
      if (literal !== undefined) return literal;
    } else if (text === marker.match) return `${marker.selector}=${text}`;
  }
  return null;
}

/** Values at a dotted path in which `*` stands for every member; what is not there gives none. */
function valuesAt(json: unknown, path: string): unknown[] {
  let values = [json];
  for (const name of path.split('.')) {
    values = values.flatMap((value) => {
      if (typeof value !== 'object' || value === null) return [];
      if (name === '*') return Object.values(value);
      return Object.hasOwn(value, name) ? [Reflect.get(value, name)] : [];
    });
  }
  return values;
}

/** The value at a dotted path of own properties, or undefined. */
export function jsonAt(json: unknown, path: string): unknown {
  let value = json;
  for (const name of path.split('.')) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, name)) return undefined;
    value = Reflect.get(value, name);
  }
  return value;
}

function inTags(marker: Marker, page: Page): string | null {
  for (const element of page.$(marker.selector ?? 'script').toArray()) {
    if (!isTag(element)) continue;
    const literal = contained(tagAndScript(element), marker.match);
    if (literal !== null) return literal;
  }
  return null;
}

/** The start tag's attributes and, for a script, its source; never text that a visitor reads. */
function tagAndScript(element: Element): string {
  const attributes = Object.entries(element.attribs).map(([name, value]) => `${name}="${value}"`);
  const source = element.name === 'script' ? element.children.map((child) => (isText(child) ? child.data : '')) : [];
  return [`<${element.name} ${attributes.join(' ')}>`, ...source].join('');
}

function inVisibleText(marker: Marker, page: Page): string | null {
  for (const element of page.$(marker.selector ?? 'body').toArray()) {
    const literal = contained(visibleText([element], NOTICE_LENGTH), marker.match);
    if (literal !== null) return literal;
  }
  return null;
}

/** So much of a container is looked at for words, in characters: elements may stand in one another by the hundred. */
const NOTICE_LENGTH = 20_000;

const UNSEEN = new Set(['script', 'style', 'template', 'noscript', 'head', 'title', 'svg', 'iframe', 'textarea']);
const INLINE = new Set([
  'a',
  'abbr',
  'b',
  'code',
  'em',
  'font',
  'i',
  'mark',
  's',
  'small',
  'span',
  'strong',
  'sub',
  'sup',
  'u',
]);

/**
 * Text that a visitor reads below these nodes, white space collapsed; inline tags do not part words.
 * @param limit reading ends after about so many characters and borders of elements
 */
export function visibleText(nodes: readonly AnyNode[], limit = Number.POSITIVE_INFINITY): string {
  const parts: string[] = [];
  let read = 0;
  walkVisible(nodes, (text) => {
    parts.push(text);
    read += text.length + 1;
    return read < limit;
  });
  return collapsed(parts);
}

/** White space that is anything but one plain space: a page's words stand one space apart already. */
const UNEVEN = /\s{2,}|[^\S ]/g;

function collapsed(parts: readonly string[]): string {
  return parts.join('').replace(UNEVEN, ' ').trim();
}

/**
 * Hands over what a visitor reads below these nodes in order, a space where a block begins or ends and nothing for
 * other elements, until `take` says false. Goes from node to node and holds none: neither the depth nor the breadth of
 * a page is ours to choose.
 */
function walkVisible(nodes: readonly AnyNode[], take: (text: string) => boolean): void {
  for (const root of nodes) {
    let node: AnyNode = root;
    for (;;) {
      if (isText(node)) {
        if (!take(node.data)) return;
      } else {
        const inside = 'children' in node && isSeen(node) ? node.children : null;
        if (!take(inside !== null && isParted(node) ? ' ' : '')) return;
        const first = inside?.[0];
        if (first !== undefined) {
          node = first;
          continue;
        }
      }
      while (node !== root && node.next === null && node.parent !== null) {
        node = node.parent;
        if (isParted(node) && !take(' ')) return;
      }
      if (node === root || node.next === null) break;
      node = node.next;
    }
  }
}

/** Does an element part the words before it from those behind it? */
function isParted(node: AnyNode): boolean {
  return !(isTag(node) && INLINE.has(node.name));
}

function isSeen(node: AnyNode): boolean {
  if (!isTag(node)) return true;
  if (UNSEEN.has(node.name) || node.attribs.hidden !== undefined) return false;
  const { style } = node.attribs;
  return style === undefined || !/display\s*:\s*none/i.test(style);
}

/** More characters than this are not a short text. */
const SHORT = 1500;

const shortTexts = new WeakMap<Page, { text: string | null }>();

/**
 * The visible text of a page's body, of the whole page where it has none; null where that has more than 1500 characters
 * besides white space. Kept beside the page: several signs are looked for in it.
 */
export function shortText(page: Page): string | null {
  let known = shortTexts.get(page);
  if (known === undefined) {
    const body = page.$('body').toArray();
    known = { text: readShort(body.length > 0 ? body : page.$.root().toArray()) };
    shortTexts.set(page, known);
  }
  return known.text;
}

function readShort(nodes: readonly AnyNode[]): string | null {
  const parts: string[] = [];
  let chars = 0;
  walkVisible(nodes, (text) => {
    parts.push(text);
    chars += countChars(text);
    return chars <= SHORT;
  });
  return chars > SHORT ? null : collapsed(parts);
}

/** Characters that count: white space left out. */
export function countChars(text: string): number {
  let count = 0;
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code > 32 ? code < 0xa0 || !isWideSpace(code) : code < 9 || (code > 13 && code < 32)) count++;
  }
  return count;
}

/** The white space of regular expressions (`\s`) beyond ASCII. */
function isWideSpace(code: number): boolean {
  if (code > 0x205f) return code === 0x3000 || code === 0xfeff;
  if (code < 0x2000) return code === 0xa0 || code === 0x1680;
  return code <= 0x200a || code === 0x2028 || code === 0x2029 || code === 0x202f || code === 0x205f;
}

/** Size and SimHash of what a visitor reads below these nodes; of a long text only so much is held as the hash reads. */
export function lookAt(nodes: readonly AnyNode[]): Pick<Sighting, 'chars' | 'simhash'> {
  const parts: string[] = [];
  let chars = 0;
  walkVisible(nodes, (text) => {
    // White space may collapse, so only what counts is sure to be read by the hash.
    if (chars <= SIMHASH_CHARS) parts.push(text);
    chars += countChars(text);
    return true;
  });
  return { chars, simhash: chars === 0 ? null : simhash(collapsed(parts)) };
}

/** The facts of a page from its visible text and what is known beside it; what is not given is nothing. */
export function sighting(text: string, known: Partial<Omit<Sighting, 'chars' | 'simhash'>>): Sighting {
  const chars = countChars(text);
  return { ...NOTHING_SEEN, ...known, chars, simhash: chars === 0 ? null : simhash(text) };
}

/** The whole page's visible text and markers, for a page on which no article was found. */
export function sightNoArticle(markers: readonly Marker[], page: Page): Sighting {
  const text = page.json === undefined ? visibleText(page.$.root().toArray()) : page.text.slice(0, 20_000);
  return sighting(text, {
    title: page.json === undefined ? titleOf(page) || null : null,
    markers: signsOf(markers, page, countChars(text)),
  });
}

/** Fewer visible characters than this say nothing at all. */
const BLANK = 20;
/** A wall has fewer visible characters than this. */
const WALL = 1000;

/**
 * What speaks on a page without an article: the platform's own markers, else those of the shields that stand before
 * any site. `chars` are its visible characters.
 */
export function signsOf(markers: readonly Marker[], page: Page, chars: number): Sighting['markers'] {
  const own = matchMarkers(markers, page);
  if (own.length > 0 || chars > WALL) return own;
  return matchMarkers(chars < BLANK ? sharedWalls : walls, page);
}

/** The last page of a visit that was opened, or null where no request was answered. */
export function lastPage(visit: Visit): Page | null {
  return visit.pages.findLast((page) => page !== null) ?? null;
}

/** One plain request for the page itself; then the visit is complete. */
export function askOnce(identity: Identity, answered: readonly Exchange[]): Ask | null {
  return answered.length > 0 ? null : { url: identity.url, method: 'GET', headers: {}, body: null, via: 'http' };
}
