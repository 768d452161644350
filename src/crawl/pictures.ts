import type { PictureBytes } from '../archive/index.ts';
import type { Fetcher } from '../fetch/index.ts';
import { platformNamed } from '../platforms/index.ts';
import type { Article, Ask, Capture, Link } from '../types.ts';
import type { KnownPage } from './look.ts';

/** Pictures of one article asked for at once; the hosts' own lanes hold the pace. */
const MAX_PICTURES = 500;

interface PictureDeps {
  fetcher: Pick<Fetcher, 'fetch'>;
  signal: AbortSignal;
}

/**
 * Fetches the pictures of an article that are not kept yet; where it was edited, all: a version of its own is due then,
 * with the pictures of its day.
 * @param stored the kept copy
 * @param captures what went over the wire is added here, in the order of the article
 */
export async function fetchPictures(
  link: Link,
  article: Article,
  stored: KnownPage | null,
  captures: Capture[],
  deps: PictureDeps,
): Promise<Map<string, PictureBytes>> {
  const retitled = article.title !== null && stored?.title !== article.title;
  const known = stored?.text === article.text && !retitled ? stored.pictures : [];
  const had = new Set(known.filter((picture) => picture.asset !== null).map((picture) => picture.url));
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
  deps: PictureDeps,
): Promise<{ bytes: Uint8Array; contentType: string | null; captures: Capture[] } | null> {
  const headers = platformNamed(platformName).pictureHeaders?.(url) ?? {};
  const ask: Ask = { url, method: 'GET', headers, body: null, via: 'http' };
  const { reply, captures } = await deps.fetcher.fetch(ask, { signal: deps.signal, kind: 'picture' });
  if (reply === null || reply.status !== 200 || reply.body.length === 0) return null;
  return { bytes: reply.body, contentType: reply.headers['content-type'] ?? null, captures };
}
