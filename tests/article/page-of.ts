import { openPage, type Page } from '../../src/article/index.ts';

/** A page as if it had been fetched. */
export function pageOf(
  html: string | Uint8Array,
  url = 'https://site.example/a/1.html',
  contentType = 'text/html',
): Page {
  const body = typeof html === 'string' ? new TextEncoder().encode(html) : html;
  return openPage({ status: 200, headers: { 'content-type': contentType }, body }, url);
}
