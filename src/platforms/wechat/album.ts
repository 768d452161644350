import { buildArticle, chinaTime, type Page } from '../../article/index.ts';
import type { Article, Ask, Exchange, Identity, Sighting } from '../../types.ts';
import { escapeHtml } from '../escape.ts';
import type { Visit } from '../platform.ts';
import { jsonAt, matchMarkers, sighting, sightNoArticle } from '../sight.ts';
import { markers } from './markers.ts';

const COUNT = 20;
/** 400 articles; what lies beyond is named as left out. */
const MAX_PAGES = 20;

interface Entry {
  readonly title: string;
  readonly url: string;
  readonly created: string | null;
  readonly msgid: string;
  readonly itemidx: string;
}

/** Is this key the identity of an album? */
export function isAlbum(identity: Identity): boolean {
  return identity.key.startsWith('album-');
}

/** The album's list as JSON, page after page, from the exporter-known `f=json`; needs no cookie. */
export function askAlbum(identity: Identity, answered: readonly Exchange[]): Ask | null {
  const url = `${identity.url}&f=json&count=${COUNT}`;
  if (answered.length === 0) return { url, method: 'GET', headers: {}, body: null, via: 'api' };
  const last = jsonOf(answered.at(-1));
  const entry = entriesOf(last).at(-1);
  const more = String(jsonAt(last, 'getalbum_resp.continue_flag')) === '1';
  if (!more || entry === undefined || answered.length >= MAX_PAGES) return null;
  const next = `${url}&begin_msgid=${entry.msgid}&begin_itemidx=${entry.itemidx}`;
  if (answered.some((exchange) => exchange.ask.url === next)) return null;
  return { url: next, method: 'GET', headers: {}, body: null, via: 'api' };
}

function jsonOf(exchange: Exchange | undefined): unknown {
  try {
    return JSON.parse(new TextDecoder().decode(exchange?.reply?.body));
  } catch {
    return null;
  }
}

function entriesOf(json: unknown): Entry[] {
  // A list of one is printed without its brackets.
  return [jsonAt(json, 'getalbum_resp.article_list')].flat().flatMap((entry) => {
    const url = jsonAt(entry, 'url');
    const title = jsonAt(entry, 'title');
    const digits = (path: string): string => String(jsonAt(entry, path)).replace(/\D/g, '');
    if (typeof url !== 'string' || typeof title !== 'string') return [];
    const created = chinaTime(Number(digits('create_time')));
    return [
      { title, url: url.replace('http://', 'https://'), created, msgid: digits('msgid'), itemidx: digits('itemidx') },
    ];
  });
}

function albumTitle(page: Page | null | undefined): string | null {
  const title = jsonAt(page?.json, 'getalbum_resp.base_info.title');
  return typeof title === 'string' && title.trim() !== '' ? title : null;
}

/** The facts of an album: it is there where it names itself and at least one article. */
export function sightAlbum(visit: Visit): Sighting {
  const first = visit.pages[0] ?? null;
  if (first === null) return sighting('', {});
  const title = albumTitle(first);
  const entries = entriesOf(first.json);
  if (title === null || entries.length === 0) return sightNoArticle(markers, first);
  return sighting([title, ...entries.map((entry) => entry.title)].join('\n'), {
    proof: 'getalbum_resp.article_list',
    identity: 'same',
    title,
    markers: matchMarkers(markers, first),
  });
}

/** The album as a list of its articles with their days. */
export function readAlbum(visit: Visit): Article | null {
  const first = visit.pages[0] ?? null;
  const title = albumTitle(first);
  const entries = visit.pages.flatMap((page) => entriesOf(page?.json));
  if (first === null || title === null || entries.length === 0) return null;
  const account = jsonAt(first.json, 'getalbum_resp.base_info.nickname');
  const items = entries.map(({ title: name, url, created }) => {
    const day = created === null ? '' : ` (${created.slice(0, 10)})`;
    return `<li><a href="${escapeHtml(url)}">${escapeHtml(name)}</a>${day}</li>`;
  });
  return buildArticle({
    content: `<ul>${items.join('')}</ul>`,
    baseUrl: visit.identity.url,
    title,
    account: typeof account === 'string' ? account : null,
  });
}
