import type { Identity } from '../../types.ts';

const ON_NOTION = new Set(['www.notion.so', 'notion.so', 'app.notion.com', 'www.notion.com', 'notion.com']);
/**
 * The page that a Notion address means: key `<32 hex digits>`, the same on every host. A peeked page (`?p=`) wins over
 * the page below it. On a workspace's own site an address may have no id; it is then known by host and path.
 */
export function identifyNotion(url: URL): Identity | null {
  const site = url.hostname.endsWith('.notion.site');
  if (!site && !ON_NOTION.has(url.hostname)) return null;
  const id = pageId(url.searchParams.get('p')) ?? pageId(url.pathname.replace(/\/+$/, '').split('/').at(-1) ?? null);
  const origin = site ? `https://${url.hostname}` : 'https://www.notion.so';
  if (id !== null) return { platform: 'notion', key: id, url: `${origin}/${id}` };
  if (!site || /^\/(?:api|image|signed)\//.test(url.pathname)) return null;
  const path = url.pathname.replace(/\/+$/, '');
  return { platform: 'notion', key: `site-${url.hostname}${path}`, url: `${origin}${path === '' ? '/' : path}` };
}

/** The 32 hex digits at the end of a text, dashes left out; lower case. A longer run of digits counts by its end. */
export function pageId(text: string | null | undefined): string | null {
  return /[\da-f]{32}$/i.exec((text ?? '').replaceAll('-', ''))?.[0].toLowerCase() ?? null;
}

/** The id as the API writes it: with dashes. */
export function dashed(id: string): string {
  return [id.slice(0, 8), id.slice(8, 12), id.slice(12, 16), id.slice(16, 20), id.slice(20)].join('-');
}
