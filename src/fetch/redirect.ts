import { isUtf8 } from 'node:buffer';

/** The next request of a redirect chain. */
export interface Redirect {
  url: URL;
  method: 'GET' | 'POST';
  keepsBody: boolean;
  crossOrigin: boolean;
}

const REDIRECTS = new Set([301, 302, 303, 307, 308]);

/**
 * Where an answer leads, by the Fetch standard (HTTP-redirect fetch): a POST becomes a GET on 301, 302 and 303. Null
 * where the answer is no redirect, or one that a client can not follow (no Location, not http): then it is the answer.
 */
export function redirectOf(
  status: number,
  location: string | null,
  from: URL,
  method: 'GET' | 'POST',
): Redirect | null {
  if (!REDIRECTS.has(status) || location === null) return null;
  const url = parseLocation(location, from);
  if (url === null || (url.protocol !== 'http:' && url.protocol !== 'https:')) return null;
  if (url.hash === '') url.hash = from.hash;
  url.username = '';
  url.password = '';
  const keepsMethod = status === 307 || status === 308 || method === 'GET';
  return { url, method: keepsMethod ? method : 'GET', keepsBody: keepsMethod, crossOrigin: url.origin !== from.origin };
}

/** `location` is Latin-1 text, one character a byte, as it came over the wire. */
function parseLocation(location: string, from: URL): URL | null {
  const bytes = Buffer.from(location, 'latin1');
  // UTF-8 is read as such; other bytes (GBK) are escaped one by one, as the server meant them.
  const text = isUtf8(bytes)
    ? bytes.toString('utf8')
    : location.replace(/[\x80-\xff]/g, (c) => `%${c.charCodeAt(0).toString(16)}`);
  return URL.canParse(text, from.href) ? new URL(text, from) : null;
}
