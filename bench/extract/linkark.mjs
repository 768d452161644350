// The adapter of the extraction benchmark: the real program's own path from an answer to an article, compiled as it is shipped.
const { identify, platformNamed } = await import('./.run/dist/platforms/index.js');
const { extractArticle, openPage } = await import('./.run/dist/article/index.js');

/** A page's HTML and address to `{ title, author, published, text }`; null where the page shows no article. */
export function extract(html, url) {
  const address = URL.canParse(url ?? '') ? url : 'https://example.invalid/';
  const headers = { 'content-type': 'text/html; charset=utf-8' };
  const reply = { status: 200, headers, body: new TextEncoder().encode(html) };
  const page = openPage(reply, address);
  const identity = identify(new URL(address));
  const ask = { url: address, method: 'GET', headers: {}, body: null, via: 'http' };
  const at = '2026-01-01T00:00:00Z';
  const exchange = { ask, at, ms: 0, hops: [], finalUrl: address, tries: [], reply, failure: null, captures: [] };
  const visit = { identity, exchanges: [exchange], pages: [page] };
  const own = identity.platform === 'web' ? null : platformNamed(identity.platform).read(visit);
  const article = own ?? (identity.platform === 'wechat' ? null : extractArticle(page));
  if (article === null) return null;
  const { title, author, account, published, text } = article;
  return { title, author: author ?? account, published, text };
}
