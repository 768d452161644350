import type { Identity } from '../../types.ts';

const ORIGIN = 'https://mp.weixin.qq.com';

/** What an article's long address, or the page itself, says of its identity; the signature `sn` is needed to ask, not to identify. */
export interface ArticleIds {
  readonly biz: string;
  readonly mid: string;
  readonly idx: string;
  readonly sn: string | null;
}

/**
 * The article or album that an address of mp.weixin.qq.com means, or null for the platform's other pages.
 * Keys: `s-<token>` (short link), `a-<biz>-<mid>-<idx>` (long link), `t-<timestamp>-<signature>` (Sogou's links, which
 * expire and cannot be traced to an article from the address alone), `album-<biz>-<album>`.
 */
export function identifyWechat(url: URL): Identity | null {
  const path = url.pathname.replace(/\/+$/, '');
  const token = shortToken(path);
  if (token !== null) return identity(`s-${token}`, `/s/${token}`);
  const query = queryOf(url);
  if (path === '/s' || path === '/mp/appmsg/show' || path === '/mp/rumor') {
    const ids = articleIds(query);
    return ids === null ? sogouLink(query) : longLink(ids);
  }
  return path === '/mp/appmsgalbum' ? album(query) : null;
}

/** The article that a captcha address carries in its `target_url`. */
export function unwrapWechat(url: URL): URL | null {
  if (!/^\/mp\/(?:wappoc_appmsgcaptcha|waerrpage|readtemplate)\/?$/.test(url.pathname)) return null;
  const target = url.searchParams.get('target_url');
  return target !== null && URL.canParse(target) ? new URL(target) : null;
}

/** A short link's token from its path; a `~` is what some readers make of `_`. */
export function shortToken(path: string): string | null {
  return /^\/s\/([\w~-]+)$/.exec(path)?.[1]?.replaceAll('~', '_') ?? null;
}

/** Ids from the query of a long link with today's or yesterday's names. */
export function articleIds(query: URLSearchParams): ArticleIds | null {
  const biz = bizOf(query.get('__biz') ?? query.get('biz'));
  const mid = digits(query.get('mid') ?? query.get('appmsgid'));
  const idx = digits(query.get('idx') ?? query.get('itemidx')) ?? '1';
  const sn = /^[\da-z]+$/i.exec(query.get('sn') ?? query.get('sign') ?? '')?.[0].toLowerCase() ?? null;
  return biz === null || mid === null ? null : { biz, mid, idx, sn };
}

/** The query with repaired separators: `&amp;` and `\x26amp;` of pasted links. */
export function queryOf(url: URL): URLSearchParams {
  const repaired = url.search.replace(/(?:\\x26|%5Cx26|&)(?:amp;)+/gi, '&').replace(/(?:\\x26|%5Cx26)/gi, '&');
  return new URLSearchParams(repaired);
}

function bizOf(value: string | null): string | null {
  const biz = value?.trim().replace(/=+$/, '') ?? '';
  return /^[\w+/-]+$/.test(biz) ? biz.padEnd(Math.ceil(biz.length / 4) * 4, '=') : null;
}

function digits(value: string | null): string | null {
  return /^0*(\d+)$/.exec(value?.trim() ?? '')?.[1] ?? null;
}

function longLink({ biz, mid, idx, sn }: ArticleIds): Identity {
  const signature = sn === null ? '' : `&sn=${sn}`;
  return identity(`a-${biz.replace(/=+$/, '')}-${mid}-${idx}`, `/s?__biz=${biz}&mid=${mid}&idx=${idx}${signature}`);
}

function sogouLink(query: URLSearchParams): Identity | null {
  const signature = query.get('signature');
  const timestamp = digits(query.get('timestamp'));
  if (signature === null || timestamp === null) return null;
  const kept = new URLSearchParams();
  for (const name of ['src', 'timestamp', 'ver', 'signature']) {
    const value = query.get(name);
    if (value !== null) kept.set(name, value);
  }
  return identity(`t-${timestamp}-${signature}`, `/s?${kept}`);
}

function album(query: URLSearchParams): Identity | null {
  const biz = bizOf(query.get('__biz'));
  const id = digits(query.get('album_id'));
  if (biz === null || id === null) return null;
  return identity(
    `album-${biz.replace(/=+$/, '')}-${id}`,
    `/mp/appmsgalbum?__biz=${biz}&action=getalbum&album_id=${id}`,
  );
}

function identity(key: string, path: string): Identity {
  return { platform: 'wechat', key, url: ORIGIN + path };
}
