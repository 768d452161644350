import type { Archive, KeepInput, Kept, Settlement } from '../archive/index.ts';
import type { Article, Link } from '../types.ts';
import type { Found } from './look.ts';

/**
 * Hands an article with all that was fetched for it to the archive.
 * @param settlement what the link leaves behind, stored with the article in one stroke
 */
export function keepArticle(
  archive: Archive,
  link: Link,
  article: Article,
  { observation, pictures, captures }: Found,
  settlement: (kept: Kept) => Settlement,
): Promise<Kept> {
  const input: KeepInput = {
    capturedAt: observation.at,
    pictures,
    source: {
      status: observation.status ?? 0,
      finalUrl: observation.finalUrl ?? link.url,
      sha256: observation.bodySha256,
    },
    note: link.occurrences.find((occurrence) => occurrence.note !== null)?.note ?? null,
    captures,
    linkText: link.occurrences[0]?.text ?? null,
  };
  return archive.keep(link, article, input, settlement);
}
