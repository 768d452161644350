import type { Identity } from '../../types.ts';

const DIGITS = '0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ';

/**
 * The post or long article that an address of Weibo means. Posts have a number (mid) and a short name (bid) that is
 * the same number in base 62; the short name is the identity.
 */
export function identifyWeibo(url: URL): Identity | null {
  const { hostname, pathname, searchParams } = url;
  const article = /^\/(?:ttarticle\/p\/show|article\/p\/show)\/?$/.test(pathname)
    ? /^\d{10,40}$/.exec(`${searchParams.get('id')}`)?.[0]
    : /^\/(?:ttarticle\/x\/m\/show\/id|article\/m\/show\/id)\/(\d{10,40})\/?$/.exec(pathname)?.[1];
  if (article !== undefined) {
    return { platform: 'weibo', key: `article-${article}`, url: `https://weibo.com/ttarticle/p/show?id=${article}` };
  }
  const name = /^m\.weibo\.cn$/.test(hostname)
    ? /^\/(?:status|detail|\d{5,12})\/(\w{9,20})\/?$/.exec(pathname)?.[1]
    : /^(?:www\.)?weibo\.com$/.test(hostname)
      ? /^\/(?:\d{5,12}|detail)\/(\w{9,20})\/?$/.exec(pathname)?.[1]
      : undefined;
  const bid = name === undefined ? null : /^\d{14,20}$/.test(name) ? bidOf(name) : name;
  if (bid === null || !/^[0-9A-Za-z]{9}$/.test(bid)) return null;
  return { platform: 'weibo', key: bid, url: `https://m.weibo.cn/status/${bid}` };
}

/** The short name of a post's number: seven decimal digits from the right make four of base 62. Null for no number. */
export function bidOf(mid: string): string | null {
  if (!/^\d{14,20}$/.test(mid)) return null;
  const parts: string[] = [];
  for (let end = mid.length; end > 0; end -= 7) {
    const part = base62(Number(mid.slice(Math.max(0, end - 7), end)));
    parts.unshift(end > 7 ? part.padStart(4, '0') : part);
  }
  return parts.join('');
}

function base62(value: number): string {
  let out = '';
  for (let rest = value; rest > 0; rest = Math.floor(rest / 62)) out = `${DIGITS[rest % 62]}${out}`;
  return out;
}

/** The address that the visitor system (passport.weibo.com/visitor) carries in its query. */
export function unwrapWeibo(url: URL): URL | null {
  if (!/^passport\.weibo\.(?:com|cn)$/.test(url.hostname)) return null;
  const inner = url.searchParams.get('url') ?? url.searchParams.get('r');
  return inner !== null && URL.canParse(inner) ? new URL(inner) : null;
}
