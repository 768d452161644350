/** Lower-case host of an address with its port where that is not the scheme's own: one lane of the crawl, one pace. */
export function hostKey(url: URL): string {
  return url.host.toLowerCase();
}

/** A name as DNS and the URL parser give it: non-empty labels, no port, no user part, no dot at either end. */
const HOSTNAME = /^[a-z0-9_-]+(?:\.[a-z0-9_-]+)*$/;

/**
 * Does a host belong to a claim? A claim is an exact name (`mp.weixin.qq.com`) or, with a leading dot, a domain with
 * everything below it (`.sohu.com` holds `sohu.com` and `www.sohu.com`, not `evilsohu.com`). `hostname` is that of a
 * parsed URL; anything that is not plainly a host name, such as one with a trailing dot, belongs to nobody.
 */
export function hostMatches(hostname: string, claim: string): boolean {
  const host = hostname.toLowerCase();
  if (!HOSTNAME.test(host)) return false;
  const claimed = claim.toLowerCase();
  if (!claimed.startsWith('.')) return host === claimed;
  return claimed.length > 1 && (host.endsWith(claimed) || host === claimed.slice(1));
}
