import type { AnyNode } from 'domhandler';
import type { Page } from '../../article/index.ts';
import { plainText } from '../../article/index.ts';
import { escapeHtml } from '../escape.ts';
import { jsonAt } from '../sight.ts';
import { parseKey } from './identity.ts';

/** One article, answer, question, pin, video or column as the page's data describe it. */
export interface Entity {
  /** Where it was found: the proof. */
  readonly proof: string;
  readonly title: string | null;
  readonly author: string | null;
  readonly account: string | null;
  /** HTML, or nodes of the page. */
  readonly content: string | readonly AnyNode[];
  /** Epoch seconds. */
  readonly created: number | null;
  readonly updated: number | null;
  /** The literal that shows that the text is cut. */
  readonly cut: string | null;
  /** Answers that the page of a question carries. */
  readonly answers: readonly Entity[];
}

/** What a page's data say of an identity: the entity, that only others are here, or nothing. */
export type Found = Entity | 'others' | null;

const TABLES: Readonly<Record<string, string>> = {
  p: 'articles',
  answer: 'answers',
  question: 'questions',
  pin: 'pins',
  zvideo: 'zvideos',
  column: 'columns',
};

const cache = new WeakMap<Page, Map<string, Found>>();

/** The entity of that key in the page's data; only the one whose own key is the id counts. Parsed once a page. */
export function entityOf(page: Page, key: string): Found {
  const known = cache.get(page)?.get(key);
  if (known !== undefined) return known;
  const found = fromInitialData(page, key) ?? fromTardis(page, key);
  const map = cache.get(page) ?? new Map<string, Found>();
  cache.set(page, map.set(key, found));
  return found;
}

function fromInitialData(page: Page, key: string): Found {
  const entities = jsonAt(initialData(page), 'initialState.entities');
  const { kind, id } = parseKey(key);
  const name = TABLES[kind];
  if (name === undefined) return null;
  const table = jsonAt(entities, name);
  const raw = jsonAt(table, id);
  if (raw === undefined) return hasKeys(table) ? 'others' : null;
  const proof = `js-initialData: entities.${name}.${id}`;
  if (kind === 'question') return question(raw, jsonAt(entities, 'answers'), id, proof);
  return entity(raw, proof);
}

function hasKeys(value: unknown): boolean {
  return typeof value === 'object' && value !== null && Object.keys(value).length > 0;
}

function initialData(page: Page): unknown {
  const script = page.$('script#js-initialData').first().get(0);
  if (script === undefined) return null;
  // Savers wrap the data in a CDATA section.
  return parseJson(
    plainText(script)
      .replace(/^\s*<!\[CDATA\[/, '')
      .replace(/\]\]>\s*$/, ''),
  );
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

function text(raw: unknown, ...paths: readonly string[]): string | null {
  for (const path of paths) {
    const value = jsonAt(raw, path);
    if (typeof value === 'string' && value.trim() !== '') return value;
  }
  return null;
}

function seconds(raw: unknown, ...paths: readonly string[]): number | null {
  for (const path of paths) {
    const value = jsonAt(raw, path);
    if (typeof value === 'number' && value > 0) return value;
  }
  return null;
}

function entity(raw: unknown, proof: string): Entity {
  return {
    proof,
    title: text(raw, 'title', 'question.title', 'excerptTitle'),
    author: text(raw, 'author.name'),
    account: text(raw, 'column.title'),
    content: contentOf(raw),
    created: seconds(raw, 'created', 'createdTime', 'publishedAt'),
    updated: seconds(raw, 'updated', 'updatedTime', 'updatedAt'),
    cut: cutOf(raw),
    answers: [],
  };
}

/** HTML of an article or answer; a pin's content is a list of pieces, a video's or column's its description. */
function contentOf(raw: unknown): string {
  const content = jsonAt(raw, 'content');
  if (Array.isArray(content)) return content.map(pieceOf).join('');
  return text(raw, 'content', 'contentHtml', 'detail', 'description', 'intro') ?? '';
}

function pieceOf(piece: unknown): string {
  const type = jsonAt(piece, 'type');
  if (type === 'text') return `<p>${text(piece, 'content', 'ownText') ?? ''}</p>`;
  const url = text(piece, 'originalUrl', 'url', 'videoId');
  if (url === null || !/^https?:/.test(url)) return '';
  if (type === 'image') return `<p><img src="${escapeHtml(url)}"></p>`;
  return `<p><a href="${escapeHtml(url)}">${escapeHtml(text(piece, 'title') ?? url)}</a></p>`;
}

/** `articleType: paid_column_content` alone is no paywall; a cut text or a price unpaid is. */
function cutOf(raw: unknown): string | null {
  if (jsonAt(raw, 'contentNeedTruncated') === true) return 'contentNeedTruncated=true';
  const type = jsonAt(raw, 'articleType') ?? jsonAt(raw, 'answerType');
  const bought = jsonAt(raw, 'paidInfo.hasPurchased') === true || jsonAt(raw, 'paidInfo.isPurchased') === true;
  if (type === 'paid' && !bought) return 'articleType=paid';
  const words = /开通会员，查看完整内容|购买该盐选专栏查看完整/.exec(contentOf(raw).slice(-4000));
  return words?.[0] ?? null;
}

function question(raw: unknown, answers: unknown, id: string, proof: string): Entity {
  const own = Object.entries(Object(answers))
    .filter(([, answer]) => String(jsonAt(answer, 'question.id')) === id)
    .map(([key, answer]) => entity(answer, `js-initialData: entities.answers.${key}`))
    .sort((a, b) => Number(a.created) - Number(b.created) || (a.proof < b.proof ? -1 : 1));
  // Who asks is not the author of what is read here.
  return { ...entity(raw, proof), author: null, content: text(raw, 'detail') ?? '', cut: null, answers: own };
}

const TARDIS_TYPES: Readonly<Record<string, string>> = { p: 'art', answer: 'ans' };

/** The public server-rendered reader: `window.g_initialProps = {"renderHtml":{…}}`. */
function fromTardis(page: Page, key: string): Found {
  const { kind, id } = parseKey(key);
  for (const script of page.$('script:not([src])').toArray()) {
    const source = plainText(script);
    const start = /window\.g_initialProps\s*=\s*(?=\{)/.exec(source);
    if (start === null) continue;
    const json = source.slice(start.index + start[0].length, source.lastIndexOf('}') + 1);
    const raw = jsonAt(parseJson(json), 'renderHtml');
    if (text(raw, 'content') === null) return null;
    const own = /\/(\d+)(?:[/?#]|$)/.exec(String(jsonAt(raw, 'deeplink_url')))?.[1];
    const same = jsonAt(raw, 'type') === TARDIS_TYPES[kind] && own === id;
    return same ? entity(raw, 'g_initialProps.renderHtml') : 'others';
  }
  return null;
}
