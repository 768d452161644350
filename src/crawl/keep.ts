import type { Archive, KeepInput, Kept, PictureBytes, Settlement } from '../archive/index.ts';
import type { Fetcher } from '../fetch/index.ts';
import { platformNamed } from '../platforms/index.ts';
import type { Article, Ask, Capture, Link } from '../types.ts';
import type { Visited } from './visit.ts';

/** Pictures of one article asked for at once; the hosts' own lanes hold the pace. */
const MAX_PICTURES = 500;

export interface KeepDeps {
  archive: Archive;
  fetcher: Pick<Fetcher, 'fetch'>;
  signal: AbortSignal;
  images: boolean;
  warc: boolean;
}

/**
 * Fetches the pictures that are not kept yet and hands the article to the archive.
 * @param settlement what the link leaves behind, stored with the article in one stroke
 */
export async function keepArticle(
  link: Link,
  article: Article,
  visited: Visited,
  deps: KeepDeps,
  settlement: (kept: Kept) => Settlement,
): Promise<Kept> {
  const captures: Capture[] = visited.visit.exchanges.flatMap((exchange) => exchange.captures);
  const pictures = deps.images ? await fetchPictures(link, article, captures, deps) : new Map<string, PictureBytes>();
  const { observation } = visited;
  const input: KeepInput = {
    capturedAt: observation.at,
    pictures,
    source: {
      status: observation.status ?? 0,
      finalUrl: observation.finalUrl ?? link.url,
      sha256: observation.bodySha256,
    },
    note: link.occurrences.find((occurrence) => occurrence.note !== null)?.note ?? null,
    captures: deps.warc ? captures : [],
    linkText: link.occurrences[0]?.text ?? null,
  };
  return deps.archive.keep(link, article, input, settlement);
}

async function fetchPictures(
  link: Link,
  article: Article,
  captures: Capture[],
  deps: KeepDeps,
): Promise<Map<string, PictureBytes>> {
  const stored = await deps.archive.readPage(link.id);
  const had = new Set(stored?.pictures.filter((picture) => picture.asset !== null).map((picture) => picture.url));
  const wanted = [...new Set(article.pictures.map((picture) => picture.url))]
    .filter((url) => !had.has(url) && /^https?:/i.test(url))
    .slice(0, MAX_PICTURES);
  const fetched = await Promise.all(wanted.map((url) => fetchPicture(link.platform, url, deps)));
  const pictures = new Map<string, PictureBytes>();
  fetched.forEach((result, index) => {
    const url = wanted[index];
    if (result === null || url === undefined) return;
    captures.push(...result.captures);
    pictures.set(url, { bytes: result.bytes, contentType: result.contentType });
  });
  return pictures;
}

async function fetchPicture(
  platformName: string,
  url: string,
  deps: KeepDeps,
): Promise<{ bytes: Uint8Array; contentType: string | null; captures: Capture[] } | null> {
  const headers = platformNamed(platformName).pictureHeaders?.(url) ?? {};
  const ask: Ask = { url, method: 'GET', headers, body: null, via: 'http' };
  const { reply, captures } = await deps.fetcher.fetch(ask, { signal: deps.signal, kind: 'picture' });
  if (reply === null || reply.status !== 200 || reply.body.length === 0) return null;
  return { bytes: reply.body, contentType: reply.headers['content-type'] ?? null, captures };
}
