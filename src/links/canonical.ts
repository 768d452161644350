import { isTracking } from './tracking.ts';

/**
 * The canonical form of an address on the generic web: the same page however it was pasted. The WHATWG parser has
 * already folded the host's case, turned IDN to punycode and dropped the default port. Here go the fragment (but for
 * `#!` and `#/`, which are routes of an application), parameters that only count visitors, and user name and password,
 * which must not reach an archive. Scheme, path case and every other parameter stay as written, in their order.
 * Idempotent.
 */
export function canonicalWeb(url: URL): string {
  const query = url.search
    .slice(1)
    .split('&')
    .filter((part) => !isTracking(url.hostname, nameOf(part)))
    .join('&');
  const route = /^#[!/]./.test(url.hash) ? url.hash : '';
  return `${url.protocol}//${url.host}${url.pathname}${query === '' ? '' : `?${query}`}${route}`;
}

function nameOf(part: string): string {
  const equals = part.indexOf('=');
  return equals < 0 ? part : part.slice(0, equals);
}
