import type { CheerioAPI } from 'cheerio';
import type { Element } from 'domhandler';
import { plainText } from '../text.ts';
import { collectMarks } from './marks.ts';

/** What schema.org data says of the article. Strings as they stand. */
export interface Structured {
  headline: string | null;
  authors: string[];
  published: string | null;
  updated: string | null;
  publisher: string | null;
  language: string | null;
  url: string | null;
}

const ARTICLE =
  /(?:Article|BlogPosting|Posting|Report|NewsArticle|Review|Recipe|HowTo|Chapter|CreativeWork|LearningResource)$/;
const MAX_SCRIPT = 1_000_000;
const MAX_NODES = 5000;

type Json = Record<string, unknown>;

/** Reads JSON-LD (of the whole page, or of the given scripts): graphs, arrays and nested main entities; broken JSON is mended where that is simple, else ignored. */
export function readStructured(
  $: CheerioAPI,
  scripts: Iterable<Element> = collectMarks($.root().toArray()).data,
): Structured | null {
  let found: Json | null = null;
  for (const script of scripts) {
    const value = tolerantJson(plainText(script));
    found = bestArticle(value, found);
  }
  if (found === null) return null;
  return {
    headline: text(found.headline) ?? text(found.name),
    authors: names(found.author ?? found.creator),
    published: text(found.datePublished) ?? text(found.dateCreated) ?? text(found.uploadDate) ?? text(found.pubDate),
    updated: text(found.dateModified) ?? text(found.upDate),
    publisher: names(found.publisher)[0] ?? null,
    language: text(found.inLanguage),
    url: text(found.url) ?? text(found.mainEntityOfPage),
  };
}

/** The first node that is an article with a date or a headline; iterative, bounded. */
function bestArticle(value: unknown, known: Json | null): Json | null {
  let best = known;
  const queue: unknown[] = [value];
  for (let at = 0; at < queue.length && at < MAX_NODES; at++) {
    const node = queue[at];
    if (Array.isArray(node)) {
      for (const child of node.slice(0, 500)) queue.push(child);
    } else if (isObject(node)) {
      if (isBetter(node, best)) best = node;
      for (const key of ['@graph', 'mainEntity', 'mainEntityOfPage', 'itemListElement', 'item']) {
        if (typeof node[key] === 'object' && node[key] !== null) queue.push(node[key]);
      }
    }
  }
  return best;
}

function isBetter(node: Json, best: Json | null): boolean {
  const types = [node['@type']].flat().filter((type) => typeof type === 'string');
  const article = types.some((type) => ARTICLE.test(type));
  // Baidu's data of a page (`pubDate`, `upDate`) carries no type.
  if (!article && node.pubDate === undefined && node.datePublished === undefined) return false;
  return best === null || worth(node) > worth(best);
}

function worth(node: Json): number {
  return (node.datePublished ? 2 : 0) + (node.author ? 2 : 0) + (node.headline ? 1 : 0) + (node.pubDate ? 1 : 0);
}

function tolerantJson(source: string): unknown {
  if (source.length > MAX_SCRIPT) return undefined;
  const bare = source
    .replace(/^\s*(?:<!--|\/\/<!\[CDATA\[|<!\[CDATA\[)/, '')
    .replace(/(?:-->|\/\/\]\]>|\]\]>)\s*$/, '')
    .trim();
  for (const attempt of [bare, mended(bare)]) {
    try {
      return JSON.parse(attempt);
    } catch {
      // Broken data is common; the next attempt, or none.
    }
  }
  return undefined;
}

/** Raw line breaks inside strings, trailing commas and semicolons. */
function mended(source: string): string {
  let out = '';
  let inString = false;
  for (let at = 0; at < source.length; at++) {
    const char = source.charAt(at);
    if (char === '\\' && inString) {
      out += char + source.charAt(++at);
    } else if (char === '"') {
      inString = !inString;
      out += char;
    } else {
      out += char < ' ' ? ' ' : char;
    }
  }
  return out.replace(/,(\s*[}\]])/g, '$1').replace(/;\s*$/, '');
}

function isObject(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** How deep a value may stand in lists and objects. */
const MAX_STEPS = 8;

/** The words that a value means: of a list those of its first entry, of an object its value, address or name. */
function text(value: unknown): string | null {
  let inner = value;
  for (let steps = 0; steps < MAX_STEPS; steps++) {
    if (Array.isArray(inner)) inner = inner[0];
    else if (isObject(inner)) inner = inner['@value'] ?? inner['@id'] ?? inner.name;
  }
  if (typeof inner === 'number') return String(inner);
  return typeof inner === 'string' && inner.trim() !== '' ? inner.trim().slice(0, 2000) : null;
}

function names(value: unknown): string[] {
  const out: string[] = [];
  for (const item of [value].flat().slice(0, 20)) {
    const name = isObject(item) ? text(item.name) : text(item);
    if (name !== null && !/^https?:/.test(name)) out.push(name);
  }
  return out;
}
